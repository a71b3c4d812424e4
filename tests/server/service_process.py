"""The service as a process of its own: its signals, its exit status and everything it writes."""

import functools
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.server.running import wait_until_ready

OBEDIENT = [sys.executable, "-m", "tests.server.obedient_service"]
REAL = [sys.executable, "-m", "server.cli", "serve", "--no-auth", "--port", "0"]


@dataclass
class ServiceProcess:
    """A running service; ``lines`` are what it has written to stderr and stdout so far."""

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)
    address: str = ""
    listening: threading.Event = field(default_factory=threading.Event)

    def collect(self) -> None:
        """Read what it writes, until its end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(r"running on (http://[\d.:]+)", line):
                self.address = found[1]
                self.listening.set()

    @functools.cached_property
    def client(self) -> httpx.Client:
        """A client of it."""
        return httpx.Client(base_url=self.address, timeout=60, trust_env=False)


@contextmanager
def service_process(
    command: list[str], cwd: Path | None = None, env: Mapping[str, str] | None = None, *, ready: bool = True
) -> Iterator[ServiceProcess]:
    """Run a service while the block runs, from when it is ready; it is killed if it has not ended by then."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=cwd, env=env
    ) as process:
        service = ServiceProcess(process)
        collector = threading.Thread(target=service.collect)
        collector.start()
        try:
            assert service.listening.wait(timeout=60), service.lines
            with service.client as client:
                if ready:
                    wait_until_ready(client)
                yield service
        finally:
            process.kill()
            collector.join()
