"""Freshly drawn pictures with truth, for benchmarks that bring their own."""

import subprocess
import sys
from pathlib import Path

from models.training.draw.type.fonts import fetch_fonts


def draw_pictures(folder: Path, *, count: int, seed: int, kind: str | None = None) -> None:
    """Draw pages with truth into ``folder``, in a process of its own so that its memory is given back.

    Args:
        folder: made if need be.
        count: pictures to draw.
        seed: the same seed draws the same pictures.
        kind: how they are taken, e.g. ``scan300``; a mixture otherwise.

    Raises:
        FontsMissing: the fonts they are drawn with cannot be had.
        CalledProcessError: the generator failed.
    """
    fetch_fonts()
    arguments = [str(folder), "--count", str(count), "--seed", str(seed)]
    arguments += ["--kind", kind] if kind else []
    subprocess.run([sys.executable, "-m", "models.training.draw.samples", *arguments], check=True)
