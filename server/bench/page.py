"""The report as one HTML page: silent errors first, plots, what was left out, every miss. No script."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from engine.measure.metrics import percentile, sign_test, wilson
from engine.measure.misses import Miss
from engine.measure.results import Change, Result
from engine.measure.runner import FileOutcome
from engine.measure.truth import Problem
from engine.values.items import Item

from . import words
from .gallery import figure
from .plots import Said, Share, bars, latency_curve, reliability_diagram
from .words import Words, both, item_words

Language: TypeAlias = Literal["en", "zh"]
_FEWEST: Final = 1
"""Pictures of a condition that is shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the page tells; ``repr`` tells nothing that was read.

    ``pictures`` are JPEGs of ``misses``, in the same order. ``changes`` are those since the result named ``against``.
    """

    result: Result = field(repr=False)
    outcomes: Sequence[FileOutcome] = field(repr=False)
    misses: Sequence[Miss] = field(repr=False)
    pictures: Sequence[bytes] = field(repr=False)
    problems: Sequence[Problem] = ()
    changes: Sequence[Change] = ()
    against: str = ""
    language: Language = "en"


def render(report: Report) -> str:
    """Return the page."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    name = escape(str(report.result["dataset"]))
    return (
        f'<!doctype html>\n<html lang="{report.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name} – passport-ocr bench</title><style>{style}</style></head><body>"
        f"{_switch(report.language)}<main>{''.join(_sections(report))}</main></body></html>\n"
    )


@cache
def _style() -> str:
    return (files(__package__) / "report.css").read_text(encoding="utf-8")


def _switch(language: Language) -> str:
    chosen = {"en": "", "zh": ""} | {language: " checked"}
    radios = "".join(
        f'<input class="switch" type="radio" name="language" id="{code}"{chosen[code]}>' for code in ("en", "zh")
    )
    return f'{radios}<nav><label for="en">English</label> <label for="zh" lang="zh">中文</label></nav>'


def _sections(report: Report) -> Iterable[str]:
    yield _head(report.result)
    yield _cards(report)
    yield _silent(report)
    yield _problems(report.problems)
    if report.against:
        yield _changes(report)
    yield _items(report.result)
    yield _conditions(report.outcomes)
    yield _reliability(report.result)
    yield _latency(report.outcomes)
    yield _misses(report)


def _head(result: Result) -> str:
    machine, versions = result["machine"], ", ".join(f"{use} {name}" for use, name in result["versions"].items())
    facts = f"{result['date']} · {machine['cpu']}, {machine['cores']} · Python {machine['python']} · {versions}"
    release = f"passport-ocr {result['release']} · items={result['items']}"
    return (
        f"<h1>{both(words.TITLE)}: {escape(str(result['dataset']))}</h1>"
        f'<p class="soft">{escape(release)}<br>{escape(facts)}</p><p class="private">{both(words.PRIVATE)}</p>'
    )


def _cards(report: Report) -> str:
    summary = report.result["summary"]
    zones, negatives = summary["mrz"], summary["negatives"]
    graded = [item for o in report.outcomes if not o.document.negative for item in o.items]
    right = sum(item.right for item in graded)
    silent = sum(miss.silent for miss in report.misses)
    cards = [
        _card(words.PICTURES, str(len(report.outcomes))),
        _card(words.SILENT, str(silent), "bad" if silent else "good"),
        _card(words.ZONES, f"{zones['exact']}/{zones['count']}"),
        _card(words.VALUES, f"{right}/{len(graded)}"),
        _card(words.MEDIAN, f"{summary['cpu_seconds']['median']:.2f}"),
    ]
    if negatives["count"]:
        cards.append(_card(words.NEGATIVES, f"{negatives['read']}/{negatives['count']}"))
    return f'<div class="cards">{"".join(cards)}</div>'


def _card(words_: Words, figure_: str, kind: str = "") -> str:
    return f'<div class="card {kind}"><b>{escape(figure_)}</b>{both(words_)}</div>'


def _section(title: Words, text: Words, body: str) -> str:
    return f"<section><h2>{both(title)}</h2><p>{both(text)}</p>{body}</section>"


def _silent(report: Report) -> str:
    figures = [figure(m, p) for m, p in zip(report.misses, report.pictures, strict=True) if m.silent]
    body = f'<div class="gallery">{"".join(figures)}</div>' if figures else f"<p>{both(words.NONE_SILENT)}</p>"
    return _section(words.SILENT_TITLE, words.SILENT_TEXT, body)


def _problems(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    rows = [(escape(p.kind.value), escape(p.where), escape(p.advice)) for p in problems]
    return _section(words.LEFT_OUT, words.LEFT_OUT_TEXT, _table((words.WHAT, words.WHERE, words.ADVICE), rows))


def _table(heads: Sequence[Words], rows: Iterable[Sequence[str]], numbers: int = 99) -> str:
    """A table of HTML cells; columns from ``numbers`` on hold figures."""
    kinds = ['class="n"' if column >= numbers else "" for column in range(len(heads))]
    top = "".join(f"<th {kind}>{both(head)}</th>" for head, kind in zip(heads, kinds, strict=True))
    lines = (
        "<tr>" + "".join(f"<td {k}>{cell}</td>" for k, cell in zip(kinds, row, strict=True)) + "</tr>" for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _items(result: Result) -> str:
    shares, rows = [], []
    for item in Item:
        score = result["summary"]["items"]["each"][item.value]
        count = score["count"] + score["not_printed"]
        if not count:
            continue
        right = round((score["exact"] or 0) * score["count"]) + score["not_printed"] - score["invented"]
        shares.append(Share(item_words(item), right, count))
        low, high = wilson(right, count)
        interval = f"{100 * low:.1f} – {100 * high:.1f} %"
        invented = f"{score['invented']}/{score['not_printed']}"
        figures = (f"{right}/{count}", f"{100 * right / count:.1f} %", interval, str(score["missed"]), invented)
        rows.append((both(item_words(item)), *figures))
    heads = (words.ITEM, words.RIGHT, words.SHARE, words.INTERVAL, words.MISSED, words.INVENTED)
    body = bars(words.ITEMS, shares) + _table(heads, rows, 1) if rows else f"<p>{both(words.NOTHING)}</p>"
    return _section(words.ITEMS, words.ITEMS_TEXT, body)


def _conditions(outcomes: Sequence[FileOutcome]) -> str:
    groups = _groups(outcomes)
    if not groups:
        return ""
    shares, rows = [], []
    for name, members in groups.items():
        right = sum(_all_right(o) for o in members)
        shares.append(Share(Words(name, name), right, len(members)))
        silent = sum(o.mrz_silent_error or any(i.silent_error for i in o.items) for o in members)
        seconds = percentile([o.cpu_seconds for o in members], 0.5)
        rows.append((escape(name), f"{right}/{len(members)}", str(silent), f"{seconds:.2f}"))
    heads = (words.CONDITION, words.RIGHT, words.SILENT, words.SECONDS)
    return _section(words.CONDITIONS, words.CONDITIONS_TEXT, bars(words.CONDITIONS, shares) + _table(heads, rows, 1))


def _groups(outcomes: Sequence[FileOutcome]) -> dict[str, list[FileOutcome]]:
    named: dict[str, list[FileOutcome]] = {}
    for outcome in outcomes:
        for name in dict.fromkeys([outcome.document.doc, *outcome.document.tags]):
            named.setdefault(name, []).append(outcome)
    return {name: named[name] for name in sorted(named, key=lambda n: -len(named[n])) if len(named[name]) >= _FEWEST}


def _all_right(outcome: FileOutcome) -> bool:
    if outcome.document.negative:
        return outcome.refused
    return (outcome.mrz_exact or not outcome.document.mrz) and all(item.right for item in outcome.items)


def _reliability(result: Result) -> str:
    bins: Sequence[Mapping[str, Any]] = result["summary"]["calibration"]["bins"]
    if not bins:
        return ""
    groups = [Said(b["from"], b["to"], b["confidence"], round(b["accuracy"] * b["count"]), b["count"]) for b in bins]
    ece = f'<p class="soft">ECE {result["summary"]["calibration"]["ece"]:.4f}</p>'
    return _section(words.RELIABILITY, words.RELIABILITY_TEXT, reliability_diagram(words.RELIABILITY, groups) + ece)


def _latency(outcomes: Sequence[FileOutcome]) -> str:
    if not outcomes:
        return ""
    stages: dict[str, list[float]] = {}
    for outcome in outcomes:
        for stage, seconds in (outcome.reading.timings if outcome.reading else {}).items():
            stages.setdefault(stage, []).append(seconds)
    rows = [(escape(stage), f"{percentile(seconds, 0.5):.3f}") for stage, seconds in stages.items()]
    curve = latency_curve(words.LATENCY, [o.cpu_seconds for o in outcomes])
    return _section(words.LATENCY, words.LATENCY_TEXT, curve + _table((words.STAGE, words.SECONDS), rows, 1))


def _changes(report: Report) -> str:
    parts: dict[str, list[int]] = {}
    for change in report.changes:
        for column, names in enumerate((change.gained, change.lost)):
            for name in names:
                parts.setdefault(name, [0, 0])[column] += 1
    rows = [
        (
            _part(name),
            f'<span class="good">{up}</span>',
            f'<span class="bad">{down}</span>',
            f"{sign_test(up, down):.3f}",
        )
        for name, (up, down) in sorted(parts.items(), key=lambda row: row[1][0] - row[1][1])
    ]
    files = [
        (escape(c.file), ", ".join(map(_part, c.gained)), ", ".join(map(_part, c.lost)))
        for c in sorted(report.changes, key=lambda c: not c.lost)
    ]
    table = _table((words.ITEM, words.BETTER, words.WORSE, words.CHANCE), rows, 1)
    single = _table((words.FILE, words.BETTER, words.WORSE), files)
    body = (
        f'<p class="soft">{escape(report.against)}</p>{table}{single}' if files else f"<p>{both(words.NOTHING)}</p>"
    )
    return _section(words.CHANGES, words.CHANCE_TEXT, body)


def _part(name: str) -> str:
    """A part of a picture as results name it, in the language chosen."""
    return both(item_words(Item(name))) if name in Item.__members__.values() else escape(name)


def _misses(report: Report) -> str:
    figures = [figure(m, p) for m, p in zip(report.misses, report.pictures, strict=True)]
    body = f'<div class="gallery">{"".join(figures)}</div>' if figures else f"<p>{both(words.NO_MISSES)}</p>"
    return _section(words.MISSES, words.MISSES_TEXT, body)
