"""Makes every model anew: runs the steps of ``steps.toml`` one after the other.

``python -m models.training.run_steps`` trains in place, for hours, and goes on where it was stopped: finished steps
are noted in ``.cache/training/done``, the others have checkpoints. ``--budget tiny`` runs the same steps in minutes
on a copy of the project in ``--folder``, so that the shipped models stay as they are.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from models.training.steps import BUDGETS, WORK, Step, load_steps

ROOT: Final = Path(__file__).parents[2]
COPIED: Final = ("engine", "models", "benchmarks")
FONTS: Final = Path(".cache/fonts")


class StepFailed(Exception):
    """A step ended with an error or did not write what it should."""


def run_steps(root: Path, budget: str) -> None:
    """Run every step that is not done yet, from the folder ``root``, which holds the project.

    Raises:
        StepFailed: see there; the steps before it are done.
    """
    steps = load_steps()
    for number, step in enumerate(steps, 1):
        done = root / WORK / "done" / step.name
        command = " ".join(step.command(budget))
        if done.is_file() and done.read_text(encoding="utf-8") == command:
            print(f"{number}/{len(steps)} {step.name}: done before; remove {done} to make it anew", flush=True)
            continue
        print(f"{number}/{len(steps)} {step.name}: python -m {command}", flush=True)
        _run(step, root, budget)
        done.parent.mkdir(parents=True, exist_ok=True)
        done.write_text(command, encoding="utf-8")


def _run(step: Step, root: Path, budget: str) -> None:
    before = [_written(root / path) for path in step.writes]
    # The project is imported from where the step is run, wherever else it may be installed.
    environment = os.environ | {"PYTHONPATH": str(root)}
    code = subprocess.run([sys.executable, "-m", *step.command(budget)], cwd=root, env=environment).returncode
    if code:
        raise StepFailed(f"{step.name} ended with {code}")
    for path, was in zip(step.writes, before, strict=True):
        if _written(root / path) == was:
            raise StepFailed(f"{step.name} did not write {path}")


def _written(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.is_file() else None


def copy_project(folder: Path) -> None:
    """Copy code and models into ``folder``; what was trained there before stays, code becomes that of today."""
    for top in COPIED:
        for source in sorted((ROOT / top).rglob("*")):
            target = folder / source.relative_to(ROOT)
            kept = target.exists() and source.suffix not in {".py", ".toml"}
            if source.is_file() and "__pycache__" not in source.parts and not kept:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    fonts = folder / FONTS
    if not fonts.exists():
        fonts.parent.mkdir(parents=True, exist_ok=True)
        fonts.symlink_to((ROOT / FONTS).resolve())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--budget", choices=BUDGETS, default="full", help="column of steps.toml")
    parser.add_argument("--folder", type=Path, help="of the copy (default: out/train-BUDGET; full trains in place)")
    options = parser.parse_args()
    root = ROOT if options.budget == "full" else Path(f"out/train-{options.budget}")
    root = (options.folder or root).resolve()
    if root != ROOT:
        copy_project(root)
    elif options.budget != "full":
        sys.exit(
            f"the budget {options.budget} teaches nothing: it is not for the shipped models, name another folder"
        )
    try:
        run_steps(root, options.budget)
    except StepFailed as failed:
        sys.exit(f"{failed}; the same command goes on from here")


if __name__ == "__main__":
    main()
