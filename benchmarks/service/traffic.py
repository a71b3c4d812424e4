"""Requests to a service on loopback, sent by locust in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks.service.visits import Visit, digest_of, load_visits
from engine import Engine

VISITORS: Final = Path(__file__).with_name("visitors.py")


class Traffic:
    """Sends pictures whose right answers are known: those of the library itself."""

    def __init__(self, address: str, pictures: Sequence[Path]) -> None:
        if urlsplit(address).hostname != "127.0.0.1":
            raise ValueError("load is sent to loopback only")
        self._address = address
        self._scratch = tempfile.TemporaryDirectory(prefix="traffic-")  # goes with this object
        self._folder = Path(self._scratch.name)
        engine = Engine()
        samples = [{"file": p.name, "path": str(p.resolve()), **_right_answers(engine, p)} for p in pictures]
        self._samples = self._folder / "samples.json"
        self._samples.write_text(json.dumps(samples), encoding="utf-8")

    def send(self, *, users: int, seconds: float, rate: float = 0, hostile: float = 0) -> list[Visit]:
        """Let ``users`` send requests for some time.

        Args:
            users: who sends; each waits for its answer before it sends again.
            seconds: after so long no request is begun; those under way are waited for.
            rate: requests a second of all users together; 0 for as fast as they are answered.
            hostile: the share of requests that are no picture of a passport.
        """
        record = self._folder / "visits.jsonl"
        orders = {"samples": str(self._samples), "record": str(record), "rate": rate / users, "hostile": hostile}
        command = [sys.executable, "-m", "locust", "-f", str(VISITORS), "--headless", "--host", self._address]
        command += ["--users", str(users), "--spawn-rate", str(users), "--run-time", f"{seconds:.0f}s"]
        command += ["--stop-timeout", "120", "--loglevel", "ERROR", "--only-summary"]
        environment = os.environ | {"TRAFFIC": json.dumps(orders), "PYTHONPATH": str(VISITORS.parents[2])}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return load_visits(record)


def _right_answers(engine: Engine, picture: Path) -> dict[str, str]:
    """Digests of the items, and of the machine readable zone's first two lines, which API 3.0 answers alike."""
    reading = engine.recognize(picture.read_bytes())
    items = json.loads(json.dumps(reading.to_contract()["items"]))
    return {"digest": digest_of(items), "zone": digest_of([*reading.mrz.lines, "", ""][:2])}
