"""Stage 7, pure text: what labels, dates, names and places of a page may say."""
