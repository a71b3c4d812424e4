"""Fits how probably a name is right to what speaks for it, on pages set in faces of their own.

``python -m models.training.han.calibrate`` writes the weights into ``models/han_v1/config.json``. The pages are drawn
and read by the engine once and kept; what stands in their names' lines is read anew each time.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine import Engine
from engine.errors import PassportError
from engine.page import PlacedPage, place_page
from engine.values.items import Item, ItemReading
from engine.values.pictures import Photo
from engine.visual.han.characters import MODEL
from engine.visual.han.read_name import read_pieces
from engine.visual.han.weigh import evidence
from models.training.han.faces import fitting_faces
from models.training.han.pages import VERSIONS, draw_name_page, file_of
from models.training.loop.drawing import drawing_processes
from models.training.loop.kept import keep_drawn, load_kept
from models.training.steps import WORK, budget_of
from models.training.sums import write_sums

HOME: Final = Path(__file__).parents[2] / MODEL
KINDS: Final = ("scan94", "scan200", "photo2", "scan150", "photo5")
"""Ways of taking the pictures, of `models.training.draw.capture.kinds`."""
_UNIFORM: Final = 0.3
"""Share of names of any characters at all."""
_SEED: Final = 7
_PRIOR: Final = 1.0
"""Names that count as wrong though everything spoke for them: drawn pages are easier than the world."""
_DRAWN: Final = 15.0
"""Names that are added to those read, where the highest confidence is as if one more had been wrong."""
_STEPS: Final = 60


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as the engine read it: its photo, where it lies, the items of the name, and the name it shows."""

    photo: Photo
    page: PlacedPage
    names: dict[Item, ItemReading]
    native: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What spoke for a name, see `engine.visual.han.weigh.evidence`, and whether it was right."""

    odds: float
    ahead: float
    right: bool


def read_page(folder: Path, number: int) -> list[ReadPage | None]:
    """Draw a page and read it; None where no zone is read or the page shows no Chinese name."""
    rng = np.random.default_rng((_SEED, number))
    faces = fitting_faces()
    face, version = faces[number // 2 % len(faces)], VERSIONS[number % len(VERSIONS)]
    drawn = draw_name_page(rng, version, KINDS[number % len(KINDS)], face, folder, uniform=rng.random() < _UNIFORM)
    file = file_of(drawn.picture)
    try:
        reading = _engine().recognize(file)
    except PassportError:
        return [None]
    page = place_page(reading.mrz.format, reading.mrz_quads)
    if page is None or not drawn.lines:
        return [None]
    gray = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE)
    names = {item: reading[item] for item in (Item.SURNAME, Item.GIVEN_NAMES)}
    return [ReadPage(Photo(np.asarray(gray, np.uint8)), page, names, drawn.name.native)]


@cache
def _engine() -> Engine:
    return Engine()


def outcomes_of(pages: Sequence[ReadPage | None]) -> list[Outcome]:
    """Read the names; those that nothing was found for say nothing."""
    outcomes = []
    for page in filter(None, pages):
        pieces = read_pieces(page.photo, page.page, page.names, cut=False)
        if pieces and all(piece.bound for piece in pieces):
            text = "".join(piece.bound.text for piece in pieces if piece.bound)
            outcomes.append(Outcome(*evidence(pieces), text == page.native))
    return outcomes


def fit(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the weights of a logistic curve, by Newton's method; none of them tells that more evidence is less.

    ``most`` is the highest confidence: no number of drawn pages makes certain.
    """
    rows = np.array([(1.0, outcome.odds, -outcome.ahead) for outcome in outcomes] + [(1.0, 9.0, 0.0)])
    right = np.array([float(outcome.right) for outcome in outcomes] + [0.0])
    counts = np.array([1.0] * len(outcomes) + [_PRIOR])
    weights = np.array([0.0, 0.5, 1.0])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (right - likely)) - _NEAR * (weights - _USUAL)
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + _NEAR * np.eye(3)
        weights = np.maximum(weights + np.linalg.solve(bend, slope), (-np.inf, 0.0, 0.0))
    found = [*weights, 1 - 1 / (len(outcomes) + _DRAWN)]
    return dict(zip(("bias", "odds", "ahead", "most"), (round(float(value), 4) for value in found), strict=True))


_USUAL: NDArray[np.float64] = np.array([0.0, 1.0, 1.0])
_NEAR: Final = 0.3
"""How strongly weights are held to what they would be if evidence were what it seems."""


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=budget_of(f"{MODEL}_calibration")["pages"])
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for faces and pages")
    given = parser.parse_args()
    folder = given.work / MODEL
    keep_drawn(folder, "pages", given.pages, partial(read_page, folder), given.processes)
    outcomes = outcomes_of(load_kept(folder, "pages"))
    config = json.loads((HOME / "config.json").read_text(encoding="utf-8"))
    config["calibration"] = fit(outcomes)
    config["calibrated_on"] = {"names": len(outcomes), "right": sum(outcome.right for outcome in outcomes)}
    (HOME / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_sums(HOME)
    print(config["calibration"], config["calibrated_on"])


if __name__ == "__main__":
    _main()
