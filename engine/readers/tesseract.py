"""Reads MRZ lines with Tesseract's line network and our OCR-B model, inside this process.

`tesserocr`'s wheel carries libtesseract, so nothing has to be installed. For a host that has the ``tesseract``
program only, there is `engine.readers.pytesseract_reader`.
"""

import queue
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PIL import Image

from engine.errors import ReaderCrashed, ReaderMissing, ReaderTimeout
from engine.readers.tesseract_lines import (
    ENGINE_MODE,
    PAGE_MODE,
    VARIABLES,
    Symbol,
    is_flat,
    line_text,
    open_checked,
    show_line,
)
from engine.values.pictures import LineImage
from engine.values.text import LineText


class TesseractReader:
    """A `LineReader` on libtesseract through `tesserocr`.

    Tesseract's objects serve one thread at a time, so each thread that reads borrows one from a pool, which
    grows to the number of threads that read at once. Nothing is kept from one line to the next.
    """

    def __init__(self, model: str = "tesseract_ocrb_v1", *, timeout: float = 10.0) -> None:
        """Open the model; ``timeout`` is in seconds for each line.

        Raises:
            ReaderMissing: `tesserocr` cannot be imported.
            ReaderCrashed: libtesseract refuses the model.
            ModelDamaged: a file of the model is missing or not the one it should be.
        """
        self._library = _import_library()
        self._folder, self._config = open_checked(model)
        self._timeout = timeout
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        number = self._library.tesseract_version().split()[1]
        self.version = f"tesseract-{number}-{model}"
        self._idle.put(self._open())

    @property
    def alphabet(self) -> str:
        """Every character an answer can hold."""
        return str(self._config["alphabet"])

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line; see `LineReader.read`.

        Raises:
            ReaderCrashed: libtesseract failed.
            ReaderTimeout: a line took longer than the limit.
        """
        with self._borrowed() as api:
            return [self._read_line(api, line) for line in lines]

    @contextmanager
    def _borrowed(self) -> Iterator[Any]:
        """Lend an API object; one that failed is not used again."""
        try:
            api = self._idle.get_nowait()
        except queue.Empty:
            api = self._open()
        yield api
        self._idle.put(api)

    def _open(self) -> Any:
        try:
            return self._library.PyTessBaseAPI(
                path=f"{self._folder}/",
                lang=self._config["language"],
                psm=PAGE_MODE,
                oem=ENGINE_MODE,
                variables={**VARIABLES, "debug_file": "/dev/null"},
            )
        except RuntimeError as error:
            raise ReaderCrashed("libtesseract could not open its model: reinstall the package") from error

    def _read_line(self, api: Any, line: LineImage) -> LineText:
        if is_flat(line.pixels):
            return LineText()
        shown = show_line(line.pixels, self._config["height"], self._config["border"])
        began = time.monotonic()
        try:
            api.SetImage(Image.fromarray(shown.pixels))
            done = api.Recognize(round(self._timeout * 1000))
            symbols = self._symbols(api) if done else []
            api.Clear()
        except RuntimeError as error:
            raise ReaderCrashed("libtesseract failed on a line") from error
        if not done and time.monotonic() - began >= self._timeout:
            raise ReaderTimeout(f"libtesseract did not read a line within {self._timeout:g} s")
        if not done:
            raise ReaderCrashed("libtesseract gave up on a line")
        return line_text(symbols, self.alphabet, shown)

    def _symbols(self, api: Any) -> list[Symbol]:
        level = self._library.RIL.SYMBOL
        costs = [dict(symbol) for word in api.GetBestLSTMSymbolChoices() or () for symbol in word]
        found = []
        iterator = api.GetIterator()
        for place in self._library.iterate_level(iterator, level) if iterator is not None else ():
            if place.Empty(level):
                continue
            left, _, right, _ = place.BoundingBox(level)
            found.append(Symbol(place.GetUTF8Text(level), place.Confidence(level), left, right))
        if len(costs) != len(found):
            return found
        return [Symbol(s.char, s.confidence, s.left, s.right, c) for s, c in zip(found, costs, strict=True)]


def _import_library() -> Any:
    try:
        import tesserocr
    except ImportError as error:
        raise ReaderMissing("the Python package tesserocr is not installed") from error
    return tesserocr
