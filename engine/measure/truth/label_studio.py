"""Label Studio: its exports become rows of truth, readings become tasks to correct.

A region is a rectangle labelled with an item, and a text with the same id (https://labelstud.io/guide/task_format).
Places are percent of the picture.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from engine.measure.truth.columns import UnknownColumn, column_name, column_of
from engine.measure.truth.tables import TruthRow
from engine.result.reading import PassportReading
from engine.values.contract import box_of
from engine.values.items import Item
from engine.values.pictures import Box

CONFIG: Final = """<View>
  <Image name="image" value="$image" zoom="true" rotateControl="true"/>
  <RectangleLabels name="item" toName="image">
{labels}
  </RectangleLabels>
  <TextArea name="text" toName="image" editable="true" perRegion="true" required="true" maxSubmissions="1"/>
</View>
"""
"""The labelling interface that `tasks` are made for."""
_UPLOADED: Final = re.compile(r"^[0-9a-f]{8}-")
"""What Label Studio puts before the name of an uploaded file."""


def is_label_studio(content: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the objects of a JSON file are Label Studio's tasks."""
    return bool(content) and all("data" in t and {"annotations", "predictions"} & t.keys() for t in content)


def read_label_studio(content: Sequence[Mapping[str, Any]], name: str) -> list[TruthRow]:
    """Return a row for each task that a person has annotated; the others are not truth yet, and say so."""
    rows = []
    for number, task in enumerate(content, 1):
        done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
        where = f"{name}, task {task.get('id', number)}"
        file = _file_of(task["data"])
        unseen = TruthRow(where, {"file": file, "checked": "no"})
        rows.append(_row(where, file, done[-1]["result"]) if done else unseen)
    return rows


def _file_of(data: Mapping[str, Any]) -> str:
    address = str(next((data[key] for key in ("image", "ocr", "file") if key in data), ""))
    parts = urlsplit(address)
    path = unquote(parse_qs(parts.query).get("d", [parts.path])[0])
    base = path.rsplit("/", 1)[-1]
    return _UPLOADED.sub("", base) if "/upload/" in path else path.lstrip("/")


def _row(where: str, file: str, result: Sequence[Mapping[str, Any]]) -> TruthRow:
    texts: dict[str, str] = {}
    labels: dict[str, str] = {}
    boxes: dict[str, Box] = {}
    for region in result:
        identity, value = str(region.get("id")), region.get("value", {})
        if "text" in value:
            text = value["text"]
            texts[identity] = " ".join(text) if isinstance(text, list) else str(text)
        if found := value.get("rectanglelabels") or value.get("labels"):
            labels[identity] = str(found[0])
        if {"x", "y", "width", "height", "original_width"} <= {*value, *region}:
            box = _box(region, value)
            boxes[identity] = box if "rectanglelabels" in value else boxes.get(identity, box)
    cells = {label: texts.get(identity, "") for identity, label in labels.items()}
    places = {label: boxes[identity] for identity, label in labels.items() if identity in boxes}
    return TruthRow(where, {"file": file, **cells}, _by_item(places))


def _box(region: Mapping[str, Any], value: Mapping[str, Any]) -> Box:
    across, down = region["original_width"] / 100, region["original_height"] / 100
    return Box(
        round(value["x"] * across),
        round(value["y"] * down),
        round(value["width"] * across),
        round(value["height"] * down),
    )


def _by_item(places: Mapping[str, Box]) -> dict[Item, Box]:
    items = {}
    for label, box in places.items():
        try:
            column = column_of(label)
        except UnknownColumn:
            continue  # named where the row is read
        if isinstance(column, Item):
            items[column] = box
    return items


def interface() -> str:
    """Return the XML to paste into a project's Labeling Interface."""
    return CONFIG.format(labels="\n".join(f'    <Label value="{column_name(item)}"/>' for item in Item))


def task(file: str, reading: PassportReading | None, version: str) -> dict[str, Any]:
    """Return a task with what was read as a prediction, for a person to correct.

    Args:
        file: the picture's path in the folder that Label Studio serves (its setting LOCAL_FILES_DOCUMENT_ROOT).
        reading: what was read, None where nothing was.
        version: of the engine.
    """
    items = [item for item in Item if reading[item].value] if reading else []
    result = [part for item in items for part in _regions(item, reading)] if reading else []
    prediction = {"model_version": version, "result": result}
    return {"data": {"image": f"/data/local-files/?d={file}"}, "predictions": [prediction]}


def _regions(item: Item, reading: PassportReading) -> list[dict[str, Any]]:
    read, name = reading[item], column_name(item)
    box = box_of(read.quad, reading.width, reading.height) if read.quad else Box(0, 0, 1, 1)
    place = {
        "x": 100 * box.x / reading.width,
        "y": 100 * box.y / reading.height,
        "width": 100 * box.width / reading.width,
        "height": 100 * box.height / reading.height,
        "rotation": 0,
    }
    common = {
        "id": name,
        "to_name": "image",
        "original_width": reading.width,
        "original_height": reading.height,
        "score": round(read.confidence, 4),
    }
    labelled = {"from_name": "item", "type": "rectanglelabels", "value": place | {"rectanglelabels": [name]}}
    written = {"from_name": "text", "type": "textarea", "value": place | {"text": [read.value]}}
    return [common | labelled, common | written]
