"""Stage 7, the holder's name in Chinese characters: where it stands, what it may say, what it says."""
