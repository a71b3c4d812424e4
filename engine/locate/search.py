"""Finds where a machine readable zone may be, the cheapest ways first, until one of the finds can be read.

1. A network looks at the whole view, then at small pages in it, each by itself.
2. It looks again at the best finds that could not be read, straightened; then at the view at other scales.
3. Where it saw something, but nothing that could be read, blobs of print that lie like lines of a zone are searched.
"""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, TypeAlias

import numpy as np

from engine.imaging.quads import quad_overlap
from engine.locate.blob_bands import find_blob_bands
from engine.locate.print_check import may_hold_print
from engine.locate.small_pages import find_page_regions
from engine.locate.straightened import look_again
from engine.locate.zone_net import find_zones
from engine.values.pictures import MrzBand, Photo, Point

Looks: TypeAlias = tuple[float, ...]
"""Scales at which the network looks at the whole view, in turn; 1 is the one that it was trained for."""
QUICK: Final[Looks] = (0.7, 1.0)
"""To read the zone alone: most are large enough to be seen at half of the cost."""
CAREFUL: Final[Looks] = (1.0, 0.7)
"""To read the page too: its position is computed from the outline of the zone, which is more exact at full scale."""

_LIKELY: Final = 0.6  # score (0..1) from which the finds of a look are read before another look is taken
_DOUBTFUL: Final = 0.25  # score from which a find is worth reading
_MOST_LIKELY = 5  # finds of one look that are read: another look costs more than that
_MOST_CLEAR = 2  # finds of the one look at a picture's mirror image that are read
_MOST_AGAIN = 3  # finds read in vain that are looked at again
_MOST_MORE = 4  # finds of the dearer looks that are read
_NEAREST, _NEAR = 10, 0.1  # the network's best finds, and intersection over union from which blobs lie on one of them
_MOST_BANDS, _MOST_BLOB_BANDS = 12, 2  # bands of blobs looked at, and read
_SAME: Final = 0.5  # intersection over union from which two bands are one zone
_ALIKE: Final = 0.85  # the same from which two outlines of it give the same line images
_OF_PAGES: Final = 0.7  # scale for a page by itself, where the zone is large
_COARSER: Final = 0.5  # scale for cards that fill the picture: their print is larger than the network knows
# Photos by their long side (px at least), and the scale for zones that are small in them: their print is smaller than
# the network knows. In smaller photos such a zone could not be read anyway.
_FINER: Final = ((1500, 2.0), (900, 1.4))


def locate_mrz(photo: Photo, looks: Looks = CAREFUL) -> list[MrzBand]:
    """Find places where a machine readable zone may be.

    Args:
        photo: the decoded picture; its size hardly matters for the cost.
        looks: what is tried before small pages and other scales are.

    Returns:
        Some forty bands in photo px at most, likelier first; empty where nothing resembles a zone.
    """
    return list(search_mrz(photo, looks))


def search_mrz(photo: Photo, looks: Looks = CAREFUL) -> Iterator[MrzBand]:
    """Yield the bands of `locate_mrz` one by one; dearer looks are taken only if the first bands do not satisfy.

    Blobs of print are searched last, and only where the network saw a zone: it overlooks few zones altogether, but
    may outline small ones too roughly to be read.
    """
    zones = yield from _looks(photo, looks)
    yield from _blob_bands(photo, zones) if zones else ()


def search_upside_down(photo: Photo, looks: Looks = CAREFUL) -> Iterator[MrzBand]:
    """Yield the bands that are found where the view is turned by 180°: the network sees some zones one way only.

    For pictures in which nothing was read: it makes refusing a picture clearly dearer.
    """
    turned = Photo(np.ascontiguousarray(photo.gray[::-1, ::-1]))
    yield from (_turned_back(band, photo) for band in _looks(turned, looks))


def search_clear(photo: Photo) -> Iterator[MrzBand]:
    """Yield the bands that one quick look at the whole view shows clearly, best first: next to nothing in cost."""
    seen = _best([zone for zone in _zones(photo, QUICK[0]) if zone.score >= _LIKELY])
    yield from _apart(seen)[:_MOST_CLEAR]


def _looks(photo: Photo, looks: Looks) -> Generator[MrzBand, None, list[MrzBand]]:
    """Yield the finds that are worth reading, of the cheapest looks first; return all zones that were seen."""
    zones: list[MrzBand] = []
    tried: list[MrzBand] = []
    for seen in _first_looks(photo, looks):
        fresh = _with_others(_fresh(seen, tried), seen)
        yield from fresh
        tried, zones = [*fresh, *tried], [*zones, *seen]
    for band in _best(tried)[:_MOST_AGAIN]:
        yield from (replace(found, beside=band.beside) for found in _again(photo, band))
    zones += [zone for finer in _other_scales(photo) for zone in _zones(photo, finer)]
    more = [band for band in _apart([*tried, *_best(zones)]) if band not in tried]
    for band in more[:_MOST_MORE]:
        yield band
        yield from _again(photo, band)
    return zones


def _fresh(seen: list[MrzBand], tried: list[MrzBand]) -> list[MrzBand]:
    """The likely zones of a look, less those that were tried in vain, unless this look outlines them otherwise."""
    likely = _apart([zone for zone in seen if zone.score >= _LIKELY])[:_MOST_LIKELY]
    return [band for band in likely if all(quad_overlap(band.quad, other.quad) < _ALIKE for other in tried)]


def _with_others(fresh: list[MrzBand], seen: list[MrzBand]) -> list[MrzBand]:
    """Bands with the other likely ones of their look."""
    likely = _apart([zone for zone in seen if zone.score >= _LIKELY])[:_MOST_LIKELY]
    return [
        replace(band, beside=tuple(zone for zone in likely if quad_overlap(zone.quad, band.quad) < _SAME))
        for band in fresh
    ]


def _other_scales(photo: Photo) -> list[float]:
    finer = [scale for side, scale in _FINER if max(photo.width, photo.height) >= side]
    return [_COARSER, *finer[:1]]


def _turned_back(band: MrzBand, photo: Photo) -> MrzBand:
    a, b, c, d = (Point(photo.width - 1 - corner.x, photo.height - 1 - corner.y) for corner in band.quad)
    return MrzBand((a, b, c, d), band.score, tuple(_turned_back(other, photo) for other in band.beside))


def _again(photo: Photo, band: MrzBand) -> list[MrzBand]:
    """The zone that a second, straightened look at a band shows, if it shows one."""
    return [zone for zone in look_again(photo, band)[:1] if zone.score >= _LIKELY]


def _best(bands: list[MrzBand]) -> list[MrzBand]:
    return sorted(bands, key=lambda band: -band.score)


def _first_looks(photo: Photo, looks: Looks) -> Iterator[list[MrzBand]]:
    """Yield the zones seen in the whole view at each scale, then those in each small page, looked at by itself."""
    for finer in looks:
        yield _zones(photo, finer)
    for left, top, right, bottom in find_page_regions(photo.gray):
        page = Photo(photo.gray[top:bottom, left:right])
        yield [_moved(zone, left, top) for zone in _zones(page, _OF_PAGES)]


def _moved(band: MrzBand, right: int, down: int) -> MrzBand:
    a, b, c, d = (Point(corner.x + right, corner.y + down) for corner in band.quad)
    return MrzBand((a, b, c, d), band.score)


def _blob_bands(photo: Photo, zones: list[MrzBand]) -> list[MrzBand]:
    """Bands of blobs of print that lie where the network saw a zone."""
    near = (
        b
        for b in find_blob_bands(photo.gray)
        if any(quad_overlap(b.quad, zone.quad) > _NEAR for zone in zones[:_NEAREST])
    )
    return _apart([band for band in islice(near, _MOST_BANDS) if may_hold_print(photo.gray, band)])[:_MOST_BLOB_BANDS]


def _zones(photo: Photo, finer: float) -> list[MrzBand]:
    """The zones that one look at ``finer`` scale finds, less those not worth reading; best first."""
    found = (zone for zone in find_zones(photo.gray, finer) if zone.score >= _DOUBTFUL)
    return [zone for zone in found if may_hold_print(photo.gray, zone)]


def _apart(bands: list[MrzBand]) -> list[MrzBand]:
    """``bands`` without those that lie where one before them does."""
    kept: list[MrzBand] = []
    for band in bands[:40]:
        if all(quad_overlap(band.quad, other.quad) < _SAME for other in kept):
            kept.append(band)
    return kept
