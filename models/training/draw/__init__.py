"""Draws invented passports and the pictures people take of them, with exact truth; knows no net."""
