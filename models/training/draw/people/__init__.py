"""Invents what is printed: persons, states, dates, numbers, zones and other texts."""
