"""Which release this is."""

import engine


def release() -> str:
    """The installed release, e.g. ``0.1.0``; ``0+source`` where the tree runs without being installed."""
    return engine.__version__
