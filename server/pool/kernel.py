"""System calls that Python's library has no functions for."""

import ctypes
import os
from typing import Any, Final

_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_CAPBSET_DROP: Final = 24
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION_3: Final = 0x20080522


class KernelRefuses(Exception):
    """The kernel does not have what was asked for, or does not let this process have it; the message says why."""


def call_kernel(number: int, *arguments: Any) -> int:
    """Make system call ``number``; integers are passed as longs.

    Raises:
        KernelRefuses: it failed.
    """
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = int(_LIBC.syscall(ctypes.c_long(number), *given))
    if result < 0:
        raise KernelRefuses(os.strerror(ctypes.get_errno()))
    return result


def forbid_new_privileges() -> None:
    """Let neither this thread nor what it starts gain privileges by running a program.

    Raises:
        KernelRefuses: it cannot be.
    """
    if _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise KernelRefuses(os.strerror(ctypes.get_errno()))


def drop_capabilities() -> None:
    """Give up what makes root more than others, for good.

    Raises:
        KernelRefuses: it cannot be.
    """
    machine = os.uname().machine
    if machine not in _CAPSET:
        raise KernelRefuses(f"system calls of {machine} are not listed")
    for capability in range(64):
        _LIBC.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails where there is none, or no right to drop it
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    call_kernel(_CAPSET[machine], header, nothing)
