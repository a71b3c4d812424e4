"""Ways to take a picture of a page: scans, copies, photos, screenshots, and what they do to it."""
