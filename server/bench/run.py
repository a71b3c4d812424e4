"""Measures a folder of pictures: truth, readings, misses with their pictures, the report and its JSON."""

import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import track

from engine import Engine, PassportReading
from engine.errors import PassportError
from engine.measure.crops import miss_pictures
from engine.measure.misses import Miss, find_misses
from engine.measure.provenance import provenance
from engine.measure.results import Result, compare, file_row, load_result, save_result
from engine.measure.runner import FileOutcome, measure
from engine.measure.scoring import summarise
from engine.measure.truth import TableRefused, Truth, load_truth
from engine.measure.truth.prefill import Prefilled, table_path, write_prefilled
from engine.values.items import Scope

from .page import Language, Report, render

PRIVATE: Final = 0o600
"""The report shows what is printed on the passports: nobody else may read the file."""


class Bench:
    """A folder of pictures and the engine that is measured on it."""

    def __init__(self, folder: Path, pictures: Sequence[Path], engine: Engine, console: Console) -> None:
        """Measure ``engine`` on ``pictures`` in ``folder``; progress is shown on ``console``."""
        self.name = folder.resolve().name or "pictures"
        self._folder = folder
        self._pictures = pictures
        self._engine = engine
        self._console = console

    def truth(self, table: Path | None) -> Truth:
        """Return what is known of the pictures; see `engine.measure.truth.load_truth`."""
        return load_truth(self._folder, self._pictures, table)

    def prefill(self, given: Path | None, kind: str) -> tuple[list[Path], list[str]]:
        """Write a table to fill in; return the files written and the pictures in which nothing was read.

        Raises:
            TableRefused: it is there already.
        """
        path = given or table_path(self._folder, kind)
        if path.exists():
            raise TableRefused(f"{path} is there already and is left as it is: move it away to begin anew")
        rows = [
            Prefilled(picture, picture.relative_to(self._folder).as_posix(), self._read(picture))
            for picture in track(self._pictures, "reading", console=self._console, transient=True)
        ]
        return write_prefilled(rows, path, kind), [row.file for row in rows if row.reading is None]

    def _read(self, picture: Path) -> PassportReading | None:
        try:
            return self._engine.recognize(picture)
        except (PassportError, OSError):
            return None

    def report(self, truth: Truth, items: Scope, earlier: Result | None) -> Report:
        """Read and grade every picture that can be judged.

        Raises:
            TableRefused: there is none.
        """
        if not truth.documents:
            raise TableRefused("no picture can be judged: see what is named above")
        reads = measure(self._engine, truth.documents, items=items)
        progress = track(reads, "reading", total=len(truth.documents), console=self._console, transient=True)
        outcomes = list(progress)
        result = self._result(truth, items, outcomes)
        misses = find_misses(outcomes)
        return Report(
            result=result,
            outcomes=outcomes,
            misses=misses,
            pictures=self._crops(misses),
            problems=truth.problems,
            changes=compare(earlier["files"], result["files"]) if earlier else (),
            against=f"{earlier['dataset']}, {earlier['date']}" if earlier else "",
            language=_language(),
        )

    def _result(self, truth: Truth, items: Scope, outcomes: Sequence[FileOutcome]) -> Result:
        left_out = [{"what": p.kind.value, "where": p.where, "advice": p.advice} for p in truth.problems]
        head: Result = {"dataset": self.name, "items": items, **provenance()}
        head |= {"versions": dict(self._engine.versions), "left_out": left_out}
        return head | {"summary": summarise(outcomes), "files": [file_row(o) for o in outcomes]}

    def _crops(self, misses: Sequence[Miss]) -> list[bytes]:
        """The pictures of the misses in their order; each file is decoded once."""
        by_file = sorted(range(len(misses)), key=lambda number: misses[number].file)
        groups = [list(group) for _, group in itertools.groupby(by_file, key=lambda number: misses[number].file)]
        crops: dict[int, bytes] = {}
        for numbers in track(groups, "cutting out misses", console=self._console, transient=True):
            mine = [misses[number] for number in numbers]
            crops |= dict(zip(numbers, miss_pictures(mine[0].outcome, mine), strict=True))
        return [crops[number] for number in range(len(misses))]


def write_report(report: Report, out: Path) -> None:
    """Write the page to ``out``, and the result without values beside it, as JSON."""
    out.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(render(report))
    save_result(report.result, out.with_suffix(".json"))


def load_earlier(path: Path | None) -> Result | None:
    """Return the result to compare with.

    Raises:
        TableRefused: the file is something else.
        OSError: it cannot be opened.
    """
    if path is None:
        return None
    try:
        result = load_result(path)
        compare(result["files"], [])
        return {"dataset": result["dataset"], "date": result["date"], "files": result["files"]}
    except (ValueError, KeyError, TypeError):
        raise TableRefused(f"{path} is no result of passport-ocr bench: name the .json beside a report") from None


def _language() -> Language:
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, words), "").lower().startswith("zh") else "en"
