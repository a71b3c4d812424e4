"""Draws passport pages: layouts, backgrounds, portraits, and where each item is printed."""
