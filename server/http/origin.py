"""Which site a browser says a request comes from: its ``Origin`` header."""

from urllib.parse import urlsplit


def is_of_host(origin: str, host: str) -> bool:
    """Whether ``origin`` (``http://localhost:8000``) is of ``host``, a ``Host`` header (``localhost:8000``)."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
