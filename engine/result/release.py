"""Which release this is."""

from importlib import metadata


def release() -> str:
    """Return the installed release, e.g. ``0.1.0``; ``0+source`` where the tree runs without being installed."""
    try:
        return metadata.version("passport-ocr")
    except metadata.PackageNotFoundError:
        return "0+source"
