"""Fonts, fetched from Debian packages, and glyphs drawn with them."""
