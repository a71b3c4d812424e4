"""Any number of different pictures, made of a few drawn ones."""

import random
import shutil
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from benchmarks.measure.generated import draw_pictures

CHEAP: Final = "scan94"
"""Small scans of a page: their zones are read much quicker than those of photos, so a long run has many."""
MIXED: Final = 10
"""One in so many drawn pictures is of the usual mixture instead: photos, spreads, pictures without a passport."""
MOST_CUT: Final = 6
"""Pixels that are cut off an edge at most."""


def make_pictures(folder: Path, *, count: int, drawn: int, seed: int, cheap: bool) -> None:
    """Fill ``folder`` with ``count`` pictures: each a drawn one with a few pixels cut off its edges.

    So no two files are the same, and few readings are.

    Args:
        folder: made if need be.
        count: pictures to make.
        drawn: different pages among them.
        seed: the same seed makes the same pictures.
        cheap: small scans for the most part; else the usual mixture.

    Raises:
        FontsMissing: the fonts they are drawn with cannot be had.
    """
    few = folder.with_name(f"{folder.name}-drawn")
    mixed = max(1, drawn // MIXED) if cheap else drawn
    draw_pictures(few / "mixed", count=mixed, seed=seed)
    if drawn > mixed:
        draw_pictures(few / "cheap", count=drawn - mixed, seed=seed, kind=CHEAP)
    pages = sorted(path for path in few.rglob("*") if path.suffix in (".jpg", ".png"))
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    for number in range(count):
        page = pages[number % len(pages)]
        _cut(page, folder / f"{number:06}{page.suffix}", chance)
    shutil.rmtree(few)


def _cut(page: Path, target: Path, chance: random.Random) -> None:
    """Save a page with a few pixels cut off, turned as it was. The comment tells apart those that are cut alike."""
    left, top, right, bottom = (chance.randint(0, MOST_CUT) for _ in range(4))
    with Image.open(page) as picture:
        exif = picture.getexif()
        cut = picture.crop((left, top, picture.width - right, picture.height - bottom))
    if target.suffix == ".png":
        note = PngInfo()
        note.add_text("Comment", target.stem)
        cut.save(target, exif=exif, pnginfo=note)
    else:
        cut.save(target, exif=exif, quality=90, comment=target.stem.encode())
