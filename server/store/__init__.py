"""Answers kept for a while, to be looked up by session id."""
