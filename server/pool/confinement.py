"""What a worker process gives up before it sees a picture, so that a picture that takes it over gains little."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from .kernel import KernelRefuses, drop_capabilities, forbid_new_privileges
from .landlock import read_only
from .seccomp import Group, refuse_calls

_SYSTEM: Final = ("/usr", "/lib", "/lib64", "/proc", "/sys", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")
"""What interpreter and libraries read. Of other processes in /proc, landlock hides what is private."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What is refused, and which files an engine reads beside its own, Python's and the system's libraries.

    Without "writing" and "programs" among ``refused`` every file may be read, for what a program needs is unknown.
    """

    refused: tuple[Group, ...] = get_args(Group)
    readable: tuple[Path, ...] = ()


FOR_PROGRAMS: Final = Confinement(refused=("network", "others", "kernel"))
"""For an engine that starts another program, which reads what it wrote to a file."""


def confine(confinement: Confinement) -> dict[str, str]:
    """Confine this process for good, as far as the kernel can; call it before there are threads.

    Returns:
        By the name of each means that could not be used, why.
    """
    return {name: why for name, use in _means(confinement) if (why := _failure(use))}


def _means(confinement: Confinement) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "capabilities", drop_capabilities
    yield "no_new_privs", forbid_new_privileges
    if "programs" in confinement.refused:
        yield "landlock", lambda: read_only([*_libraries(), *confinement.readable])
    yield "seccomp", lambda: refuse_calls(confinement.refused)


def _failure(use: Callable[[], None]) -> str:
    try:
        use()
    except KernelRefuses as refused:
        return str(refused) or "refused"
    return ""


def _libraries() -> Iterator[Path]:
    yield from map(Path, (*_SYSTEM, sys.prefix, sys.base_prefix))
    home = _home()
    # Where modules are imported from; the folder Python was started in is one at times, which may be anybody's home.
    yield from (place for place in map(Path, sys.path) if not (home and home.is_relative_to(place.absolute())))


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # this account has none
        return None
