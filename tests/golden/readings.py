"""Whole readings that were looked at once and must not change unnoticed.

``tests/golden/readings/<picture>.json`` is what the engine said of a picture of ``tests/images`` or
``tests/golden/pictures``: the contract's JSON, every quad and confidence, zone, warnings, contradictions, or the
error it raised. The forty of ``pictures`` were drawn once (``python -m models.training.samples OUT --count 40
--seed 20261128``, large ones then reduced to 260 KB) and are kept, so that a change of the generator changes none
of them. They are a net for changes of the code, not a measure of accuracy: some are read wrongly.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import engine
from engine.errors import PassportError

PICTURES = Path(__file__).parent / "pictures"
IMAGES = Path(__file__).parents[1] / "images"
HOME = Path(__file__).parent / "readings"


def pictures() -> list[Path]:
    """Every picture with a golden reading."""
    found = [*IMAGES.iterdir(), *PICTURES.iterdir()]
    return sorted((p for p in found if p.suffix in {".jpg", ".png"}), key=lambda p: p.name)


def reading_of(reader: engine.Engine, picture: Path) -> dict[str, Any]:
    """What the engine says of a picture, in the form of the golden files."""
    try:
        reading = reader.recognize(picture)
    except PassportError as error:
        return {"error": type(error).__name__}
    mrz = asdict(reading.mrz)
    told: dict[str, Any] = {
        "contract": reading.to_contract()["items"],
        "quads": {i.item.value: i.quad for i in reading.items},
        "sources": {i.item.value: i.source for i in reading.items},
        "mrz": {k: mrz[k] for k in KEPT},
        "warnings": [[c.warning.name, [i.value for i in c.items]] for c in reading.warnings],
        "contradictions": [asdict(c) for c in reading.contradictions],
        "size": [reading.width, reading.height],
    }
    plain: dict[str, Any] = json.loads(json.dumps(_rounded(told)))
    return plain


KEPT = (
    "format",
    "raw_lines",
    "lines",
    "fields",
    "checks",
    "corrections",
    "char_confidences",
    "line_confidences",
    "field_confidences",
    "misprinted",
)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list | tuple) else value


def write_readings(reader: engine.Engine, found: Iterable[Path], home: Path = HOME) -> list[Path]:
    """Write the golden reading of each picture; returns their paths."""
    home.mkdir(exist_ok=True)
    written = []
    for picture in found:
        path = home / f"{picture.stem}.json"
        path.write_text(
            json.dumps(reading_of(reader, picture), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        written.append(path)
    return written


def read_reading(picture: Path, home: Path = HOME) -> dict[str, Any]:
    """The golden reading of a picture."""
    golden: dict[str, Any] = json.loads((home / f"{picture.stem}.json").read_text(encoding="utf-8"))
    return golden


def differences(golden: Any, now: Any, where: str = "") -> list[str]:
    """Where two readings differ, numbers beyond `TOLERANCES`; empty where they are the same."""
    if isinstance(golden, dict) and isinstance(now, dict) and golden.keys() == now.keys():
        return [d for k in golden for d in differences(golden[k], now[k], f"{where}/{k}")]
    if isinstance(golden, list) and isinstance(now, list) and len(golden) == len(now):
        return [
            d for i, (a, b) in enumerate(zip(golden, now, strict=True)) for d in differences(a, b, f"{where}/{i}")
        ]
    if isinstance(golden, float) and isinstance(now, int | float):
        return [] if abs(golden - now) <= _tolerance(where) else [f"{where}: {golden} -> {now}"]
    return [] if golden == now else [f"{where}: {golden} -> {now}"]


TOLERANCES = {"quads": 0.5, "": 0.01}
"""Photo pixels of a quad's corner; probabilities. Other processors sum a network's products in another order."""


def _tolerance(where: str) -> float:
    return TOLERANCES["quads" if where.startswith("/quads") else ""]
