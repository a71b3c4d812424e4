"""Simulates how pictures of pages come; every step moves the truth along with the pixels."""
