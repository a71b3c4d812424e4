"""All that a batch writes, opened so that a run can go on where another was killed."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from engine.result.drawings import Drawing

from ..file_faults import READ
from ..refused import ResultsRefused
from .drawings import Drawings, save_drawings
from .ledger import BESIDE, Ledger, Position
from .line_file import LineFile, Results
from .lines import CsvLines, JsonLines
from .parquet import ParquetFolder
from .rows import Row, is_doubtful

STATE: Final = ".state"
"""What the name of the ledger ends with, beside the results."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of the results.

    ``out`` ends in ``.jsonl``, ``.csv`` or ``.parquet``; ``errors`` takes the rows that failed once more;
    ``only`` is all, doubtful or failed; ``names`` are the items' columns; ``folders`` take drawings, by kind.
    """

    out: Path
    names: tuple[str, ...]
    errors: Path | None = None
    only: str = "all"
    folders: Mapping[Drawing, Path] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """What must be the same when a run goes on."""
        return {"items": list(self.names), "only": self.only, "errors": str(self.errors) if self.errors else None}

    @property
    def files(self) -> frozenset[Path]:
        """Where results come to lie: no pictures, even where they are among them."""
        return frozenset(path.resolve() for path in (*self.written, *self.folders.values()))

    @property
    def written(self) -> tuple[Path, ...]:
        """The files, or folder, of the results, of the failed rows and of the ledger."""
        return (self.out, _state_of(self.out), *([self.errors] if self.errors else []))


WRITTEN: Final[dict[str, Callable[[Row], bool]]] = {
    "all": lambda row: True,
    "doubtful": is_doubtful,
    "failed": lambda row: row["code"] != READ.code,
}
"""Which rows are written, by `Choice.only`."""


class Outputs:
    """The results, the failed rows and the ledger of one batch.

    ``with Outputs(choice) as outputs`` closes them. Files that this run began are removed again where opening them
    fails, or the block before any picture is done.
    """

    def __init__(self, choice: Choice, *, retry_failed: bool = False) -> None:
        """Open everything, and take back what a killed run left half done.

        Raises:
            ResultsRefused: they cannot be gone on with, or another run writes them.
            OSError: they cannot be opened.
        """
        self._written = WRITTEN[choice.only]
        self._folders = choice.folders
        self._begun = [path for path in choice.written if not os.path.lexists(path)]
        if not choice.out.parent.is_dir():
            raise ResultsRefused(f"{choice.out.parent} is no folder: make it first, or name another file with --out")
        with ExitStack() as undo:
            self.ledger = _ledger(_state_of(choice.out))  # first, for who has it is the only run that writes here
            undo.callback(self._leave_nothing)
            self._results = _opened(choice.out, choice.names)
            undo.callback(self._results.close)
            self._errors = LineFile(choice.errors, JsonLines()) if choice.errors else None
            if self._errors:
                undo.callback(self._errors.close)
            self._check(choice)
            self._go_on(choice)
            if retry_failed:
                self._forget_failed()
            self._undo = undo.pop_all()
        self.before = self.ledger.count
        """How many pictures earlier runs did."""

    def __enter__(self) -> Self:
        """Nothing is left to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything, see there; where nothing was done, leave nothing behind."""
        if kind is not None and not self.ledger.count:
            self._undo.close()
        else:
            self.close()

    def add(self, row: Row, drawings: Drawings | None = None) -> None:
        """Write a row where it belongs, and what was drawn of it; from now on its picture is done.

        Raises:
            OSError: it cannot be written. What was written of it is cut off when a run goes on.
        """
        if self._written(row):
            save_drawings(row["file"], drawings or {}, self._folders)
            self._results.add(row)
        if self._errors and row["code"] != READ.code:
            self._errors.add(row)
        self.ledger.done(row["file"], row["code"], self._position())
        self._results.committed()

    def close(self) -> None:
        """Write what is left to write."""
        self._results.finish()
        self.ledger.note("position", self._position())
        self._results.committed()
        self._results.close()
        if self._errors:
            self._errors.close()
        self.ledger.close()

    def _leave_nothing(self) -> None:
        """Close the ledger, and remove the files this run began: all where no picture is done, else empty ones."""
        unused = not self.ledger.count
        self.ledger.close()
        for path in self._begun:
            with contextlib.suppress(OSError):  # it was not begun after all, or is a folder that holds something
                if path.is_dir():
                    path.rmdir()
                elif unused or not path.stat().st_size:
                    path.unlink()

    def _position(self) -> Position:
        return {"results": self._results.position(), "errors": self._errors.position() if self._errors else None}

    def _check(self, choice: Choice) -> None:
        before = self.ledger.noted("settings")
        if before not in (None, choice.settings):
            raise ResultsRefused(
                f"{choice.out} was begun with other choices ({_differences(before, choice.settings)}): "
                "go on with the same ones, or name another file with --out"
            )
        self.ledger.note("settings", choice.settings)

    def _go_on(self, choice: Choice) -> None:
        position = self.ledger.noted("position") or {"results": None, "errors": None}
        if self._errors and not self._errors.restore(position["errors"]):
            raise ResultsRefused(f"{choice.errors} holds something already: name another file with --errors")
        if not self._results.restore(position["results"]):  # the ledger is gone, or the results are not what it knew
            self.ledger.begin_again(self._results.rows(), self._position)
        self.ledger.note("position", self._position())

    def _forget_failed(self) -> None:
        self._results.rewrite(lambda code: code == READ.code)
        if self._errors:
            self._errors.restore({"bytes": 0})
        self.ledger.forget_failed(self._position())


def _opened(out: Path, names: tuple[str, ...]) -> Results:
    match out.suffix.lower():
        case ".jsonl":
            return LineFile(out, JsonLines())
        case ".csv":
            return LineFile(out, CsvLines(names))
        case ".parquet":
            return ParquetFolder(out, names)
    raise ResultsRefused(
        f"{out}: the name of the results ends in .jsonl, .csv or .parquet: that says how to write them"
    )


def _ledger(path: Path) -> Ledger:
    begun = [beside for suffix in ("", *BESIDE) if not (beside := Path(f"{path}{suffix}")).exists()]
    try:
        return Ledger(path)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise ResultsRefused(f"another run is writing these results: wait for it, or remove {path}") from None
        for beside in begun if path in begun else ():
            beside.unlink(missing_ok=True)
        raise ResultsRefused(f"{path} cannot be opened: {error}") from None
    except sqlite3.DatabaseError:
        raise ResultsRefused(f"{path} is damaged: remove it, the results tell what is done") from None


def _state_of(out: Path) -> Path:
    return out.with_name(out.name + STATE)


def _differences(before: dict[str, Any], now: dict[str, Any]) -> str:
    return ", ".join(f"--{name}" for name in now if before.get(name) != now[name])
