"""``python -m server.cli``: the command line from a checkout."""

from server.cli.main import main

main()
