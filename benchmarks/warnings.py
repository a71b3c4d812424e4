"""Whether warnings come where they should: ``python -m benchmarks.warnings FOLDER`` over a drawn set.

The generator's tags say what was done to a picture. A weak disturbance is tagged like a strong one, so a share under
one is no failure by itself; a false alarm is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from engine.errors import NothingToRead
from engine.measure.truth import load_documents
from engine.values.warnings import Warning

CAUSES: Mapping[Warning, frozenset[str]] = {
    Warning.TOO_SMALL: frozenset({"dpi94"}),
    Warning.BLURRED: frozenset({"blurred", "motion"}),
    Warning.GLARE: frozenset({"glare"}),
    Warning.PAGE_CUT: frozenset({"cropped_mrz_only", "values_cut"}),
    Warning.GRAY: frozenset({"gray", "copy", "binarised"}),
    Warning.LINE_LENGTH: frozenset(),
    Warning.CHECK_DIGIT: frozenset(),
    Warning.REPAIRED: frozenset(),
    Warning.CONTRADICTION: frozenset(),
    Warning.CHINESE_NAME: frozenset(),
    Warning.CHINESE_PRINT: frozenset(),
    Warning.NO_ZONE: frozenset({"zone:cut off", "zone:second line cut", "zone:covered", "zone:absent"}),
    Warning.MIRRORED: frozenset(),
    Warning.HIDDEN: frozenset(),
    Warning.OTHER_DOCUMENTS: frozenset(),
}
"""Tags of pictures that deserve a warning; none where every such warning is a false alarm."""

Seen = tuple[Collection[str], Collection[Warning]]
"""A picture's tags and its warnings."""


def count(seen: Iterable[Seen]) -> dict[Warning, tuple[int, int, int, int]]:
    """Return for each warning: found and pictures with a cause, false alarms and pictures without."""
    cells: defaultdict[tuple[Warning, bool], list[bool]] = defaultdict(list)
    for tags, warnings in seen:
        for warning, causes in CAUSES.items():
            cells[warning, not causes.isdisjoint(tags)].append(warning in warnings)
    return {w: (sum(cells[w, True]), len(cells[w, True]), sum(cells[w, False]), len(cells[w, False])) for w in CAUSES}


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A drawn set with its manifest.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
) -> None:
    """Read the pictures and print which warnings they got."""
    console, engine = open_console(), open_engine("auto")
    documents = [d for d in load_documents(folder) if not d.negative][:limit]
    seen: list[Seen] = []
    for document in track(documents, console=console):
        try:
            reading = engine.recognize(document.path)
        except NothingToRead:
            continue
        seen.append((document.tags, {caution.warning for caution in reading.warnings}))
    table = Table("warning", "found", "of", "false alarms", "of")
    for warning, numbers in count(seen).items():
        table.add_row(warning.name, *map(str, numbers))
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
