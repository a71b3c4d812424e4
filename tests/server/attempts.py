"""What a picture that has taken a worker process over might want to do. Each is harmless where it succeeds.

``python -m tests.server.attempts seccomp``: tries all after confining itself by that means.
"""

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Final, get_args

from server.pool.confinement import FOR_PROGRAMS, confine
from server.pool.landlock import read_only
from server.pool.seccomp import Group, refuse_calls

TEMPORARY: Final = Path(os.environ.get("TMPDIR", "/tmp"))  # not tempfile: it looks by writing whether it is one
HERE: Final = TEMPORARY / "passport-ocr-attempt"
NO_FILE: Final = -1
"""Instead of a terminal: whoever runs the tests would find the letters typed."""


def _call(number: int, *arguments: object) -> None:
    """A system call that Python has no function for."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "")


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def _make_folder() -> None:
    place = HERE.with_suffix(f".folder{os.getpid()}")
    place.mkdir()
    place.rmdir()


def _make_link() -> None:
    place = HERE.with_suffix(f".link{os.getpid()}")
    place.symlink_to(HERE)
    place.unlink()


NETWORK: Final[dict[str, Callable[[], object]]] = {
    "socket": lambda: socket.socket().close(),
    "udp": lambda: socket.socket(type=socket.SOCK_DGRAM).close(),
    "unix": lambda: socket.socket(socket.AF_UNIX).close(),
    "socketpair": lambda: [one.close() for one in socket.socketpair()],
}
WRITING: Final[dict[str, Callable[[], object]]] = {
    "write": lambda: HERE.write_text(""),
    "mkdir": _make_folder,
    "link": _make_link,
    "remove": lambda: HERE.unlink(missing_ok=True),
    "chmod": lambda: TEMPORARY.chmod(TEMPORARY.stat().st_mode),
    "memory file": lambda: os.close(os.memfd_create("x")),
}
PROGRAMS: Final[dict[str, Callable[[], object]]] = {
    "run": lambda: subprocess.run(["/bin/true"], check=True),
    "fork": _fork,
}
OTHERS: Final[dict[str, Callable[[], object]]] = {
    "signal": lambda: os.kill(os.getppid(), 0),
    "handle": lambda: os.close(os.pidfd_open(os.getppid())),
    "limits": lambda: _call(302, os.getppid(), 7, None, None),
    "memory": lambda: _call(310, os.getppid(), None, 0, None, 0, 0),
    "typing": lambda: _call(16, NO_FILE, termios.TIOCSTI, b"x"),
    "typing, with high bits": lambda: _call(16, NO_FILE, ctypes.c_long(termios.TIOCSTI | 1 << 40), b"x"),
    "pasting": lambda: _call(16, NO_FILE, termios.TIOCLINUX, b"x"),
}
KERNEL: Final[dict[str, Callable[[], object]]] = {
    "io_uring": lambda: _call(425, 1, ctypes.create_string_buffer(120)),
    "namespace": lambda: _call(272, 0),
    "call of the future": lambda: _call(1000),
    "x32 call": lambda: _call(0x4000_0000 + 41, 1, 1, 0),
}
READING: Final[dict[str, Callable[[], object]]] = {
    "users": lambda: Path("/etc/passwd").read_text(),
    "home": lambda: list(Path.home().iterdir()),
}
ATTEMPTS: Final = NETWORK | WRITING | PROGRAMS | OTHERS | KERNEL | READING
"""Numbers of calls are those of x86_64."""


def outcome_of(what: str) -> str:
    """``done``, or the name of the error."""
    try:
        ATTEMPTS[what]()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


MEANS: Final[dict[str, Callable[[], object]]] = {
    "nothing": lambda: None,
    "seccomp": lambda: refuse_calls(get_args(Group)),
    "landlock": lambda: read_only([Path("/usr"), Path("/lib"), Path("/lib64")]),
    "for programs": lambda: confine(FOR_PROGRAMS),
}

if __name__ == "__main__":
    MEANS[sys.argv[1]]()
    sys.stdout.write(json.dumps({what: outcome_of(what) for what in ATTEMPTS}))
