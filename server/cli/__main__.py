"""``python -m server.cli``: the command line from a checkout."""

from .main import main

main()
