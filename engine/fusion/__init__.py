"""Stage 8: makes the fifteen items, each with its confidence, of what both zones say."""
