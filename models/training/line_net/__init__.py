"""line_net."""
