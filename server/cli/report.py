"""What ``passport-ocr read`` prints: a table for people, JSON with every detail, or the contract line by line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine import Certainty, PassportReading, empty_contract
from engine.result.plain import plain_checks, plain_contradiction, plain_warning
from engine.values.mrz import MrzReading

from .read_files import FileReading

CHINESE: Final = {
    "chinese_name": "中文姓名",
    "chinese_birth_place": "中文出生地点",
    "chinese_issue_place": "中文签发地点",
    "chinese_authority": "中文签发机关",
}
STYLES: Final = {Certainty.SURE: "green", Certainty.LIKELY: "yellow", Certainty.DOUBTFUL: "red"}


def jsonl_line(read: FileReading) -> str:
    """One line of JSON; ``data`` is the contract's, with fifteen empty items where the file was not read.

    What the contract has no place for stands beside it: warnings, contradictions, check digits.
    """
    reading = read.reading
    if reading is None:
        notes: dict[str, Any] = {"warnings": [], "contradictions": [], "checks": []}
        return _dump(_outcome(read) | {"data": empty_contract()} | notes)
    notes = {
        "warnings": [plain_warning(warning) for warning in reading.warnings],
        "contradictions": [plain_contradiction(found) for found in reading.contradictions],
        "checks": plain_checks(reading),
    }
    return _dump(_outcome(read) | {"data": reading.to_contract()} | notes)


def json_document(reads: Iterable[FileReading]) -> str:
    """One JSON document with all that is known of every file."""
    return json.dumps({"readings": [_details(read) for read in reads]}, ensure_ascii=False, indent=2)


def print_table(console: Console, read: FileReading) -> None:
    """Print one file's reading for people."""
    console.print(Text(f"{read.name}  ({read.seconds:.2f} s)", style="bold"), soft_wrap=True)
    if read.reading is None:
        detail = f" ({read.detail})" if read.detail else ""
        console.print(Text(f"not read: {read.fault.message}{detail} [{read.fault.code}]", "red"), soft_wrap=True)
    else:
        console.print(_items_table(read.reading))
        for line in _lines(read.reading):
            console.print(line, soft_wrap=True)
        if read.job.annotated:
            console.print(Text(f"annotated picture: {read.job.annotated}"), soft_wrap=True)
    console.print()


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _outcome(read: FileReading) -> dict[str, Any]:
    return {
        "file": read.name,
        "seconds": round(read.seconds, 3),
        "code": read.fault.code,
        "message": read.fault.message,
    }


def _details(read: FileReading) -> dict[str, Any]:
    reading = read.reading
    if reading is None:
        return _outcome(read) | {"detail": read.detail}
    annotated = {"annotated": str(read.job.annotated) if read.job.annotated else None}
    return _outcome(read) | annotated | reading.to_dict()


def _lines(reading: PassportReading) -> Iterator[Text]:
    yield from _mrz_lines(reading.mrz)
    yield from (Text(f"warning: {warning.advice}", style="yellow") for warning in reading.warnings)
    for c in reading.contradictions:
        mrz, printed = f"MRZ {c.mrz} ({c.mrz_confidence:.3f})", f"printed {c.printed} ({c.printed_confidence:.3f})"
        yield Text(f"  {c.item.english}: {mrz}, {printed}", style="yellow")


def _items_table(reading: PassportReading) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("item", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("value", overflow="fold")  # never an ellipsis: every character counts
    table.add_column("confidence", justify="right", no_wrap=True)
    table.add_column("source", no_wrap=True)
    for item in reading.items:
        table.add_row(
            item.item.value,
            item.item.english,
            Text(item.value or "–"),
            Text(f"{item.confidence:.3f}", style=STYLES[item.certainty]),
            item.source.value if item.value else "",
        )
    for name, text in reading.chinese.texts.items():
        if text.value:
            sure = Text(f"{text.confidence:.3f}", style=STYLES[text.certainty])
            table.add_row(CHINESE[name], name.replace("_", " ").capitalize(), Text(text.value), sure, "VIZ")
    return table


def _mrz_lines(mrz: MrzReading) -> Iterator[Text]:
    yield Text(f"MRZ {mrz.format.value}")
    yield from (Text(f"  {line}") for line in mrz.lines)
    yield from _checks(mrz)
    for c in mrz.corrections:
        yield Text(f"  line {c.line + 1}, character {c.position + 1}: read {c.read}, taken as {c.decoded}")


def _checks(mrz: MrzReading) -> Iterator[Text]:
    if mrz.misprinted:
        yield Text(f"  printed with other lengths than {mrz.format.value} asks", style="red")
    elif mrz.checks_ok:
        yield Text(f"  all {len(mrz.checks)} check digits hold", style="green")
    for check in mrz.checks:
        covers = check.covers.replace("_", " ")
        if not check.ok:
            yield Text(f"  check digit of {covers}: printed {check.printed}, computed {check.computed}", style="red")
        elif check.repaired:
            yield Text(f"  check digit of {covers}: holds after a change, which proves nothing", style="yellow")
