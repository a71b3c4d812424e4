"""Reads MRZ lines with the installed ``tesseract`` program and our OCR-B model.

It answers like `engine.readers.tesseract`, but starts one process a line and hands the picture over in a
temporary file, as `pytesseract` does: slower, and for hosts where only the program is there.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

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

_SPAN = "{http://www.w3.org/1999/xhtml}span"
"""The element of an hOCR answer that holds a word, a character or an alternative."""
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class PytesseractReader:
    """A `LineReader` on the ``tesseract`` program through `pytesseract`."""

    def __init__(self, model: str = "tesseract_ocrb_v1", *, timeout: float = 10.0) -> None:
        """Find the program; ``timeout`` is in seconds for each line.

        Limits OpenMP in child processes to one thread unless the environment already says otherwise: four
        threads for one line only cost time.

        Raises:
            ReaderMissing: `pytesseract` or the program is not installed.
            ReaderCrashed, ReaderTimeout: the program does not tell its version.
            ModelDamaged: a file of the model is missing or not the one it should be.
        """
        self._library = _import_library()
        self._folder, self._config = open_checked(model)
        self._timeout = timeout
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self.version = f"pytesseract-{self._program_version()}-{model}"

    @property
    def alphabet(self) -> str:
        """Every character an answer can hold."""
        return str(self._config["alphabet"])

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line; see `LineReader.read`.

        Raises:
            ReaderMissing: the program has gone.
            ReaderCrashed: the program failed, or its answer cannot be understood.
            ReaderTimeout: a line took longer than the limit.
        """
        return [self._read_line(line) for line in lines]

    def _program_version(self) -> str:
        command = [self._library.pytesseract.tesseract_cmd, "--version"]
        try:
            answer = subprocess.run(command, capture_output=True, timeout=self._timeout, check=True)
        except FileNotFoundError as error:
            raise ReaderMissing("the program tesseract is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise ReaderTimeout(f"tesseract did not tell its version within {self._timeout:g} s") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise ReaderCrashed("the program tesseract does not run") from error
        found = re.search(rb"tesseract v?(\d[\w.]*)", answer.stdout + answer.stderr)
        if found is None:
            raise ReaderCrashed("the program called tesseract does not tell its version")
        return found[1].decode()

    def _read_line(self, line: LineImage) -> LineText:
        if is_flat(line.pixels):
            return LineText()
        shown = show_line(line.pixels, self._config["height"], self._config["border"])
        return line_text(_symbols(self._answer(Image.fromarray(shown.pixels))), self.alphabet, shown)

    def _answer(self, picture: Image.Image) -> bytes:
        """Run the program on one line; returns its hOCR."""
        settings = {**VARIABLES, "hocr_char_boxes": "1", "debug_file": "/dev/null"}
        options = ["--tessdata-dir", str(self._folder), "--psm", str(PAGE_MODE), "--oem", str(ENGINE_MODE)]
        options += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        library = self._library
        try:
            answer: bytes = library.image_to_pdf_or_hocr(
                picture,
                lang=self._config["language"],
                config=shlex.join(options),
                extension="hocr",
                timeout=self._timeout,
            )
        except library.TesseractNotFoundError as error:
            raise ReaderMissing("the program tesseract is not installed") from error
        except library.TesseractError as error:
            raise ReaderCrashed(f"the program tesseract ended with status {error.status}") from error
        except RuntimeError as error:
            raise ReaderTimeout(f"tesseract did not read a line within {self._timeout:g} s") from error
        except OSError as error:
            raise ReaderCrashed("the program tesseract left no answer") from error
        return answer


def _symbols(hocr: bytes) -> list[Symbol]:
    """Read characters, boxes and alternatives out of an hOCR answer.

    Raises:
        ReaderCrashed: the answer is not hOCR.
    """
    try:
        root = ElementTree.fromstring(hocr)
        if not root.tag.endswith("html"):
            raise ValueError("not a page")
        return [symbol for word in root.iter(_SPAN) if word.get("class") == "ocrx_word" for symbol in _word(word)]
    except (ElementTree.ParseError, ValueError, IndexError) as error:
        raise ReaderCrashed("the program tesseract gave an answer that is not hOCR") from error


def _word(word: ElementTree.Element) -> list[Symbol]:
    """The characters of a word: the span of each is followed by one that holds its alternatives."""
    symbols: list[Symbol] = []
    for span in word.iter(_SPAN):
        title = span.get("title", "")
        if title.startswith("x_bboxes"):
            left, _, right, _, confidence = (float(n) for n in _NUMBERS.findall(title))
            symbols.append(Symbol(span.text or "", confidence, left, right, {}))
        elif (span.get("id") or "").startswith("lstm_choices") and symbols:
            last = symbols[-1]
            costs = {choice.text or "": 100 - float(_NUMBERS.findall(choice.get("title", ""))[0]) for choice in span}
            symbols[-1] = Symbol(last.char, last.confidence, last.left, last.right, costs)
    return symbols


def _import_library() -> Any:
    try:
        import pytesseract
    except ImportError as error:
        raise ReaderMissing("the Python package pytesseract is not installed") from error
    return pytesseract
