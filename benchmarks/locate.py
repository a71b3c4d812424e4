"""How well the zone is found: ``python -m benchmarks.locate FOLDER`` over a folder with a ``manifest.jsonl``.

A picture counts as found at place k if the k-th candidate, rectified and read by the line net, gives every truth
line with a character error rate under 5 %: locating and rectifying are judged together, decoding is left out.
"""

import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.decode import decode_photo
from engine.locate.search import search_mrz
from engine.measure.metrics import edit_distance
from engine.measure.truth import Document, load_documents
from engine.readers.base import LineReader
from engine.readers.select import open_mrz_reader
from engine.rectify.cut_lines import rectify_band

_GOOD = 0.05
_PLACES = 8


def character_error(read: list[str], truth: tuple[str, ...]) -> float:
    """Edit distance over all lines as a share of the truth's characters; 1 where the number of lines differs."""
    if len(read) != len(truth):
        return 1.0
    wrong = sum(edit_distance(line, true) for line, true in zip(read, truth, strict=True))
    return wrong / sum(map(len, truth))


def place_found(document: Document, reader: LineReader) -> tuple[int, float, float]:
    """Return at which candidate (from 0; `_PLACES` if none) the zone is, and the CPU ms of both stages until then."""
    photo = decode_photo(document.path)
    bands = search_mrz(photo)
    located = rectified = 0.0
    for place in range(_PLACES):
        start = time.process_time()
        band = next(bands, None)
        located += time.process_time() - start
        if band is None:
            break
        start = time.process_time()
        lines = rectify_band(photo, band)
        rectified += time.process_time() - start
        if character_error([line.text for line in reader.read(lines)], document.mrz) < _GOOD:
            return place, located * 1000, rectified * 1000
    return _PLACES, located * 1000, rectified * 1000


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
) -> None:
    """Print recall by rank, processor time, and the pictures whose zone was not found."""
    reader = open_mrz_reader("ctc")
    documents = [document for document in load_documents(folder) if document.mrz]
    results = {document.path.name: place_found(document, reader) for document in documents}
    places = np.array([result[0] for result in results.values()])
    for most in (1, 3, _PLACES):
        print(f"found among the first {most}: {(places < most).sum()} of {len(places)}")
    for name, column in (("locate", 1), ("rectify", 2)):
        times = np.array([result[column] for result in results.values()])
        print(f"{name}: {np.median(times):.1f} ms CPU median, {np.percentile(times, 90):.1f} ms p90")
    print("not found:", *(name for name, result in results.items() if result[0] == _PLACES))


if __name__ == "__main__":
    typer.run(main)
