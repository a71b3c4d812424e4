"""Gates on a result: ``python -m benchmarks.floors RESULT.json`` ends with status 1 where one does not hold."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.measure.results import Result, load_result

FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Breach:
    """A gate that does not hold; ``found`` None where the result does not have the figure."""

    figure: str
    wanted: str
    found: float | None

    def __str__(self) -> str:
        """One line for the terminal."""
        return (
            f"{self.figure} is {self.found if self.found is not None else 'not in the result'}, wanted {self.wanted}"
        )


def check_floors(result: Result, floors: dict[str, Any]) -> list[Breach]:
    """Hold a result against the gates of its dataset.

    Args:
        result: as `benchmarks.accuracy` writes it.
        floors: by dataset, tables ``minimum`` and ``maximum`` from a dotted path in the summary to a number.

    Raises:
        KeyError: there are no gates for this dataset.
    """
    gates = floors[result["dataset"]]
    breaches = []
    for path, bound in gates.get("minimum", {}).items():
        found = _figure(result["summary"], path)
        if found is None or found < bound:
            breaches.append(Breach(path, f"≥ {bound}", found))
    for path, bound in gates.get("maximum", {}).items():
        found = _figure(result["summary"], path)
        if found is None or found > bound:
            breaches.append(Breach(path, f"≤ {bound}", found))
    return breaches


def load_floors(path: Path = FLOORS) -> dict[str, Any]:
    """Read the gates."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _figure(summary: dict[str, Any], path: str) -> float | None:
    value: Any = summary
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int | float) else None


def main(result: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Hold a result of the accuracy benchmark against floors.toml."""
    found = load_result(result)
    floors = load_floors()
    if found["dataset"] not in floors:
        raise typer.BadParameter(f"floors.toml has no gates for {found['dataset']!r}; it knows {', '.join(floors)}")
    breaches = check_floors(found, floors)
    for breach in breaches:
        typer.echo(str(breach), err=True)
    if breaches:
        raise typer.Exit(1)
    typer.echo(f"{found['dataset']}: all gates hold")


if __name__ == "__main__":
    typer.run(main)
