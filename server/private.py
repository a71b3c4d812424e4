"""What a process holds – pictures, values, keys – is nobody else's: no core file, and only root looks inside."""

import ctypes
import resource
from typing import Final

_PR_SET_DUMPABLE: Final = 4
"""prctl(2)."""


def keep_private() -> None:
    """Let this process leave no core file, not even to a handler of the system's, and let only root trace it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
