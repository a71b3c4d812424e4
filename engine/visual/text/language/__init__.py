"""Which letters follow each other, and what that says of a letter that was read with doubt."""
