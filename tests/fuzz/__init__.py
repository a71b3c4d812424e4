"""Feeds the service what nobody would send: ``python -m tests.fuzz`` or ``make fuzz``."""
