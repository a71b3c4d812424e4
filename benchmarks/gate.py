"""The gate CI runs: ``python -m benchmarks.gate`` draws small sets anew, reads them and holds them to floors.toml.

One set is of all layouts and ways of taking a picture, one of damaged and contradictory pages, one of pages without
their zone and of what is no passport. Where the fonts that they are drawn with cannot be had, it says so and passes.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.accuracy import evaluate, exit_below_floors, open_engine
from benchmarks.damage import evaluate_damage, print_damage, print_lies
from benchmarks.measure.generated import draw_pictures
from benchmarks.measure.report import open_console, print_misses, print_report
from benchmarks.refusal import evaluate_refusal
from benchmarks.refusal import print_summary as print_refusal
from engine.api import Engine
from engine.measure.results import Result, save_result
from models.training.draw.damaged import write_damaged
from models.training.draw.type.fonts import FontsMissing

DATASET = "gate"
SEED = 9303
WORST = 20
"""Pictures that are named."""


def main(
    count: Annotated[int, typer.Option(min=1, help="Pictures to draw.")] = 60,
    damaged: Annotated[int, typer.Option(min=1, help="Damaged pages to draw.")] = 60,
    zoneless: Annotated[int, typer.Option(min=1, help="Pictures of each kind without a readable zone.")] = 1,
    seed: Annotated[int, typer.Option(help="Another seed draws other pictures.")] = SEED,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result of the first set here.")] = None,
) -> None:
    """Draw pictures, read them, and end with status 1 where accuracy or honesty is below the floors."""
    console = open_console()
    with tempfile.TemporaryDirectory() as scratch:
        whole, hidden = Path(scratch) / DATASET, Path(scratch) / "damaged"
        try:
            draw_pictures(whole, count=count, seed=seed)
            write_damaged(hidden, damaged, seed)
        except FontsMissing as missing:
            console.print(f"accuracy gate skipped: {missing}")
            return
        engine = open_engine("auto")
        accurate, honest = _accuracy(engine, whole, console), _honesty(engine, hidden, console)
    refused = evaluate_refusal(engine, zoneless, seed)
    print_refusal(console, refused)
    if out:
        save_result(accurate, out)
    exit_below_floors(console, accurate, honest, {"dataset": "refusal", "summary": refused})


def _accuracy(engine: Engine, folder: Path, console: Console) -> Result:
    result, outcomes = evaluate(engine, folder, dataset=DATASET, console=console)
    print_report(console, result)
    print_misses(console, outcomes, limit=WORST)
    return result


def _honesty(engine: Engine, folder: Path, console: Console) -> Result:
    result, outcomes = evaluate_damage(engine, folder, console=console)
    print_damage(console, result["summary"])
    print_lies(console, outcomes, WORST)
    return result


if __name__ == "__main__":
    typer.run(main)
