"""FiftyOne: its image detection datasets become rows of truth, readings become such a dataset.

``labels.json`` holds boxes as shares of the picture's sides; the text is an attribute of the detection
(https://docs.voxel51.com/user_guide/import_datasets.html, FiftyOneImageDetectionDataset).
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from engine.measure.truth.columns import column_name
from engine.measure.truth.tables import TruthRow, json_rows
from engine.result.reading import PassportReading
from engine.values.contract import box_of
from engine.values.items import Item
from engine.values.pictures import Box

TEXTS: Final = ("value", "text", "transcription", "label_text")
"""Attributes of a detection that may hold its text."""


def is_fiftyone(content: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the object of a JSON file is the labels of a FiftyOne dataset."""
    return len(content) == 1 and isinstance(content[0].get("labels"), dict)


def read_fiftyone(content: Mapping[str, Any], path: Path) -> list[TruthRow]:
    """Return a row for each sample; ``data.json`` beside the labels may say where its picture is.

    Samples with a detection whose attribute ``checked`` is false are readings that nobody has corrected yet.
    """
    places = json_rows(path.with_name("data.json"))[0] if path.with_name("data.json").is_file() else {}
    rows = []
    for sample, detections in content["labels"].items():
        cells: dict[str, object] = {"file": str(places.get(sample, sample))}
        if any((d.get("attributes") or {}).get("checked") is False for d in detections or ()):
            cells["checked"] = "no"
        for detection in detections or ():
            cells[str(detection.get("label"))] = _text(detection)
        rows.append(TruthRow(f"{path.name}, sample {sample}", cells))
    return rows


def _text(detection: Mapping[str, Any]) -> object:
    attributes = detection.get("attributes") or {}
    for source in (detection, attributes):
        for name in TEXTS:
            if name in source:
                found = source[name]
                return found.get("value", "") if isinstance(found, dict) else found
    return ""


def dataset(readings: Iterable[tuple[Path, PassportReading | None]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return ``labels.json`` and ``data.json`` of a dataset with what was read.

    `fiftyone.Dataset.from_dir` opens it as `fiftyone.types.FiftyOneImageDetectionDataset`.
    """
    labels: dict[str, list[dict[str, Any]] | None] = {}
    places: dict[str, str] = {}
    for picture, reading in readings:
        name = _free(picture.stem, labels)
        places[name] = str(picture.resolve())
        labels[name] = [_detection(item, reading) for item in Item if reading[item].value] if reading else None
    return {"classes": [column_name(item) for item in Item], "labels": labels}, places


def _free(name: str, taken: Mapping[str, object]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _detection(item: Item, reading: PassportReading) -> dict[str, Any]:
    read = reading[item]
    box = box_of(read.quad, reading.width, reading.height) if read.quad else Box(0, 0, 0, 0)
    across, down = reading.width, reading.height
    return {
        "label": column_name(item),
        "bounding_box": [box.x / across, box.y / down, box.width / across, box.height / down],
        "confidence": round(read.confidence, 4),
        "attributes": {"value": read.value, "checked": False},
    }
