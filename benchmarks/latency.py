"""How long a read takes: ``python -m benchmarks.latency``, one thread, by stage, decoding as the yardstick.

A wrong reading is not worth timing: the run ends with status 1 if one is wrong.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Protocol

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.accuracy import open_engine, parse_items
from benchmarks.measure.frames import FRAME_SIZES, FrameSize, jpeg_frame
from benchmarks.measure.generated import draw_pictures
from benchmarks.measure.report import open_console
from engine.errors import PassportError
from engine.measure.metrics import percentile
from engine.measure.provenance import provenance
from engine.measure.results import Result, save_json
from engine.measure.runner import Reading
from engine.measure.truth import Document, load_documents
from engine.values.items import Scope
from engine.values.pictures import Pixels
from models.training.draw.type.fonts import FontsMissing

SHIPPED = Path(__file__).parent.parent / "tests" / "images"
SEED = 9303
WARM_UP = 2


class BytesRecogniser(Protocol):
    """What is timed."""

    def recognize(self, source: bytes, *, items: Scope) -> Reading:
        """Read one picture."""
        ...


@dataclass
class Timings:
    """Seconds of one frame size, one entry a read: whole reads, plain JPEG decoding, and by stage.

    ``stages`` are CPU seconds: those of the read, shared out as its wall time was. On a busy machine wall times
    say more about the neighbours than about the engine.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    decode: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)


def time_reads(
    engine: BytesRecogniser, document: Document, frame: bytes, *, items: Scope, repeats: int, into: Timings
) -> None:
    """Read one frame ``repeats`` times after a warm-up and add what it took."""
    for _ in range(WARM_UP):
        _read_lines(engine, frame, items)
    for _ in range(repeats):
        into.decode.append(_cpu_seconds(lambda: _decode(frame)))
        wall, cpu = time.perf_counter(), time.process_time()
        lines, stages = _read_lines(engine, frame, items)
        into.cpu.append(time.process_time() - cpu)
        into.wall.append(time.perf_counter() - wall)
        cpu_of_wall = into.cpu[-1] / max(sum(stages.values()), 1e-9)
        if lines != document.mrz:
            into.wrong.add(document.file)
        for stage, seconds in stages.items():
            into.stages.setdefault(stage, []).append(seconds * cpu_of_wall)


def _read_lines(engine: BytesRecogniser, frame: bytes, items: Scope) -> tuple[tuple[str, ...], Mapping[str, float]]:
    try:
        reading = engine.recognize(frame, items=items)
    except PassportError:
        return (), {}
    return (reading.mrz.lines if reading.mrz else ()), reading.timings


def _decode(frame: bytes) -> Pixels | None:
    return cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_COLOR)  # type: ignore[return-value]


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def summarise_timings(timings: Timings) -> dict[str, Any]:
    """Milliseconds at p50, p95 and p99: CPU and wall of a read, decoding alone, CPU by stage."""
    return {
        "reads": len(timings.cpu),
        "wrong": sorted(timings.wrong),
        "cpu_ms": _spread(timings.cpu),
        "wall_ms": _spread(timings.wall),
        "decode_cpu_ms": _spread(timings.decode),
        "stages_cpu_ms": {stage: _spread(seconds) for stage, seconds in timings.stages.items()},
    }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    return {f"p{p}": round(1000 * percentile(seconds, p / 100), 2) for p in (50, 95, 99)}


def print_timings(console: Console, result: Result) -> None:
    """One table a frame size."""
    for size, row in result["sizes"].items():
        title = f"{size}, items={result['items']}, {row['reads']} reads, {len(row['wrong'])} pictures wrong"
        table = Table("ms", "p50", "p95", "p99", title=title)
        lines = {"read, CPU": row["cpu_ms"], "read, wall": row["wall_ms"]}
        lines |= {f"  {stage}": spread for stage, spread in row["stages_cpu_ms"].items()}
        lines["JPEG decode alone, CPU"] = row["decode_cpu_ms"]
        for name, spread in lines.items():
            table.add_row(name, *(f"{spread[p]:.1f}" for p in ("p50", "p95", "p99")))
        console.print(table)
        for file in row["wrong"]:
            console.print(f"[red]read wrong:[/] {file}")


def time_sizes(
    engine: BytesRecogniser, documents: Sequence[Document], *, items: Scope, repeats: int, sizes: Sequence[FrameSize]
) -> dict[str, Any]:
    """Time every document at every frame size."""
    rows = {}
    for size in sizes:
        timings = Timings()
        for document in track(documents, description=str(size), transient=True):
            page = cv2.imread(str(document.path), cv2.IMREAD_COLOR)
            if page is None:
                raise typer.BadParameter(f"{document.path} cannot be decoded")
            frame = jpeg_frame(np.asarray(page, np.uint8), size)
            time_reads(engine, document, frame, items=items, repeats=repeats, into=timings)
        rows[str(size)] = summarise_timings(timings)
    return rows


def main(
    pictures: Annotated[Path | None, typer.Option(help="Pages with a manifest.jsonl; drawn anew otherwise.")] = None,
    items: Annotated[str, typer.Option(help="all, or mrz: only the machine readable zone.")] = "all",
    reader: Annotated[str, typer.Option(help="Which MRZ reader the engine uses.")] = "auto",
    repeats: Annotated[int, typer.Option(min=1, help="Reads of each picture.")] = 10,
    limit: Annotated[int, typer.Option(min=1, help="At most so many pictures.")] = 5,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Time reads of pages laid on a desk, at 1280x720 and 12 megapixels."""
    wanted = parse_items(items)
    engine = open_engine(reader)
    with _pages(pictures, limit) as folder:
        documents = [d for d in load_documents(folder) if not d.negative][:limit]
        sizes = time_sizes(engine, documents, items=wanted, repeats=repeats, sizes=FRAME_SIZES)
    result: Result = {"items": wanted, **provenance(), "versions": dict(engine.versions), "sizes": sizes}
    print_timings(open_console(), result)
    if out:
        save_json(result, out)
    if any(row["wrong"] for row in sizes.values()):
        raise typer.Exit(1)


@contextmanager
def _pages(chosen: Path | None, count: int) -> Iterator[Path]:
    """The folder chosen, else freshly drawn pages, else (without fonts to draw them) those that tests use."""
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory() as scratch:
        try:
            draw_pictures(Path(scratch), count=count, seed=SEED, kind="scan400")
            drawn = Path(scratch)
        except FontsMissing as missing:
            typer.echo(f"{missing}; pages of {SHIPPED.name}/ are timed instead", err=True)
            drawn = SHIPPED
        yield drawn


if __name__ == "__main__":
    typer.run(main)
