"""Stage 3: cuts the lines of a machine readable zone out of the photo, upright and straight."""
