"""Real pages taken again: ``python -m benchmarks.retaken FOLDER OUT --seed 1``.

Published specimens are few, and most of them are clean scans. Here each page goes through the generator's cameras
and scanners, so that real layouts are read under glare, tilt and at 94 dpi. ``python -m benchmarks.accuracy OUT``
reads what was written. The pictures are those of FOLDER in another light: they are to be kept where those are kept.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import cv2
import numpy as np
import typer
from rich.progress import track

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from engine.api import Engine
from engine.errors import MrzNotFound
from engine.measure.truth import Document, load_documents
from engine.values.items import Item
from models.training.draw.capture.kinds import KINDS, take
from models.training.draw.manifest import write_picture
from models.training.draw.pages.records import NOTHING, Page

USUAL = ("photo2", "scan94", "sideways", "spread_photo")
"""A phone at arm's length, an upload of 94 dpi, turned by a quarter or more, an open passport."""
_SPOILT = frozenset(
    ("photo", "screenshot", "overlay", "watermark", "glare", "perspective", "tilted", "spread", "cropped_mrz_only")
) | {f"rotated{degrees}" for degrees in (90, 180, 270)}
"""Tags of pictures that are more, or less, than an upright page."""
_PITCH = 2.54
"""Millimetres a character of the machine readable zone takes (ICAO 9303-3 §4.3)."""


def pages(folder: Path, engine: Engine) -> Iterator[tuple[Document, Page]]:
    """Yield the upright pages of ``folder`` whose machine readable zone ``engine`` reads, which tells their scale."""
    for document in load_documents(folder):
        if document.negative or _SPOILT & set(document.tags):
            continue
        try:
            reading = engine.recognize(document.path, items="mrz")
        except MrzNotFound:
            continue
        quad = np.array(next(item.quad for item in reading.items if item.item is Item.MRZ_LINE_1))
        length = float(np.linalg.norm(quad[1] - quad[0]))
        if reading.mrz.lines == document.mrz and length > 0:
            scale = length / (len(document.mrz[0]) * _PITCH)
            pixels = np.asarray(cv2.imread(str(document.path), cv2.IMREAD_COLOR), np.uint8)
            yield document, Page(pixels, scale, NOTHING)


def retake(page: Page, name: str, row: Mapping[str, Any], kind: str, seed: int, out: Path) -> dict[str, Any]:
    """Take one page again; returns its line of the manifest. The same arguments give the same picture."""
    rng = np.random.default_rng((seed, zlib.crc32(f"{name} {kind}".encode())))
    picture = take(rng, page, kind)
    stored = write_picture(picture, out, f"{kind}_{seed}_{Path(name).stem}")
    taken = {key: stored[key] for key in ("file", "tags", "width", "height", "exif_orientation")}
    return {**taken, **{key: row.get(key) for key in ("doc", "country", "mrz", "viz")}}


def main(
    folder: Annotated[Path, typer.Argument(help="Real pages with a manifest.jsonl.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Argument(help="Folder to write to; a new one.")],
    kinds: Annotated[str, typer.Option(help=f"Ways of taking them, by comma: {', '.join(KINDS)}.")] = ",".join(USUAL),
    seed: Annotated[int, typer.Option(help="The same seed takes the same pictures.")] = 1,
) -> None:
    """Write every page of FOLDER that can be read in each of the ways, with its truth."""
    chosen = kinds.split(",")
    if unknown := [kind for kind in chosen if kind not in KINDS]:
        raise typer.BadParameter(f"{', '.join(unknown)}: no way of taking pictures; there are {', '.join(KINDS)}")
    out.mkdir(parents=True)
    cv2.setNumThreads(1)
    console = open_console()
    rows = {row["file"]: row for row in map(json.loads, (folder / "manifest.jsonl").read_text("utf-8").splitlines())}
    found = list(pages(folder, open_engine("auto")))
    with (out / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for document, page in track(found, "taking again", console=console):
            for kind in chosen:
                line = retake(page, document.file, rows[document.file], kind, seed, out)
                manifest.write(json.dumps(line, ensure_ascii=False) + "\n")
    console.print(f"{len(found) * len(chosen)} pictures of {len(found)} pages in {out}")


if __name__ == "__main__":
    typer.run(main)
