"""text_lines."""
