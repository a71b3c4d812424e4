"""Stage 5: finds the machine readable zone that was most probably printed, given what was read of its lines."""
