"""Draws passport data pages and other documents in millimetres, with exact truth."""
