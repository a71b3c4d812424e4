"""The models that ship with the engine. Weights are checked against their hash whenever they are opened."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

_INSTALLED: Final = Path(__file__).with_name("models")
_IN_THE_CHECKOUT: Final = Path(__file__).parents[1] / "models"
HOME: Final = _INSTALLED if _INSTALLED.is_dir() else _IN_THE_CHECKOUT
"""Where the models lie, a folder each: data of the installed engine, or beside it where it runs from a checkout."""


class HashMismatch(Exception):
    """A model file is missing or is not the one its SHA256SUMS names."""


def open_model(name: str) -> Path:
    """Return the folder of model ``name`` after checking every file named in its ``SHA256SUMS``.

    Raises:
        HashMismatch: a file is missing or its hash differs.
    """
    folder = HOME / name
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        raise HashMismatch(f"model {name} is not installed: reinstall the package")
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, file = line.partition("  ")
        path = folder / file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise HashMismatch(f"model file {name}/{file} is missing or damaged: reinstall the package")
    return folder


def model_config(folder: Path) -> dict[str, Any]:
    """Return ``config.json`` of an opened model folder."""
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def installed_models() -> tuple[str, ...]:
    """Return the names of all models that are there, each with its version: ``mrz_line_v1``."""
    return tuple(sorted(folder.parent.name for folder in HOME.glob("*/SHA256SUMS")))
