"""Whether one app can take the service from another: ``python -m benchmarks.attacks --seconds 60``, on loopback.

A victim app reads one picture after another, in turns alone and beside an attack of another app at another address.
Its reads should stay under twice their quiet time, and none be refused. Both share the machine: what an attack costs
the attacker slows the victim, too, so the bare library reads the same picture meanwhile, as a measure of that.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import httpx
import typer

from benchmarks.load import PICTURES
from benchmarks.measure.conclude import conclude
from benchmarks.service.attackers import ATTACKS, ORIGIN_PORT, attacking
from benchmarks.service.service import Service, running_service
from engine import Engine
from engine.measure.metrics import percentile
from engine.measure.provenance import provenance
from engine.measure.results import Result

VICTIM: Final = "192.0.2.1"
"""The victim's address, as the proxy on loopback tells it (documentation range, RFC 5737)."""
SLOWER_AT_MOST: Final = 2.0
QUIET_SHARE: Final = 0.3
"""The victim is alone before each attack for this share of its time: ten attacks of a minute take 14 minutes."""
PAUSE: Final = 0.05
"""Between two requests of the victim, which is no attacker."""


class Victim:
    """An app that reads a picture, waits for the answer, and reads again."""

    def __init__(self, address: str, signature: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        self._headers = {"Authorization": signature, "X-Forwarded-For": VICTIM}
        self._picture = PICTURES[1].read_bytes()
        self._engine = Engine()

    def read_for(self, seconds: float) -> Result:
        """Milliseconds of its reads and of the bare library's beside them, and what was answered."""
        served: list[float] = []
        bare: list[float] = []
        answers: Counter[str] = Counter()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.perf_counter()
            answers[self._ask()] += 1
            served.append(time.perf_counter() - began)
            began = time.perf_counter()
            self._engine.recognize(self._picture)
            bare.append(time.perf_counter() - began)
            time.sleep(PAUSE)
        return {
            "reads": len(served),
            "answers": dict(answers),
            "ms": _milliseconds(served),
            "bare_ms": _milliseconds(bare),
        }

    def wait_until_ready(self) -> None:
        """Return as soon as pictures are read."""
        while self._client.get("/readyz").status_code != httpx.codes.OK:
            time.sleep(0.1)

    def _ask(self) -> str:
        try:
            answer = self._client.post(
                "/ocr/passport", data={"app_id": "1"}, files={"image": ("p", self._picture)}, headers=self._headers
            )
        except httpx.HTTPError as error:
            return type(error).__name__
        return f"{answer.status_code} {answer.json()['code']}"


def main(
    seconds: Annotated[float, typer.Option(min=2, help="How long each attack lasts.")] = 60,
    only: Annotated[str, typer.Option(help="One attack by its name.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Read as one app while another attacks."""
    _allow_many_files()
    attacks = [only] if only else list(ATTACKS)
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder, _service(Path(folder)) as (service, signatures):
        victim = Victim(service.address, signatures["1"])
        victim.wait_until_ready()
        victim.read_for(5)
        rows = {name: _round(name, service, victim, signatures["2"], seconds) for name in attacks}
        after = victim.read_for(min(seconds, 10))
        status = service.exit_status()
    result: Result = {
        **provenance(),
        "seconds": seconds,
        "attacks": rows,
        "after": after,
        "exit_status": status,
    }
    conclude(result, out, report, judge)


def _round(name: str, service: Service, victim: Victim, signature: str, seconds: float) -> Result:
    """The victim alone, then beside an attack; how much slower that made it, also measured by the bare library."""
    quiet = victim.read_for(QUIET_SHARE * seconds)
    with attacking(name, service.port, signature):
        victim.read_for(3)  # until it is at it
        row = victim.read_for(seconds)
        row["rss_mb"] = round(service.usage().rss / 2**20)
    slower = row["ms"]["p50"] / quiet["ms"]["p50"]
    row["slower"] = round(slower, 2)
    row["slower_than_bare"] = round(slower * quiet["bare_ms"]["p50"] / row["bare_ms"]["p50"], 2)
    row["quiet"] = quiet
    return row


@contextmanager
def _service(folder: Path) -> Iterator[tuple[Service, dict[str, str]]]:
    """A service for the apps 1 and 2, and a signature of each."""
    keys = folder / "credentials.json"
    environment = os.environ | {
        "PASSPORT_OCR_CREDENTIALS": str(keys),
        "PASSPORT_OCR_WORKERS": "2",
        "PASSPORT_OCR_REQUESTS_PER_MINUTE": "1000000",
        "PASSPORT_OCR_DOWNLOAD_NETWORKS": "127.0.0.0/8",
        "PASSPORT_OCR_DOWNLOAD_PORTS": str(ORIGIN_PORT),
    }

    def apps(*words: str) -> str:
        command = [sys.executable, "-m", "server.cli", "apps", *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    for app in ("1", "2"):
        apps("add", app)
    with running_service(environment, options=()) as service:
        yield service, {app: apps("sign", app) for app in ("1", "2")}


def _milliseconds(seconds: list[float]) -> dict[str, int]:
    return {"p50": round(1000 * statistics.median(seconds)), "p95": round(1000 * percentile(seconds, 0.95))}


def _allow_many_files() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))


def judge(result: Result) -> list[str]:
    """What of the targets was missed."""
    complaints = [
        f"{name}: the victim's reads took {row['slower']} times as long as alone"
        for name, row in result["attacks"].items()
        if row["slower"] >= SLOWER_AT_MOST
    ]
    complaints += [
        f"{name}: not every read of the victim was answered: {row['answers']}"
        for name, row in result["attacks"].items()
        if set(row["answers"]) != {"200 0"}
    ]
    return complaints + (["the service did not end with status 0"] if result["exit_status"] else [])


def report(result: Result) -> str:
    """A line for each attack."""
    return "\n".join(
        f"{name}: {row['ms']['p50']} ms (p95 {row['ms']['p95']}), {row['slower']} times quiet, "
        f"{row['slower_than_bare']} times by the bare library's; {row['answers']}; {row['rss_mb']} MB"
        for name, row in result["attacks"].items()
    )


if __name__ == "__main__":
    typer.run(main)
