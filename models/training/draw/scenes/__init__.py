"""Draws views with machine readable zones anywhere and any way up, for the zone detector."""
