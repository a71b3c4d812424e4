"""The whole way of a picture, stage by stage. Read this first."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from engine.decode import Limits, PictureSource, decode_photo
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import contradictions, fuse
from engine.locate.search import CAREFUL, QUICK, search_mrz, search_upside_down
from engine.memo import forget
from engine.quality.warn import picture_warnings
from engine.read_mrz import read_mrz
from engine.readers.select import Readers
from engine.values.items import Scope, VisualReading
from engine.values.reading import PassportReading
from engine.visual.zone import read_visual_zone

T = TypeVar("T")


def read_passport(source: PictureSource, readers: Readers, limits: Limits, scope: Scope = "all") -> PassportReading:
    """Read one picture; see `engine.recognize`. Nothing of it is remembered."""
    try:
        return _read_passport(source, readers, limits, scope)
    finally:
        forget()


def _read_passport(source: PictureSource, readers: Readers, limits: Limits, scope: Scope) -> PassportReading:
    clock = StageClock()
    with clock("decode"):
        photo = decode_photo(source, limits)
    # Lazy: a dearer search for bands is made only if reading the first ones does not succeed, one upside down only if
    # nothing was read at all.
    looks = CAREFUL if scope == "all" else QUICK
    searches = search_mrz(photo, looks), search_upside_down(photo, looks)
    bands, otherwise = (clock.each("locate", search, inside="mrz") for search in searches)
    with clock("mrz"):
        mrz = read_mrz(photo, bands, readers.mrz, readers.second, otherwise)
    with clock("visual"):
        visual = read_visual_zone(photo, mrz, readers.visual) if scope == "all" else VisualReading()
    with clock("fuse"):
        items = calibrate(fuse(mrz, visual), load_curves(scope))
    with clock("quality"):
        different = contradictions(mrz, visual)
        warnings = picture_warnings(photo, mrz, items, different)
    return PassportReading(
        items, mrz.reading, warnings, clock.seconds, photo.width, photo.height, contradictions=different
    )


@dataclass
class StageClock:
    """Adds up wall seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a ``with`` block as ``stage``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._add(stage, time.perf_counter() - start)

    def each(self, stage: str, values: Iterable[T], *, inside: str) -> Iterator[T]:
        """Pass on what a lazy stage yields; its time counts for ``stage``, not for the one it is used ``inside``."""
        source = iter(values)
        while True:
            start = time.perf_counter()
            value = next(source, None)
            spent = time.perf_counter() - start
            self._add(stage, spent)
            self._add(inside, -spent)
            if value is None:
                return
            yield value

    def _add(self, stage: str, seconds: float) -> None:
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
