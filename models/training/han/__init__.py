"""The net that reads Chinese characters of names, and the table of their readings."""
