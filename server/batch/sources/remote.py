"""Pictures behind URLs of whatever fsspec has a file system for: ``s3://``, ``gs://``, ``az://``, ``https://``."""

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from ..refused import SourceRefused

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
EXTRAS: Final = {"s3": "s3", "gs": "gs", "gcs": "gs", "az": "az", "abfs": "az", "http": "http", "https": "http"}
"""Which extra brings the library for which scheme."""


def is_url(source: str) -> bool:
    """Whether a source is a URL and no path."""
    return _URL.match(source) is not None


def remote_files(url: str, max_bytes: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Go over the files at a URL: the one it names, those below a folder or bucket, or those a pattern matches.

    Raises:
        SourceRefused: its library is not installed, or the place cannot be listed.
    """
    system, path = open_url(url)
    try:
        for found in _listed(system, path):
            yield system.unstrip_protocol(found), functools.partial(_fetch, system, found, max_bytes)
    except Exception as error:  # every file system has errors of its own
        raise SourceRefused(f"{url} cannot be listed: {_said(error)}") from error


def open_url(url: str) -> tuple[Any, str]:
    """The file system (``fsspec.AbstractFileSystem``) that a URL belongs to, and its path there.

    Raises:
        SourceRefused: its library is not installed.
    """
    scheme = url.partition("://")[0].lower()
    advice = f'install it: pip install "passport-ocr[{EXTRAS.get(scheme, "http")}]"'
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SourceRefused(f"URLs are read by fsspec, which is not there; {advice}") from None
    try:
        system, path = url_to_fs(url)
    except ImportError:
        raise SourceRefused(f"the library for {scheme}:// is not there; {advice}") from None
    except ValueError:
        raise SourceRefused(f"{scheme}:// is no kind of URL that fsspec knows: copy the files to a folder") from None
    return system, path


def _listed(system: Any, path: str) -> Iterator[str]:
    if any(sign in path for sign in "*[") and not system.exists(path):
        yield from system.glob(path)
    elif _is_folder(system, path):
        for folder, _, names in system.walk(path):
            yield from (f"{folder.rstrip('/')}/{name}" for name in names if name)
    else:
        yield path


def _is_folder(system: Any, path: str) -> bool:
    """A web server's page is a folder where its address ends so: asking what else it is would fetch the picture."""
    if "http" in system.protocol:
        return path.endswith("/")
    return bool(system.isdir(path))


def _fetch(system: Any, path: str, max_bytes: int) -> bytes:
    try:
        with system.open(path, "rb") as file:
            data: bytes = file.read(max_bytes + 1)
    except OSError:
        raise
    except Exception as error:  # every file system has errors of its own
        raise OSError(0, f"it cannot be fetched: {_said(error)}") from error
    return data


def _said(error: Exception) -> str:
    """Name an error; its own text may hold credentials of the URL."""
    return getattr(error, "strerror", None) or type(error).__name__
