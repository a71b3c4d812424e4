"""The language model of Latin letters: which letters follow each other in places, offices, names and labels."""
