"""Draws what the models learn from, trains them and writes them into ``models``; see ``README.md`` beside it."""
