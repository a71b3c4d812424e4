"""Stage 7, from lines to items: tells which line of a page holds which item."""
