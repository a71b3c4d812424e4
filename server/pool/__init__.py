"""The worker processes that read pictures."""
