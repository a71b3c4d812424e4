"""Texts and words that are known beforehand: what was read becomes one of them where its evidence says so."""
