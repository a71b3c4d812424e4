"""Where a result comes from: commit, date and machine, without naming the host."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

from engine.result.release import release

_ROOT = Path(__file__).resolve().parents[2]
_MEASURED = ("engine", "models", "server", "benchmarks", ":!benchmarks/results")
"""What a figure depends on: the programs, and those that run them. Results are written meanwhile."""


def provenance() -> dict[str, object]:
    """Release, commit (``+``: what is measured or measures is not committed), UTC date, CPU, cores, Python."""
    return {
        "release": release(),
        "commit": commit(),
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpu": cpu_model(),
            "cores": os.cpu_count() or 0,
            "system": platform.system(),
            "python": platform.python_version(),
        },
    }


def commit() -> str:
    """The short commit hash, ``unknown`` outside a git checkout of this project."""
    if not (_ROOT / "pyproject.toml").is_file():  # installed, perhaps within a repository that is not ours
        return "unknown"
    head = _git("rev-parse", "--short", "HEAD")
    if not head:
        return "unknown"
    return head + ("+" if _git("status", "--porcelain", "--", *_MEASURED) else "")


def cpu_model() -> str:
    """The processor's name as Linux tells it, else what Python knows."""
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
