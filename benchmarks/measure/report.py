"""Tables for people: what a result says, what changed since the last one, and the worst misses."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.measure.misses import find_misses
from engine.measure.results import Change, Result
from engine.measure.runner import FileOutcome
from engine.values.items import Item


def open_console() -> Console:
    """The terminal; where there is none (a log, a pipe), lines wide enough for the tables."""
    console = Console()
    return console if console.is_terminal else Console(width=170)


def print_report(console: Console, result: Result) -> None:
    """Print the whole result, most important first."""
    summary = result["summary"]
    machine = result["machine"]
    console.rule(f"{result['dataset']}: {len(result['files'])} pictures, items={result['items']}")
    console.print(f"commit {result['commit']} · {result['date']} · {machine['cpu']}, {machine['cores']} cores")
    console.print(" · ".join(f"{name} {version}" for name, version in result["versions"].items()))
    _print_mrz(console, summary)
    console.print(_items_table(summary["items"]))
    _print_honesty(console, summary)
    if summary["by_condition"]:
        console.print(_groups_table("by condition", summary["by_condition"]))
    console.print(_groups_table("by document", summary["by_doc"]))
    console.print(_groups_table("by tag", summary["by_tag"]))


def _print_mrz(console: Console, summary: dict[str, Any]) -> None:
    table = Table("MRZ", "pictures", "found", "every line exact", "share", "character accuracy")
    for name, score in (("all formats", summary["mrz"]), ("TD3", summary["mrz_td3"])):
        cells = (score["count"], score["found"], score["exact"])
        accuracy = percent(score["character_accuracy"], 2)
        table.add_row(name, *map(str, cells), percent(score["exact_share"]), accuracy)
    console.print(table)
    negatives, status = summary["negatives"], summary["status"]
    console.print(f"something read on {negatives['read']} of {negatives['count']} pictures without an MRZ")
    console.print("status: " + ", ".join(f"{name} {count}" for name, count in status.items()))


def _items_table(items: dict[str, Any]) -> Table:
    title = f"items (mean exact {percent(items['mean_exact'])}, lowest {percent(items['lowest_exact'])})"
    table = Table("item", "", "printed", "exact", "+ case, spaces", "+ accents", "missed", "invented", title=title)
    for item in Item:
        score = items["each"][item.value]
        if score["count"] or score["not_printed"]:
            shares = [percent(score[key]) for key in ("exact", "caseless", "folded")]
            invented = f"{score['invented']}/{score['not_printed']}" if score["not_printed"] else ""
            table.add_row(item.value, item.english, str(score["count"]), *shares, str(score["missed"]), invented)
    return table


def _print_honesty(console: Console, summary: dict[str, Any]) -> None:
    silent, boxes, seconds = summary["silent"], summary["boxes"], summary["cpu_seconds"]
    console.print(
        f"silent errors: {silent['items']} of {silent['items_read']} items ({percent(silent['items_share'], 2)}), "
        f"{silent['mrz']} MRZs ({percent(silent['mrz_share'], 2)}); "
        f"{silent['mrz_repaired']} wrong MRZs with a warning of repaired check digits"
    )
    console.print(
        f"boxes: IoU ≥ 0.5 on {percent(boxes['iou_50'])}, ≥ 0.7 on {percent(boxes['iou_70'])} of {boxes['count']}"
    )
    console.print(f"CPU seconds a picture: median {seconds['median']:.3f}, p90 {seconds['p90']:.3f}")
    calibration = summary["calibration"]
    table = Table("confidence", "items", "said", "right", title=f"calibration (ECE {calibration['ece']:.4f})")
    for row in calibration["bins"]:
        said, right = percent(row["confidence"]), percent(row["accuracy"])
        table.add_row(f"{row['from']:.2f}–{row['to']:.2f}", str(row["count"]), said, right)
    console.print(table)


def _groups_table(title: str, groups: dict[str, Any]) -> Table:
    table = Table(
        "", "pictures", "MRZ exact", "share", "char. acc.", "items", "lowest", "IoU ≥ 0.5", "ECE", title=title
    )
    for name, group in groups.items():
        mrz = group["mrz"]
        table.add_row(
            escape(name),
            str(mrz["count"]),
            str(mrz["exact"]),
            percent(mrz["exact_share"]),
            percent(mrz["character_accuracy"]),
            percent(group["items_mean_exact"]),
            percent(group["items_lowest_exact"]),
            percent(group["boxes_iou_50"]),
            f"{group['ece']:.3f}",
        )
    return table


def print_changes(console: Console, changes: Sequence[Change], against: str) -> None:
    """Print the pictures that improved and worsened; one that did both counts as worsened."""
    worsened = [c for c in changes if c.lost]
    improved = [c for c in changes if not c.lost]
    console.rule(f"against {against}: {len(improved)} improved, {len(worsened)} worsened")
    for change in improved:
        console.print(f"[green]+[/] {escape(change.file)}: {' '.join(change.gained)}")
    for change in worsened:
        gained = f" [green](+ {' '.join(change.gained)})[/]" if change.gained else ""
        console.print(f"[red]-[/] {escape(change.file)}: {' '.join(change.lost)}{gained}")


def print_misses(console: Console, outcomes: Sequence[FileOutcome], *, limit: int) -> None:
    """Print the worst misses: confidently wrong ones first, then the largest differences."""
    found = find_misses(outcomes)
    title = f"misses (worst {min(limit, len(found))} of {len(found)})"
    table = Table("file", "item", "truth", "read", "conf.", title=title)
    for miss in found[:limit]:
        part = miss.part.value if isinstance(miss.part, Item) else miss.part
        sure = "" if miss.confidence is None else f"{miss.confidence:.2f}"
        table.add_row(*map(escape, (miss.file, part, miss.truth, miss.read, sure)))
    console.print(table)


def percent(share: float | None, digits: int = 1) -> str:
    """``97.5 %``, or a dash where nothing was counted."""
    return "–" if share is None else f"{100 * share:.{digits}f} %"
