"""Conducts a redaction: read, cover, look again, and refuse what cannot be made safe."""

import io
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.decode import Limits, PictureSource, decode_color
from engine.decode.source import file_bytes
from engine.errors import RedactionRefused
from engine.page import place_page
from engine.pipeline import read_passport
from engine.readers.select import Readers
from engine.redaction.audit import still_readable
from engine.redaction.cover import ZONE_LINES, Wish, base_mask, page_mask, shows, zone_mask
from engine.redaction.prints import label_parts, papered, read_prints, text_mask
from engine.redaction.sheets import Lie, lie_of
from engine.redaction.traces import traces_mask
from engine.result.reading import PassportReading
from engine.values.items import PAGE_ALONE, Item
from engine.values.pictures import Pixels
from engine.values.warnings import Warning
from engine.visual.text.fold import fold

FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
"""Suffixes of files that are written."""
_ROUNDS: Final = 3
"""How often text that still shows is covered."""
_TELLING: Final = 4
"""Characters from which a value is found within other text; shorter ones are words of their own."""
_IN_ZONE: Final = frozenset(Item) - {*PAGE_ALONE} - ZONE_LINES


@dataclass(frozen=True, slots=True, repr=False)
class Redacted:
    """A redacted picture.

    ``pixels`` are H×W×3 uint8 BGR, upright; ``covered`` is the share of them that is black. ``kept`` are the items
    that still show; ``absent`` those asked for that have no place in the picture. ``whole_page`` says that the page
    was covered as a whole but for these.
    """

    pixels: Pixels
    kept: tuple[Item, ...]
    absent: tuple[Item, ...]
    whole_page: bool
    covered: float

    def __repr__(self) -> str:
        """Say how much is black."""
        return f"<Redacted {self.pixels.shape[1]}×{self.pixels.shape[0]} px, {self.covered:.0%} covered>"

    def to_bytes(self, format: str = "PNG") -> bytes:
        """Return a PNG or JPEG file that holds the pixels and nothing else: no EXIF, thumbnail or profile."""
        file = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(self.pixels[..., ::-1])).save(file, format, quality=92)
        return file.getvalue()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a file; the suffix names the format: ``.png``, ``.jpg``.

        Raises:
            ValueError: it has another suffix.
            OSError: it cannot be written.
        """
        suffix = Path(path).suffix.lower()
        if suffix not in FORMATS:
            raise ValueError(f"{suffix or 'a name without suffix'} is not written: choose .png or .jpg")
        Path(path).write_bytes(self.to_bytes(FORMATS[suffix]))


@dataclass(frozen=True)  # without slots, which a cached property needs
class _Page:
    """A picture with what was read in it."""

    pixels: Pixels = field(repr=False)
    reading: PassportReading = field(repr=False)
    lie: Lie

    @cached_property
    def gray(self) -> Pixels:
        """H×W uint8."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY), np.uint8)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of covering. ``cover`` returns H×W, what is to be black, or None where this way is not safe."""

    whole: bool
    """Whether the page is covered as a whole."""
    cover: Callable[[_Page, Wish], NDArray[np.bool_] | None]


class Redactor:
    """Redacts pictures with the readers of an engine."""

    def __init__(self, readers: Readers, limits: Limits) -> None:
        """Use an engine's readers and limits."""
        self._readers = readers
        self._limits = limits

    def redact(
        self, source: PictureSource, keep: Collection[Item | str], *, portrait: bool, whole_page: bool
    ) -> Redacted:
        """Redact one picture; see `engine.redact`."""
        wish = wish_of(keep, portrait)
        page, mirrored = self._read(source)
        ways = (
            (_Way(True, self._page_covered),)
            if whole_page
            else (_Way(False, self._text_covered), _Way(True, self._page_covered))
        )
        left: set[Item] = set()
        for way in ways:
            covered = way.cover(page, wish)
            if covered is None:
                continue
            pixels = page.pixels.copy()
            pixels[covered] = 0
            left = still_readable(pixels, page.reading, wish, page.lie, self._readers, self._limits)
            if not left:
                return _redacted(pixels, covered, page.reading, wish, whole=way.whole, mirrored=mirrored)
        names = ", ".join(sorted(item.english for item in left))
        raise RedactionRefused(f"nothing is written, for this could still be read: {names}. Keep fewer items")

    def _read(self, source: PictureSource) -> tuple[_Page, bool]:
        if not isinstance(source, np.ndarray | Image.Image):
            source = file_bytes(source, self._limits)
        reading = read_passport(source, self._readers, self._limits)
        if not reading.mrz_quads:
            raise RedactionRefused(
                "no machine readable zone was read, so it is not sure what the page says: show the whole page"
            )
        pixels = decode_color(source, self._limits, page=reading.page)
        mirrored = any(caution.warning is Warning.MIRRORED for caution in reading.warnings)
        if mirrored:
            pixels = np.ascontiguousarray(pixels[:, ::-1])
            reading = read_passport(pixels, self._readers, self._limits)
        return _Page(pixels, reading, lie_of(reading.mrz.format, reading.mrz_quads)), mirrored

    def _text_covered(self, page: _Page, wish: Wish) -> NDArray[np.bool_] | None:
        """Cover values and all other text but labels; look again, for covering makes other text show.

        None where a withheld value has a place that is not known: then no part of the page is safe.
        """
        prints = list(read_prints(page.gray, page.lie, self._readers.visual, (0,)))
        zone = zone_mask(page.gray.shape, page.reading)
        if unplaced(page.reading, wish, [found.text.text for found in prints if not found.is_in(zone)]):
            return None
        labels = label_parts(prints)
        covered = np.zeros(page.gray.shape, np.bool_)
        for _ in range(_ROUNDS):
            text = text_mask(papered(page.gray, covered), page.lie) | covered
            covered = base_mask(page.reading, wish, labels, text)
            grown = base_mask(page.reading, wish, labels, text | self._traces(page, covered))
            if (grown == covered).all():
                break
            covered = grown
        return covered

    def _page_covered(self, page: _Page, wish: Wish) -> NDArray[np.bool_]:
        """Cover the page as a whole, and all text beside it."""
        return page_mask(page.reading, wish, text_mask(page.gray, page.lie))

    def _traces(self, page: _Page, covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
        placed = place_page(page.reading.mrz.format, page.reading.mrz_quads)
        return traces_mask(page.gray, placed, page.reading, covered) if placed else np.zeros_like(covered)


def unplaced(reading: PassportReading, wish: Wish, prints: Sequence[str]) -> set[Item]:
    """Return the withheld items with a value whose place is not known and which no print that was found repeats."""
    whole, words = [fold(text) for text in prints], {fold(word) for text in prints for word in text.split()}
    unknown = {item for item in Item if item not in wish.keep and reading[item].value and not reading[item].quad}
    values = {item: fold(reading[item].value) for item in unknown}
    return {
        item
        for item, value in values.items()
        if not (value in words or (len(value) >= _TELLING and any(value in text for text in whole)))
    }


def wish_of(keep: Collection[Item | str], portrait: bool) -> Wish:
    """Return what may still be shown.

    Raises:
        RedactionRefused: there is no such item, or a line of the zone is to be kept that shows more than is kept.
    """
    try:
        kept = frozenset(Item(item) for item in keep)
    except ValueError:
        names = ", ".join(item.name.lower() for item in Item)
        raise RedactionRefused(f"there is no such item: choose from {names}") from None
    missing = _IN_ZONE | ZONE_LINES
    if kept & ZONE_LINES and not kept >= missing:
        names = ", ".join(item.name.lower() for item in Item if item in missing - kept)
        raise RedactionRefused(f"the lines of the MRZ also show {names}: keep these too, or not the lines")
    return Wish(kept, portrait)


def _redacted(
    pixels: Pixels, covered: NDArray[np.bool_], reading: PassportReading, wish: Wish, *, whole: bool, mirrored: bool
) -> Redacted:
    shown = tuple(item for item in Item if item in wish.keep and shows(reading, item, covered))
    absent = tuple(item for item in Item if item in wish.keep and item not in shown)
    upright = np.ascontiguousarray(pixels[:, ::-1]) if mirrored else pixels
    return Redacted(upright, shown, absent, whole, float(covered.mean()))
