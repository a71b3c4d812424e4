"""A release as users get it: wheel and source distribution, each installed in an empty environment and used."""
