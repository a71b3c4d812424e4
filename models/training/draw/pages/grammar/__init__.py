"""Pages of no state: layout, wording, type and what lies over the print are all drawn at random."""
