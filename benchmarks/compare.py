"""Us and others over the same pictures: ``python -m benchmarks.compare FOLDER``.

Each system runs in a virtual environment of its own, one after the other, on one thread. What the others read is
kept under ``.cache/peers/runs`` picture by picture, so an interrupted run goes on where it stopped.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.measure.report import open_console, percent
from benchmarks.peers.client import Answer, Peer, PeerDied
from benchmarks.peers.systems import CACHE, SYSTEMS, CannotInstall, set_up
from engine.measure.provenance import provenance
from engine.measure.results import Result, file_row, save_json
from engine.measure.runner import FileOutcome, mrz_outcome
from engine.measure.scoring import Summary, cpu_score, mrz_score, silent_errors
from engine.measure.truth import Document, load_documents
from engine.mrz.parse import read_checks, recognise_format

START_SECONDS = 600.0
MODELS = Path(__file__).parent.parent / "models"
TAGS = ("photo", "rotated", "tilted", "lowres", "mockup", "chinese", "spread", "cropped_mrz_only")
"""Groups shown in the table; ``rotated`` takes every ``rotated…`` tag."""


def checks_hold(lines: Sequence[str]) -> bool:
    """Whether the lines have a standard shape and every check digit in them holds."""
    kind = recognise_format(lines)
    if kind is None:
        return False
    try:
        return all(check.ok for check in read_checks(kind, lines))
    except ValueError:  # a character that no machine readable zone has
        return False


def run_system(command: Sequence[str], documents: Sequence[Document], kept: Path, *, seconds: float) -> None:
    """Let one system read the pictures that ``kept`` (JSON lines) does not have yet."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    waiting = iter([d for d in documents if d.file not in load_answers(kept)])
    total = len(documents) - len(load_answers(kept))
    progress = iter(track(waiting, description=kept.stem, total=total))
    while _serve_until_death(command, progress, kept, seconds):
        pass


def _serve_until_death(command: Sequence[str], waiting: Iterator[Document], kept: Path, seconds: float) -> bool:
    """Read on until nothing waits (False) or the system dies on a picture (True, that picture noted)."""
    with Peer(command, start_seconds=START_SECONDS, log=kept.with_suffix(".log")) as peer:
        for document in waiting:
            try:
                _keep(kept, document.file, peer.read(document.path, seconds=seconds))
            except PeerDied as death:
                _keep(kept, document.file, {"status": f"died: {death}", "lines": [], "cpu_seconds": seconds})
                return True
    return False


def _keep(kept: Path, file: str, answer: Answer) -> None:
    with kept.open("a", encoding="utf-8") as handle:
        print(json.dumps({"file": file, **answer}), file=handle)


def load_answers(kept: Path) -> dict[str, Answer]:
    """What a system answered so far, by file."""
    rows = map(json.loads, kept.read_text(encoding="utf-8").splitlines()) if kept.is_file() else ()
    return {row["file"]: row for row in rows}


def grade_answers(documents: Sequence[Document], answers: Mapping[str, Answer]) -> list[FileOutcome]:
    """Hold a system's answers against the truth."""
    outcomes = []
    for document in documents:
        answer = answers[document.file]
        lines = tuple(answer["lines"])
        outcome = mrz_outcome(
            document, answer["status"], lines, checks_ok=checks_hold(lines), cpu_seconds=answer["cpu_seconds"]
        )
        outcomes.append(outcome)
    return outcomes


def score_system(outcomes: Sequence[FileOutcome]) -> Summary:
    """One row of the comparison."""
    positives = [o for o in outcomes if not o.document.negative]
    groups = {tag: [o for o in positives if any(t.startswith(tag) for t in o.document.tags)] for tag in TAGS}
    return {
        "mrz": mrz_score(positives),
        "mrz_td3": mrz_score([o for o in positives if o.document.doc == "TD3"]),
        "by_tag": {tag: mrz_score(members) for tag, members in groups.items() if members},
        "silent": silent_errors(outcomes)["mrz"],
        "negatives_read": sum(not o.refused for o in outcomes if o.document.negative),
        "cpu_seconds": cpu_score(outcomes),
        "files": [{key: v for key, v in file_row(o).items() if key != "items"} for o in outcomes],
    }


def print_comparison(console: Console, dataset: str, scores: Mapping[str, Any]) -> None:
    """The table: one column a system."""
    table = Table(dataset, *scores)
    rows: dict[str, Callable[[Summary], str]] = {
        "every line exact": lambda s: f"{s['mrz']['exact']}/{s['mrz']['count']}",
        "TD3": lambda s: f"{s['mrz_td3']['exact']}/{s['mrz_td3']['count']}",
        "character accuracy": lambda s: percent(s["mrz"]["character_accuracy"]),
        "silent errors": lambda s: str(s["silent"]),
        "negatives read": lambda s: str(s["negatives_read"]),
        "CPU s median": lambda s: f"{s['cpu_seconds']['median']:.3f}",
        "CPU s p90": lambda s: f"{s['cpu_seconds']['p90']:.3f}",
    }
    for name, cell in rows.items():
        table.add_row(name, *(cell(score) for score in scores.values()))
    for tag in TAGS:
        found = [score["by_tag"].get(tag) for score in scores.values()]
        if any(found):
            table.add_row(tag, *(f"{m['exact']}/{m['count']}" if m else "" for m in found))
    console.print(table)


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    systems: Annotated[str, typer.Option(help="Which, separated by commas.")] = ",".join(SYSTEMS),
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
    seconds: Annotated[float, typer.Option(help="Longest wait for one picture.")] = 300.0,
    traineddata: Annotated[Path | None, typer.Option(help="OCR-B Tesseract model for those that need one.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was read before.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Compare systems on the machine readable zone."""
    console = open_console()
    dataset = folder.resolve().name
    documents = load_documents(folder)[:limit]
    model = traineddata or next(iter(sorted(MODELS.glob("*/*.traineddata"))), None)
    scores: dict[str, Any] = {}
    for name in _known(systems):
        kept = CACHE / "runs" / f"{dataset}-{name}.jsonl"
        if fresh or not SYSTEMS[name].requirements:  # our own engine changes from run to run
            kept.unlink(missing_ok=True)
        try:
            run_system(set_up(SYSTEMS[name], model), documents, kept, seconds=seconds)
        except (CannotInstall, PeerDied) as reason:
            console.print(f"[yellow]{name} is left out:[/] {reason}")
            continue
        scores[name] = score_system(grade_answers(documents, load_answers(kept)))
    print_comparison(console, dataset, scores)
    if out:
        requirements = {name: list(SYSTEMS[name].requirements) for name in scores}
        result: Result = {"dataset": dataset, **provenance(), "requirements": requirements, "systems": scores}
        save_json(result, out)


def _known(systems: str) -> list[str]:
    names = systems.split(",")
    if unknown := sorted(set(names) - SYSTEMS.keys()):
        raise typer.BadParameter(f"--systems knows {', '.join(SYSTEMS)}, not {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    typer.run(main)
