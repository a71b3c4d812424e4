"""How a picture comes in: a request's body, a form, a download."""
