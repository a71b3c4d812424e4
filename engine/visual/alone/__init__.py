"""Reads a page whose machine readable zone is missing, cut off or covered: from its text alone."""
