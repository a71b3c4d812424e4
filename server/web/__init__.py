"""The page for people: drop a picture, see what was read and where."""
