"""README and docs: their examples run, their commands parse, their figures are those of the results."""
