"""Pictures that are read after their request was answered."""
