"""Tests of the line readers."""
