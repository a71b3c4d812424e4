"""Step 6 of the way of a picture: what the page prints above its machine readable zone."""
