"""Measure Latin line readers on lines of real pages, cut as the engine cuts them and told by the pages' truth.

    python -m benchmarks.real_lines ../shared/samples latin_line_v3 latin_line_v3+latin_runs_v1

prints, for each reader (a folder of ``models``, behind ``+`` a language model that settles its doubts),
exact lines and character errors, by height of the capitals in the picture and by item. A line counts for a true text
if any of the readers saw something like it there, so what is compared does not hang on one of them. Case and spaces
are folded, letters of other scripts become their signs.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Final

import cv2
import numpy as np
import typer

from engine.decode import Limits
from engine.errors import NothingToRead
from engine.imaging.warp import map_points
from engine.pipeline import read_passport
from engine.readers.base import LineReader
from engine.readers.ctc import CtcReader
from engine.readers.select import open_readers
from engine.values.pictures import LineImage
from engine.values.text import LineText
from engine.visual.text.language.model import LanguageModel, open_language_model
from engine.visual.text.language.settle import settle_letters
from models.training.draw.people.latin_text import classes

HEIGHTS: Final = (6.0, 8.0, 10.0, 14.0, 20.0, 999.0)
_LIKE: Final = 0.4
"""Errors a character up to which a reading is of a text."""
_SHORTEST: Final = 3


@dataclass
class Recorder:
    """A reader that keeps the lines it is given."""

    reader: LineReader
    lines: list[LineImage] = field(default_factory=list)

    @property
    def version(self) -> str:
        """Of the reader behind."""
        return self.reader.version

    @property
    def alphabet(self) -> str:
        """The same."""
        return self.reader.alphabet

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line."""
        self.lines += lines
        return self.reader.read(lines)


@dataclass(frozen=True, slots=True)
class Settled:
    """A reader whose doubtful characters a language model settles, as the engine does after reading."""

    reader: LineReader
    model: LanguageModel

    @property
    def version(self) -> str:
        """Of both."""
        return f"{self.reader.version}+{self.model.version}"

    @property
    def alphabet(self) -> str:
        """The reader's."""
        return self.reader.alphabet

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line."""
        return [settle_letters(text, self.model) for text in self.reader.read(lines)]


@dataclass(frozen=True, slots=True)
class RealLine:
    """One line of a real page: the picture it is from, the item and what is printed, its capitals' height in px."""

    file: str
    item: str
    truth: str
    height: float
    image: LineImage


@dataclass
class Tally:
    """Lines, exact ones, and errors among characters."""

    lines: int = 0
    exact: int = 0
    errors: int = 0
    characters: int = 0

    def add(self, truth: str, errors: int) -> None:
        """Count one line."""
        self.lines += 1
        self.exact += errors == 0
        self.errors += errors
        self.characters += len(truth)

    def __str__(self) -> str:
        """E.g. ``87/93 93.5% exact, 1.20% errors``."""
        exact, errors = self.exact / max(1, self.lines), self.errors / max(1, self.characters)
        return f"{self.exact}/{self.lines} {exact:.1%} exact, {errors:.2%} errors"


def folded(text: str) -> str:
    """A text as compared: the reader's classes, one case, without spaces."""
    return classes(text).casefold().replace(" ", "")


def errors_inside(truth: str, read: str) -> int:
    """Edits that turn some part of what was read into the truth: a line may hold more than one text."""
    row = [0] * (len(read) + 1)
    for i, wanted in enumerate(truth, 1):
        above, row = row, [i]
        for j, seen in enumerate(read, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (wanted != seen)))
    return min(row)


def page_texts(folder: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each picture of a manifest with the texts its page prints."""
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        texts = {key: value for key, value in (row.get("viz") or {}).items() if isinstance(value, str)}
        yield row["file"], {key: value for key, value in texts.items() if len(folded(value)) >= _SHORTEST}


def real_lines(folder: Path, readers: Sequence[LineReader]) -> list[RealLine]:
    """Cut the lines of all pages and find those that show a known text."""
    engine = open_readers()
    found = []
    for file, texts in page_texts(folder):
        if texts:
            recorder = Recorder(engine.visual)
            path = next(p for p in (folder / file, folder / "images" / file) if p.is_file())
            try:
                read_passport(path, replace(engine, visual=recorder, careful=None), Limits())
            except NothingToRead:
                continue
            found += list(_known(file, texts, recorder.lines, readers))
    return found


def _known(
    file: str, texts: Mapping[str, str], images: Sequence[LineImage], readers: Sequence[LineReader]
) -> Iterator[RealLine]:
    seen = [[folded(text.text) for text in reader.read(images)] for reader in readers]
    for item, printed in texts.items():
        truth = folded(printed)
        best = [min(errors_inside(truth, answers[i]) for answers in seen) for i in range(len(images))]
        if best and min(best) <= _LIKE * len(truth):
            i = int(np.argmin(best))
            yield RealLine(file, item, truth, _height(images[i]), images[i])


def _height(image: LineImage) -> float:
    """Height of a capital in px of the picture; the crop reaches 0.4 of it beyond on both sides."""
    rows, columns = image.pixels.shape
    ends = map_points(image.to_photo, np.array([(columns / 2, 0.0), (columns / 2, float(rows))]))
    return float(np.linalg.norm(ends[1] - ends[0])) / 1.8


def open_reader(model: str) -> LineReader:
    """Open a line net, and the language model behind ``+``."""
    net, _, runs = model.partition("+")
    return Settled(CtcReader(net), open_language_model(runs)) if runs else CtcReader(net)


def tally(reader: LineReader, lines: Sequence[RealLine]) -> dict[str, Tally]:
    """Read the lines; returns counts by cause."""
    counts: dict[str, Tally] = defaultdict(Tally)
    for line, answer in zip(lines, reader.read([line.image for line in lines]), strict=True):
        errors = errors_inside(line.truth, folded(answer.text))
        under = next(height for height in HEIGHTS if line.height < height)
        for cause in ("all", f"capitals below {under:.0f} px", line.item):
            counts[cause].add(line.truth, errors)
    return counts


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    models: Annotated[list[str], typer.Argument(help="Line nets, e.g. latin_line_v3, latin_line_v3+latin_runs_v1.")],
    misses: Annotated[bool, typer.Option(help="Print every line that a reader got wrong.")] = False,
) -> None:
    """Print a table for each reader."""
    cv2.setNumThreads(1)
    readers = [open_reader(model) for model in models]
    lines = real_lines(folder, readers)
    for reader in readers:
        counts = tally(reader, lines)
        print(f"\n{reader.version}")
        for cause in sorted(counts, key=lambda c: (c != "all", not c.startswith("capitals"), len(c), c)):
            print(f"  {cause}: {counts[cause]}")
        if misses:
            for line, answer in zip(lines, reader.read([line.image for line in lines]), strict=True):
                if errors_inside(line.truth, folded(answer.text)):
                    print(f"    {line.file} {line.item} {line.height:.0f} px: {line.truth} | {folded(answer.text)}")


if __name__ == "__main__":
    typer.run(main)
