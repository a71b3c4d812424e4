"""A real Redis for tests: the machine's own, else Debian's package unpacked into the cache without root."""

import functools
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache" / "redis"
PACKAGES = (
    "redis-server", "redis-tools", "liblua5.1-0", "lua-bitop", "lua-cjson", "libjemalloc2", "liblzf1", "libatomic1",
)  # fmt: skip


class RedisMissing(Exception):
    """There is no redis-server and none can be had; the message says why."""


@functools.cache
def redis_program() -> tuple[Path, Path | None]:
    """The program ``redis-server``, and the folder of its libraries where it is an unpacked package's.

    Raises:
        RedisMissing: see there.
    """
    if installed := shutil.which("redis-server"):
        return Path(installed), None
    root = CACHE / "root"
    if not (root / "complete").is_file():
        _unpack(root)
    program = next(root.glob("usr/bin/redis-check-rdb"), root)  # redis-server is a link to it
    return program.with_name("redis-server"), next(root.glob("usr/lib/*-linux-gnu"))


def _unpack(root: Path) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise RedisMissing("redis-server is not installed, and there is no apt-get to fetch it")
    shutil.rmtree(CACHE, ignore_errors=True)
    root.mkdir(parents=True)
    command = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", *PACKAGES]
    fetched = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, encoding="utf-8")
    if fetched.returncode != 0:
        raise RedisMissing("redis-server is not installed, and Debian's package could not be fetched")
    for package in sorted(CACHE.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    (root / "complete").touch()


@contextmanager
def running_redis(port: int = 0) -> Iterator[str]:
    """Run a server in memory while the block runs; its URL.

    Raises:
        RedisMissing: there is none to run.
    """
    program, libraries = redis_program()
    port = port or free_port()
    environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries or "")}
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    patience = threading.Event()
    for _ in range(2000):
        assert server.poll() is None, "redis-server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            patience.wait(0.005)
    raise AssertionError("redis-server does not answer")
