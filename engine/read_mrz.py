"""Conducts stages 2 to 5: places are found, cut, read and decoded until one proves to hold a zone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.clock import StageClock
from engine.documents_in_view import importance, is_on_page, with_others
from engine.errors import MrzNotFound
from engine.locate.search import Looks, search_clear, search_mrz, search_upside_down
from engine.mrz.decoder.cells import keep_cells
from engine.mrz.decoder.decode import decode_mrz
from engine.mrz.formats import FILLER
from engine.readers.base import LineReader
from engine.readers.partial_glyphs import mark_partial
from engine.readers.select import Readers
from engine.rectify.cut_lines import cut_template_lines, rectify_band, text_quad, upside_down
from engine.values.mrz import MrzReading
from engine.values.pictures import LineImage, LocatedLine, LocatedMrz, MrzBand, Photo
from engine.values.text import LineText

Cut: TypeAlias = Callable[[Photo, MrzBand], tuple[LineImage, ...]]

SURE: Final = 0.90
"""A reading whose lines are all this probable and whose check digits hold ends the search."""
LENGTHS: Final = 22, 54
"""Characters that may be seen in a line of 30, 36 or 44: some are lost at a cut or blurred end, specks added."""
CLEAR: Final = 0.6
"""Mean probability of a line's characters below which it is no line of a zone."""
MARKS: Final = 4
"""Figures and fillers, these counting twice, that the last line of a zone has at least; words have fewer."""
PATIENCE: Final = 8
"""Places read in vain after which a picture is given up: it is full of other print. Few zones are found
later than that; ``python -m benchmarks.scenes`` counts what is lost."""
LARGE: Final = 2000
"""Long side (px) of a photo from which there is room for more."""
PATIENCE_WHERE_LARGE: Final = 20
PATIENCE_UPSIDE_DOWN: Final = 4
"""The same in the search upside down, which few zones need."""
TRUSTED: Final = 0.75
"""Score of a band from which it is a zone even where its rows are not seen."""


def find_mrz(photo: Photo, looks: Looks, readers: Readers, clock: StageClock) -> LocatedMrz:
    """Find the machine readable zone of ``photo`` and read it.

    The search goes no further than it must: a dearer look is taken only if what was found before is not read surely,
    one upside down only if no zone was read at all. The search is timed as ``locate``.

    Args:
        photo: the picture.
        looks: how it is looked at first.
        readers: who reads the lines; the second reader is asked where the first is unsure.
        clock: told what time the search takes.

    Raises:
        MrzNotFound: there is no machine readable zone.
        ReaderFailed: a reader did not work.
        ModelDamaged, ReaderMissing: the network that finds zones is not there.
    """
    upright = clock.each("locate", search_mrz(photo, looks))
    upside_down = clock.each("locate", search_upside_down(photo, looks))
    return read_mrz(photo, upright, readers.mrz, readers.second, upside_down)


def find_mirrored_mrz(mirrored: Photo, readers: Readers, clock: StageClock) -> LocatedMrz | None:
    """Return the machine readable zone of a picture's mirror image, None where there is none.

    For pictures in which no zone was found. One look is taken, and only what is clearly a zone is read: nearly all
    such pictures hold no passport, and refusing them must stay cheap.
    """
    best = _read_best(mirrored, clock.each("locate", search_clear(mirrored)), readers.mrz, PATIENCE)
    return best.mrz if best is not None and is_sure(best.mrz.reading) else None


def read_mrz(
    photo: Photo,
    bands: Iterable[MrzBand],
    reader: LineReader,
    second: LineReader | None,
    otherwise: Iterable[MrzBand] = (),
) -> LocatedMrz:
    """Return the machine readable zone of ``photo``.

    ``bands`` are tried best first, drawn only as needed; the first that reads surely is taken, else the most
    probable of all. Where none of them holds a zone those of ``otherwise`` are tried. Where the same look showed
    other documents, the passport among them is taken. Where the zone taken is unsure ``second`` reads the same lines,
    and stands where it is sure.

    Raises:
        MrzNotFound: no band holds a text that is a machine readable zone.
        ReaderFailed: a reader did not work.
    """
    patience = PATIENCE if max(photo.width, photo.height) < LARGE else PATIENCE_WHERE_LARGE
    best = _read_best(photo, bands, reader, patience)
    best = best or _read_best(photo, otherwise, reader, PATIENCE_UPSIDE_DOWN)
    if best is None:
        raise MrzNotFound("no machine readable zone was found: show the whole data page, sharp and evenly lit")
    documents = _documents_beside(photo, best, reader)
    best = max(documents, key=lambda found: importance(found.mrz))
    others = [found.mrz for found in documents if found is not best]
    if second is not None and not is_sure(best.mrz.reading):
        opinion = _decode(best.images, second.read(best.images))
        return with_others(opinion if opinion is not None and _settles(opinion.reading) else best.mrz, others)
    return with_others(best.mrz, others)


@dataclass(frozen=True, slots=True)
class _Found:
    """A zone as read, the line images it was read from, and where else one was seen."""

    mrz: LocatedMrz
    images: tuple[LineImage, ...]
    beside: tuple[MrzBand, ...] = ()


def _read_best(photo: Photo, bands: Iterable[MrzBand], reader: LineReader, patience: int) -> _Found | None:
    """The first zone that reads surely, else the most probable; the search ends after ``patience`` vain places."""
    best: _Found | None = None
    vain = 0
    for band in bands:
        found = _read_band(photo, band, reader)
        best = _better(best, replace(found, beside=band.beside) if found else None)
        vain += found is None
        if vain >= patience or (found is not None and is_sure(found.mrz.reading)):
            break
    return best


def _documents_beside(photo: Photo, best: _Found, reader: LineReader) -> list[_Found]:
    """``best`` and the other documents of its look that can be read surely: for what is none, one line is read."""
    documents = [best]
    for band in best.beside:
        if any(is_on_page(band, found.mrz) for found in documents):
            continue
        other = _read_band(photo, band, reader)
        if other is not None and is_sure(other.mrz.reading):
            documents.append(other)
    return documents


def _read_band(photo: Photo, band: MrzBand, reader: LineReader) -> _Found | None:
    """Read a band by the rows of characters in it; where that is not sure, but a zone is, by its proportions too.

    What is read by proportions stands where it is sure, where it alone needs no correction, or where there are no
    rows of characters. Elsewhere the rows are believed: they are fitted to what is there.
    """
    found = _read_either_way(photo, band, rectify_band, reader)
    if (found is not None and is_sure(found.mrz.reading)) or band.score < TRUSTED:
        return found
    placed = _read_either_way(photo, band, cut_template_lines, reader)
    if found is None or placed is None:
        return found or placed
    alone = _is_as_read(placed.mrz.reading) and not _is_as_read(found.mrz.reading)
    return placed if alone or is_sure(placed.mrz.reading) else found


def _read_either_way(photo: Photo, band: MrzBand, cut: Cut, reader: LineReader) -> _Found | None:
    """Read a band; the other way round as well if its last line is read more clearly so.

    The last line alone tells most places that hold no zone, at a third or half of the cost of reading them.
    """
    images = cut(photo, band)
    if not images:
        return None
    last = reader.read(images[-1:])
    found = _read_all(images, last, reader) if _may_be_line(last[0]) else None
    if found is not None and is_sure(found.mrz.reading):
        return found
    (other,) = reader.read([upside_down(images[-1])])
    if not _may_be_line(other) or _clarity(other) <= _clarity(last[0]):
        return found
    images = cut(photo, MrzBand((*band.quad[2:], *band.quad[:2]), band.score))
    return _better(found, _read_all(images, reader.read(images[-1:]), reader) if images else None)


def _better(one: _Found | None, other: _Found | None) -> _Found | None:
    return max((f for f in (one, other) if f), key=lambda f: _merit(f.mrz.reading), default=None)


def _read_all(images: tuple[LineImage, ...], last: list[LineText], reader: LineReader) -> _Found | None:
    mrz = _decode(images, [*reader.read(images[:-1]), *last])
    return None if mrz is None else _Found(mrz, images)


def _may_be_line(text: LineText) -> bool:
    """Whether a text may be the last line of some format: about as long, clear, not of words alone."""
    marks = sum(c.char.isdigit() + 2 * (c.char == FILLER) for c in text.chars)
    return LENGTHS[0] <= len(text.chars) <= LENGTHS[1] and marks >= MARKS and _clarity(text) >= CLEAR


def _clarity(text: LineText) -> float:
    """Mean probability of the characters."""
    return sum(c.probability for c in text.chars) / max(1, len(text.chars))


def is_sure(reading: MrzReading) -> bool:
    """Whether a reading needs no second opinion."""
    return reading.checks_hold and min(reading.line_confidences) >= SURE


def _settles(reading: MrzReading) -> bool:
    """Whether a second opinion is sure, and saw a character in every cell of the lines and none beside them.

    A reader that closes up a hidden character is as sure as one that saw it.
    """
    return is_sure(reading) and all(c.read and c.decoded for c in reading.corrections)


def _is_as_read(reading: MrzReading) -> bool:
    """Whether every check digit holds and no character had to be changed, supplied or dropped."""
    return reading.checks_ok and not reading.corrections


def _merit(reading: MrzReading) -> float:
    certain = sum(sum(line) / len(line) for line in reading.char_confidences) / len(reading.char_confidences)
    holding = sum(c.ok for c in reading.checks) / len(reading.checks)
    return certain + holding


def _decode(images: Sequence[LineImage], texts: Sequence[LineText]) -> LocatedMrz | None:
    texts = [mark_partial(image, text) for image, text in zip(images, keep_cells(texts), strict=True)]
    reading = decode_mrz(texts)
    if reading is None:
        return None
    own = [(i, _without_surplus(texts[i], reading, line)) for line, i in enumerate(reading.line_indices)]
    return LocatedMrz(reading, tuple(text_quad(LocatedLine(images[i], text)) for i, text in own))


def _without_surplus(text: LineText, reading: MrzReading, line: int) -> LineText:
    """The text of a line less what was read beside it, which is no part of the line: specks, the page's edge.

    The page is placed by where its lines begin and end, so that a line which seems longer would tear it.
    """
    dropped = [c.position for c in reading.corrections if c.line == line and not c.decoded]
    before, behind = dropped.count(0), dropped.count(len(reading.lines[line]))
    return LineText(text.chars[before : len(text.chars) - behind], text.evidence)
