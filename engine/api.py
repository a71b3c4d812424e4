"""The front door: an `Engine` to hold open, and `recognize` for those who do not."""

import functools
from collections.abc import Collection
from typing import TYPE_CHECKING

from engine.decode import MAX_BYTES, MAX_PIXELS, Limits, PictureSource
from engine.readers.select import ReaderName, open_readers
from engine.result.reading import PassportReading
from engine.values.items import SCOPES, Item, Scope

if TYPE_CHECKING:  # redaction is loaded when it is asked for
    from engine.redaction.redact import Redacted


class Engine:
    """An engine with its models loaded. Thread-safe: one may serve any number of threads."""

    def __init__(
        self, reader: ReaderName = "auto", *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS
    ) -> None:
        """Load the models.

        Args:
            reader: which reader reads the MRZ: ``auto`` (the network, Tesseract where it is unsure), ``ctc``
                (the network alone), ``tesseract`` (in process) or ``pytesseract`` (the installed program).
            max_bytes: larger pictures are refused.
            max_pixels: pictures with more pixels are refused before they are decoded.

        Raises:
            ReaderMissing, ModelDamaged: a reader's library or a model file is not there.
        """
        from engine.pipeline import (
            read_passport,  # the stages are loaded with the models: `import engine` stays quick
        )

        self._read_passport = read_passport
        self._readers = open_readers(reader)
        self._limits = Limits(max_bytes, max_pixels)

    @property
    def versions(self) -> dict[str, str]:
        """Which reader and model reads what."""
        return self._readers.versions

    def recognize(self, source: PictureSource, *, items: Scope = "all") -> PassportReading:
        """Read one picture; see `engine.recognize`."""
        if items not in SCOPES:
            raise ValueError(f"nothing is called {items!r} that could be read: choose one of {', '.join(SCOPES)}")
        return self._read_passport(source, self._readers, self._limits, items)

    def redact(
        self,
        source: PictureSource,
        *,
        keep: Collection[Item | str] = (),
        keep_portrait: bool = False,
        whole_page: bool = False,
    ) -> "Redacted":
        """Black out what a passport says; see `engine.redact`."""
        from engine.redaction.redact import Redactor

        redactor = Redactor(self._readers, self._limits)
        return redactor.redact(source, keep, portrait=keep_portrait, whole_page=whole_page)


def recognize(source: PictureSource, *, items: Scope = "all") -> PassportReading:
    """Read the passport in a picture.

    Args:
        source: a path, the bytes of a JPEG, PNG, BMP, WebP, TIFF or AVIF (HEIC and PDF where their libraries are
            installed), a file object opened for reading bytes, an H×W or H×W×3 (BGR) uint8 array, or a PIL image. The
            passport may stand at any angle.
        items: ``all``, or ``mrz`` to read only the machine readable zone and what follows from it.

    Returns:
        All fifteen items with boxes and confidences, the machine readable zone, warnings and timings.

    Raises:
        BadImage: the source is not a picture that can be decoded.
        NothingToRead: no passport was found in it.
        ReaderFailed, ModelDamaged: the installation is broken.
        OSError: a path cannot be opened.
        ValueError: ``items`` is neither ``all`` nor ``mrz``.
    """
    return _shared_engine().recognize(source, items=items)


def redact(
    source: PictureSource,
    *,
    keep: Collection[Item | str] = (),
    keep_portrait: bool = False,
    whole_page: bool = False,
) -> "Redacted":
    """Black out what a passport says, so that its picture can be shared.

    Covered are values, the machine readable zone, the portrait and its faint repetitions, pen strokes, and all other
    text but labels. Then the engine reads the result: where a withheld value can still be read, or its place is not
    known, the page is covered as a whole; where that does not help, nothing is returned.

    Args:
        source: as for `recognize`; of several pages the one that is read.
        keep: items that stay, by `Item` or name: ``["nationality", "issue_date"]``.
        keep_portrait: whether the portrait stays.
        whole_page: cover the whole page but what is kept, labels and background, too.

    Returns:
        The pixels, upright, and what shows in them; ``save`` writes a file without metadata.

    Raises:
        RedactionRefused: it cannot be done as asked.
        BadImage, NothingToRead, ReaderFailed, ModelDamaged, OSError: as `recognize`.
    """
    return _shared_engine().redact(source, keep=keep, keep_portrait=keep_portrait, whole_page=whole_page)


@functools.cache
def _shared_engine() -> Engine:
    return Engine()
