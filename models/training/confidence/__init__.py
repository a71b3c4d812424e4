"""Fits what turns scores into probabilities: of the MRZ decoder and of the items."""
