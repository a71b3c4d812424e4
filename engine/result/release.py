"""Which release this is."""

from functools import cache
from importlib import metadata


@cache
def release() -> str:
    """Return the installed release, e.g. ``0.1.0``; ``0+source`` where the tree runs without being installed."""
    try:
        return metadata.version("passport-ocr")
    except metadata.PackageNotFoundError:
        return "0+source"
