"""What standards and states lay down: countries, cities, labels, transliterations."""
