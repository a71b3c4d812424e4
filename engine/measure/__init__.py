"""How right readings are: pictures with known contents are read, graded and added up."""
