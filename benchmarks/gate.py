"""The gate CI runs: ``python -m benchmarks.gate`` draws a small set anew, reads it and holds it to floors.toml.

Where the fonts the pictures are drawn with cannot be had, it says so and passes.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.accuracy import evaluate, exit_below_floors, open_engine
from benchmarks.measure.generated import draw_pictures
from benchmarks.measure.report import open_console, print_misses, print_report
from benchmarks.measure.results import save_result
from models.training.draw.type.fonts import FontsMissing

DATASET = "gate"
SEED = 9303


def main(
    count: Annotated[int, typer.Option(min=1, help="Pictures to draw.")] = 60,
    seed: Annotated[int, typer.Option(help="Another seed draws other pictures.")] = SEED,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Draw pictures, read them, and end with status 1 where accuracy is below the floors."""
    console = open_console()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / DATASET
        try:
            draw_pictures(folder, count=count, seed=seed)
        except FontsMissing as missing:
            console.print(f"accuracy gate skipped: {missing}")
            return
        result, outcomes = evaluate(open_engine("auto"), folder, dataset=DATASET, console=console)
        print_report(console, result)
        print_misses(console, outcomes, limit=20)
        if out:
            save_result(result, out)
        exit_below_floors(console, result)


if __name__ == "__main__":
    typer.run(main)
