"""Stage 7: finds, reads and sorts what the page prints above its machine readable zone."""
