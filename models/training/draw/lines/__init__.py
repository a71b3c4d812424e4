"""Draws single lines of text with their truth, of the machine readable zone and of the page."""
