"""Lets the kernel refuse this process every file but some that it may read: landlock(7)."""

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from .kernel import call_kernel, forbid_new_privileges

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every kind of machine
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
_RIGHTS_ON_FILES: Final = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights, each a bit, a version of landlock has: executing, writing, reading, making, removing …"""
_RIGHTS_FROM_5: Final = 16
_TCP: Final = 0b11  # binding and connecting; from version 4
_SCOPES: Final = 0b11  # abstract Unix sockets and signals of other processes; from version 6


def read_only(readable: Iterable[Path]) -> None:
    """Let this process and what it starts only read, and only what lies in ``readable``; and open no TCP connection.

    Threads that run already are not held: call it before there are any. Paths that do not exist are passed over.

    Raises:
        KernelRefuses: the kernel has no landlock, or does not use it.
    """
    version = call_kernel(_CREATE_RULESET, None, 0, _ASK_VERSION)
    rights = (1 << _RIGHTS_ON_FILES.get(version, _RIGHTS_FROM_5)) - 1
    attributes = struct.pack("QQQ", rights, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    length = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = call_kernel(_CREATE_RULESET, ctypes.create_string_buffer(attributes, 24), length, 0)
    try:
        for path in readable:
            with suppress(FileNotFoundError, PermissionError):
                _allow_reading(rules, path)
        forbid_new_privileges()
        call_kernel(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow_reading(rules: int, path: Path) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
        call_kernel(
            _ADD_RULE, rules, _PATH_BENEATH, ctypes.create_string_buffer(struct.pack("=Qi", rights, place)), 0
        )
    finally:
        os.close(place)
