"""Memory of what was read, kept no longer than the reading of one picture takes.

Words come up again and again while a page is read: what was made of them is remembered. But no value of a passport
stays in the process after it, where a dump of its memory or a fault would show it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_CACHES: Final[list[Any]] = []


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Remember the answers of a function of hashable arguments until `forget`."""
    cached = lru_cache(maxsize=8192)(function)
    _CACHES.append(cached)
    return cached  # type: ignore[return-value]  # the cache has the function's parameters


def forget() -> None:
    """Forget every answer; what another thread is just reading is made anew."""
    for cached in _CACHES:
        cached.cache_clear()
