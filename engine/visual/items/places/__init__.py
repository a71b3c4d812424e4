"""Which lines are the place of birth, the place of issue and the authority, and what these say."""
