"""The other end of `loop`: starts a system, hands it pictures, replaces it when it hangs or dies."""

import json
import os
import select
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from benchmarks.peers.systems import CACHE, ROOT
from benchmarks.peers.tesseract import find_tesseract, with_tesseract

Answer = dict[str, Any]


class PeerDied(Exception):
    """The system's process ended or did not answer in time."""


class Peer:
    """A running system; a context manager that ends it."""

    def __init__(self, command: Sequence[str], *, start_seconds: float, log: Path) -> None:
        """Start it and wait until its models are loaded.

        Raises:
            PeerDied: it does not come up.
        """
        self._log = log.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=with_tesseract(find_tesseract(CACHE / "tesseract"), os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._receive(start_seconds)

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._log.close()

    def read(self, picture: Path, *, seconds: float) -> Answer:
        """Let it read one picture.

        Raises:
            PeerDied: it ended, or did not answer within ``seconds``.
        """
        print(picture.resolve(), file=_pipe(self._process.stdin), flush=True)
        return self._receive(seconds)

    def _receive(self, seconds: float) -> Answer:
        answers = _pipe(self._process.stdout)
        ready, _, _ = select.select([answers], [], [], seconds)
        line = answers.readline() if ready else ""
        if not line:
            self._process.kill()
            raise PeerDied("ended" if ready else f"no answer in {seconds:g} s")
        answer: Answer = json.loads(line)
        return answer


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise PeerDied("it has no pipes")
    return pipe
