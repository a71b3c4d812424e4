"""A log that nobody takes holds up nobody."""

import fcntl
import logging
import re
import subprocess
import threading
from collections.abc import Iterator

import httpx
import pytest

from server.http import log_writer as module
from server.http.log_writer import LogWriter
from tests.server.service_process import OBEDIENT


class Terminal:
    """Takes lines as long as it is not stopped."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.goes = threading.Event()
        self.asked = threading.Event()

    def write(self, line: bytes) -> None:
        self.asked.set()
        self.goes.wait()
        self.lines.append(line.decode())


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setattr(module, "MOST_LINES", 3)
    terminal = Terminal()
    yield terminal
    terminal.goes.set()


def log(writer: LogWriter, *texts: str) -> None:
    for text in texts:
        writer.handle(logging.makeLogRecord({"msg": text}))


def test_what_is_logged_is_written_in_order(terminal: Terminal) -> None:
    writer = LogWriter(terminal.write)
    terminal.goes.set()
    log(writer, "a", "b")
    writer.flush()
    assert terminal.lines == ["a\n", "b\n"]


def test_who_logs_never_waits_and_lost_lines_are_counted(terminal: Terminal) -> None:
    writer = LogWriter(terminal.write)
    log(writer, "a")
    terminal.asked.wait()
    log(writer, *"bcdefg")
    terminal.goes.set()
    writer.flush()
    log(writer, "h")
    writer.flush()
    assert terminal.lines == [
        *("a\n", "b\n", "c\n", "d\n"),
        "lines of the log are lost, as nobody took them: 3\n",
        "h\n",
    ]


def test_the_end_waits_only_so_long_for_who_takes_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LAST_SECONDS", 0.0)
    writer = LogWriter(terminal.write)
    log(writer, "a")
    writer.flush()
    assert terminal.lines == []


def test_a_line_that_cannot_be_formatted_is_lost_and_nothing_else(terminal: Terminal) -> None:
    writer = LogWriter(terminal.write)
    terminal.goes.set()
    writer.handle(logging.makeLogRecord({"msg": "%d", "args": ("SPECIMEN",)}))
    log(writer, "a")
    writer.flush()
    assert terminal.lines == ["lines of the log are lost, as nobody took them: 1\n", "a\n"]


@pytest.mark.parametrize("gone", [False, True])
def test_a_service_whose_log_nobody_reads_goes_on_and_ends(*, gone: bool) -> None:
    with subprocess.Popen(OBEDIENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        fcntl.fcntl(service.stderr, fcntl.F_SETPIPE_SZ, 4096)
        try:
            address = next(found[1] for line in service.stderr if (found := re.search(r"(http://[\d.:]+)", line)))
            if gone:
                service.stderr.close()
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                assert {client.get("/livez").status_code for _ in range(200)} == {200}
            service.terminate()
            assert service.wait(timeout=60) == 0
        finally:
            service.kill()
