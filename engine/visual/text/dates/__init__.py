"""Dates in a line as read: in words, in figures, in other calendars."""
