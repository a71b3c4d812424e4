"""The steps of `make train` and their budgets, as ``steps.toml`` beside this file lists them."""

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).with_name("steps.toml")
WORK: Final = Path(".cache/training")
"""Where steps keep checkpoints, a folder for each net; from where the command is run."""
BUDGETS: Final = ("full", "tiny", "least")

Budget = Mapping[str, int]
"""Options of a step's command, e.g. ``{"steps": 3000}`` for ``--steps 3000``."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the module it runs with fixed arguments, files it writes (from the root), and a budget each name."""

    name: str
    run: tuple[str, ...]
    writes: tuple[Path, ...]
    budgets: Mapping[str, Budget]

    def command(self, budget: str) -> list[str]:
        """Return what follows ``python -m``."""
        return [
            *self.run,
            *(part for key, value in self.budgets[budget].items() for part in (f"--{key}", str(value))),
        ]


def load_steps() -> list[Step]:
    """Return all steps in their order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Step(
            name,
            tuple(shlex.split(row["run"])),
            tuple(Path(path) for path in row["writes"]),
            {budget: row[budget] for budget in BUDGETS},
        )
        for name, row in rows.items()
    ]


def budget_of(name: str, budget: str = "full") -> Budget:
    """Return the options of a step under a budget.

    Raises:
        LookupError: ``steps.toml`` has no such step.
    """
    for step in load_steps():
        if step.name == name:
            return step.budgets[budget]
    raise LookupError(f"steps.toml has no step {name!r}: give the command its options")
