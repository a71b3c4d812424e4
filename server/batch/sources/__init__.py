"""Where the pictures of a batch come from."""
