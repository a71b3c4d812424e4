"""The service as a process of its own, on loopback: started, watched and ended."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import httpx
import psutil

COMMAND: Final = (sys.executable, "-m", "server.cli", "serve", "--port", "0")


@dataclass(frozen=True, slots=True)
class Usage:
    """What the processes of a service use: CPU seconds so far, resident bytes, open file handles."""

    cpu: float
    rss: int
    handles: int


class Service:
    """A running service."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._front = psutil.Process(process.pid)
        self.address = self._address(process)
        # What it logs must not fill the pipe.
        threading.Thread(target=self._drain, args=(process,), daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens on loopback."""
        return int(self.address.rpartition(":")[2])

    def usage(self) -> Usage:
        """What the process that answers and its workers use together."""
        processes = [self._front, *self.workers()]
        times = [process.cpu_times() for process in processes]
        return Usage(
            cpu=sum(t.user + t.system for t in times),
            rss=sum(process.memory_info().rss for process in processes),
            handles=sum(map(_handles, processes)),
        )

    def workers(self) -> list[psutil.Process]:
        """The processes that read, oldest first."""
        children = self._front.children()
        return sorted((c for c in children if _reads(c)), key=lambda c: c.create_time())

    def replaced(self) -> dict[str, int]:
        """How many workers it has replaced because they died or hung, as its metrics tell."""
        metrics = httpx.get(f"{self.address}/metrics", trust_env=False).text
        found = re.findall(r'^passport_ocr_workers_replaced_total\{reason="(\w+)"\} (\S+)$', metrics, re.MULTILINE)
        return {reason: int(float(count)) for reason, count in found}

    def exit_status(self) -> int:
        """Ask it to end and wait."""
        self._front.terminate()
        return int(self._front.wait(timeout=120))

    @staticmethod
    def _address(process: "subprocess.Popen[str]") -> str:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                return found[1]
        raise RuntimeError("the service did not start")

    @staticmethod
    def _drain(process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        for _ in process.stderr:
            pass


def _reads(process: psutil.Process) -> bool:
    """Whether it is a worker, and not one that has just been killed."""
    try:
        return "pool.start" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # also: a zombie
        return False


def _handles(process: psutil.Process) -> int:
    """Open files of a process; 0 where only root may look, as the service's processes let nobody else."""
    try:
        return int(process.num_fds())
    except psutil.AccessDenied:
        return 0


@contextmanager
def running_service(environment: Mapping[str, str], options: Sequence[str] = ("--no-auth",)) -> Iterator[Service]:
    """Run the service while the block runs; it is killed if it has not ended by then."""
    with subprocess.Popen([*COMMAND, *options], stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield Service(process)
        finally:
            process.kill()
