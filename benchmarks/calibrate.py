"""Fit the items' confidences: ``python -m benchmarks.calibrate DIR``.

DIR is a labelled folder; where it holds no ``manifest.jsonl`` pictures are drawn into it (``--count``, ``--seed``),
pages of which something is hidden (``--damaged``), for a score that only damage explains is seldom right. Pages of
random layouts are left out: with 120 of them confidences were farther off on other random pages (ECE 0.0210 → 0.0225,
``benchmarks.accuracy`` on ``--layout random --seed 601``), and on real ones.
Each picture is read, and how its values came out is kept in ``DIR/scores.jsonl``: a run that was stopped goes on
there, and pictures read by another engine are read again. Then the curves are fitted, judged on pictures they were
not fitted on, and written to ``engine/fusion/calibration.json``. Five CPU minutes for 400 pictures, drawing included.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import cv2

from engine.api import Engine
from engine.decode import decode_photo
from engine.errors import NothingToRead
from engine.fusion.calibrate import CURVES
from engine.measure.metrics import Grade, expected_calibration_error, grade, reliability
from engine.measure.runner import SURE
from engine.measure.truth import Document, load_documents
from engine.result.reading import PassportReading
from engine.values.items import Item, Scope, Source
from models.training.confidence.item_curves import Outcome, Picture, fit_curves, key_of, write_curves
from models.training.confidence.rising_curve import Scored
from models.training.draw.damaged import write_damaged
from models.training.draw.samples import write_set
from models.training.draw.type.fonts import FontsMissing
from models.training.steps import budget_of

ROOT: Final = Path(__file__).parents[1]
FOLDS: Final = 5
HIDDEN: Final = {"line_1": 0.4, "line_2": 0.35, "print": 0.25}
"""What is hidden on damaged pages, with its share."""
RIGHT: Final = frozenset({Grade.EXACT, Grade.CASELESS})
"""Case and spaces aside: they are seen in small print only by chance."""
SCOPES: Final[tuple[Scope, ...]] = ("all", "mrz")


def read_outcomes(folder: Path, stamp: str) -> list[Picture]:
    """Read the folder's pictures, or take what an earlier run of the engine with this `engine_stamp` kept of them."""
    kept = folder / "scores.jsonl"
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()] if kept.is_file() else []
    done = {row["file"]: _loaded(row["values"]) for row in rows if row["engine"] == stamp}
    engine = Engine()
    documents = [document for document in load_documents(folder) if not document.negative]
    with kept.open("a", encoding="utf-8") as file:
        for number, document in enumerate(documents, 1):
            if document.file in done:
                continue
            done[document.file] = tuple(_outcomes(engine, document))
            row = {"file": document.file, "engine": stamp, "values": done[document.file]}
            file.write(json.dumps(row) + "\n")
            file.flush()
            if number % 50 == 0:
                print(f"{number} of {len(documents)} pictures read", flush=True)
    return [done[document.file] for document in documents]


def engine_stamp() -> str:
    """What the scores depend on: the engine's code and tables, but not the curves, and its models' hashes."""
    digest = hashlib.sha256()
    parts = [p for p in (ROOT / "engine").rglob("*") if p.is_file() and p != CURVES and "__pycache__" not in p.parts]
    for path in sorted([*parts, *(ROOT / "models").glob("*/SHA256SUMS")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _loaded(values: Iterable[Sequence[Any]]) -> Picture:
    return tuple(Outcome(Item(item), Source(source), *others) for item, source, *others in values)


def _outcomes(engine: Engine, document: Document) -> Iterator[Outcome]:
    """The values of a picture, those of its machine readable zone alone as well."""
    photo = decode_photo(document.path).gray
    try:
        for scope in SCOPES:
            yield from _graded(engine.recognize(photo, items=scope), document, scope)
    except NothingToRead:
        return


def _graded(reading: PassportReading, document: Document, scope: Scope) -> Iterator[Outcome]:
    for item in reading.items:
        truth = document.items.get(item.item)
        if truth is not None and item.value:
            right = grade(truth.value, item.value) in RIGHT
            yield Outcome(item.item, item.source, round(item.score, 6), right, scope)


def judge(pictures: Sequence[Picture]) -> dict[str, float]:
    """Calibration error and silent errors, raw and on pictures that the curves were not fitted on."""
    raw = [(o.score, o.right) for picture in pictures for o in picture]
    held_out: list[Scored] = []
    for fold in range(FOLDS):
        curves = fit_curves(p for i, p in enumerate(pictures) if i % FOLDS != fold)
        for outcome in (o for picture in pictures[fold::FOLDS] for o in picture):
            curve = curves.get(key_of(outcome))
            held_out.append((curve(outcome.score) if curve else outcome.score, outcome.right))
    return {
        "ece_of_scores": round(expected_calibration_error(reliability(raw)), 4),
        "ece_cross_validated": round(expected_calibration_error(reliability(held_out)), 4),
        "silent_of_scores": round(silent_share(raw), 5),
        "silent_cross_validated": round(silent_share(held_out), 5),
    }


def silent_share(values: Sequence[Scored]) -> float:
    """The share of values that are wrong though sure."""
    return sum(score >= SURE and not right for score, right in values) / max(len(values), 1)


def main() -> None:
    """Draw, read, fit, judge, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=budget_of("item_curves")["count"])
    parser.add_argument("--damaged", type=int, default=budget_of("item_curves")["damaged"])
    parser.add_argument("--seed", type=int, default=7100)
    parser.add_argument("--out", type=Path, default=CURVES)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if not (options.folder / "manifest.jsonl").is_file():
        try:
            write_set(options.folder, options.count, options.seed)
            write_damaged(options.folder, options.damaged, options.seed, HIDDEN)
        except FontsMissing as missing:
            sys.exit(f"no pictures can be drawn: {missing}")
    stamp = engine_stamp()
    pictures = read_outcomes(options.folder, stamp)
    verdict = judge(pictures)
    made_from = {"pictures": len(pictures), "values": sum(map(len, pictures)), "engine": stamp, **verdict}
    write_curves(options.out, fit_curves(pictures), made_from)
    print(json.dumps(made_from, indent=1))


if __name__ == "__main__":
    main()
