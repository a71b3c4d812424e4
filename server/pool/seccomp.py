"""Lets the kernel refuse system calls of this process for good: seccomp(2) with a filter in classic BPF.

Which calls there are and by which numbers stands in ``syscalls.tsv``, by what is refused with them. It is a list of
what is refused, not of what is allowed: the latter would differ with every release of the C library.
"""

import ctypes
import errno
import os
import platform
import struct
import termios
from collections.abc import Collection, Iterator, Sequence
from importlib import resources
from typing import Final, Literal

from .kernel import KernelRefuses, call_kernel, forbid_new_privileges

Group = Literal["network", "programs", "writing", "others", "kernel"]
"""What may be refused: sockets; other programs and processes; changing files; reaching into other processes; what
configures the system, and ways around a filter of calls."""

_ARCHITECTURES: Final = {"x86_64": (0xC000003E, 317), "aarch64": (0xC00000B7, 277)}
"""By machine: its AUDIT_ARCH number (linux/audit.h), and the number of seccomp itself."""
_SET_MODE_FILTER: Final = 1
_ALL_THREADS: Final = 1  # SECCOMP_FILTER_FLAG_TSYNC
_NO_SLOWDOWN: Final = 4  # SECCOMP_FILTER_FLAG_SPEC_ALLOW: old kernels slow filtered processes down else
_X32: Final = 0x4000_0000
"""Numbers from here on are a second way to make the calls of x86_64."""
_NEWEST: Final = 452
"""Calls of higher numbers are not in the list, so they are refused as by a kernel that does not have them."""

_LOAD, _IF_EQUAL, _IF_GREATER, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_ALLOW: Final = 0x7FFF_0000
_ERRNO: Final = 0x0005_0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where they lie in struct seccomp_data

_CLONE_THREAD: Final = 0x0001_0000
_CHANGES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_AS_IF_MISSING: Final = frozenset({"clone3", "openat2"})
"""Their arguments lie where a filter cannot look; libraries then do with `clone` and `openat`."""


def refuse_calls(groups: Collection[Group]) -> None:
    """Have every call of ``groups`` refused with EPERM, in all threads of this process and all it will start.

    Raises:
        KernelRefuses: the kernel has no seccomp, or the machine is of a kind whose calls are not listed.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise KernelRefuses(f"system calls of {machine} are not listed")
    instructions = list(_filter(machine, groups))
    code = ctypes.create_string_buffer(b"".join(instructions))
    program = ctypes.create_string_buffer(struct.pack("HP", len(instructions), ctypes.addressof(code)))
    forbid_new_privileges()
    call_kernel(_ARCHITECTURES[machine][1], _SET_MODE_FILTER, _ALL_THREADS | _NO_SLOWDOWN, program)


def listed_calls(machine: str, groups: Collection[Group]) -> Iterator[tuple[str, int]]:
    """Name and number of the calls of ``groups`` that ``machine`` has."""
    lines = resources.files(__package__).joinpath("syscalls.tsv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split("\t").index(machine)
    for row in (line.split("\t") for line in lines[1:]):
        if row[0] in groups and row[column]:
            yield row[1], int(row[column])


def _filter(machine: str, groups: Collection[Group]) -> Iterator[bytes]:
    yield _instruction(_LOAD, _ARCHITECTURE)
    yield from _unless(_IF_EQUAL, _ARCHITECTURES[machine][0], _refuse(errno.EPERM))
    yield _instruction(_LOAD, _NUMBER)
    if machine == "x86_64":
        yield from _when(_IF_AT_LEAST, _X32, _refuse(errno.ENOSYS))
    yield from _when(_IF_GREATER, _NEWEST, _refuse(errno.ENOSYS))
    for name, number in listed_calls(machine, groups):
        yield from _when(_IF_EQUAL, number, list(_verdict(name)))
    yield _instruction(_RETURN, _ALLOW)


def _verdict(name: str) -> Iterator[bytes]:
    """What becomes of a call: refused, some by an argument."""
    own = os.getpid()
    if name == "clone":
        yield from _by_argument(0, _when(_IF_ANY_BIT, _CLONE_THREAD, _allow()))
    elif name in ("open", "openat"):
        yield from _by_argument(1 if name == "open" else 2, _unless(_IF_ANY_BIT, _CHANGES, _allow()))
    elif name == "ioctl":  # typing into the terminal this was started in, for its shell to run
        neither = _unless(_IF_EQUAL, termios.TIOCSTI, _unless(_IF_EQUAL, termios.TIOCLINUX, _allow()))
        yield from _by_argument(1, neither)
    elif name in ("kill", "tgkill"):  # a process may end itself
        yield from _by_argument(0, _when(_IF_EQUAL, own, _allow()))
    elif name == "prlimit64":
        yield from _by_argument(0, [*_when(_IF_EQUAL, 0, _allow()), *_when(_IF_EQUAL, own, _allow())])
    yield from _refuse(errno.ENOSYS if name in _AS_IF_MISSING else errno.EPERM)


def _by_argument(index: int, test: Sequence[bytes]) -> list[bytes]:
    return [_instruction(_LOAD, _ARGUMENTS + 8 * index), *test]  # the low half: little-endian


def _when(test: int, value: int, then: Sequence[bytes]) -> list[bytes]:
    return [_instruction(test, value, 0, len(then)), *then]


def _unless(test: int, value: int, then: Sequence[bytes]) -> list[bytes]:
    return [_instruction(test, value, len(then), 0), *then]


def _allow() -> list[bytes]:
    return [_instruction(_RETURN, _ALLOW)]


def _refuse(error: int) -> list[bytes]:
    return [_instruction(_RETURN, _ERRNO | error)]


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """``struct sock_filter``; the last two say how many instructions a test passes over."""
    return struct.pack("HBBI", code, if_true, if_false, value)
