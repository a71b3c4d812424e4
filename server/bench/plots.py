"""Plots as SVG in the page: no script and no style but classes, which a strict content security policy allows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from engine.measure.metrics import percentile, wilson

from .words import CONFIDENCE, Words

_WIDTH: Final = 760
_LEFT: Final = 220
_RIGHT: Final = 130
_ROW: Final = 26


@dataclass(frozen=True, slots=True)
class Share:
    """A bar: ``right`` of ``count``; ``note`` stands behind it."""

    name: Words
    right: int
    count: int
    note: str = ""


def bars(title: Words, shares: Sequence[Share]) -> str:
    """Return a row for each share: a bar, its 95 % interval as a line, the figures behind it."""
    height = _ROW * len(shares) + 30
    parts = [_axis(height)]
    for row, share in enumerate(shares):
        parts.append(_bar(share, 8 + row * _ROW))
    return _svg(title, height, parts)


def _bar(share: Share, top: float) -> str:
    low, high = wilson(share.right, share.count)
    part = share.right / share.count if share.count else 0.0
    middle = top + _ROW / 2 - 2
    figures = f"{100 * part:.1f} %  {share.right}/{share.count} {share.note}".strip()
    return (
        _label(share.name, _LEFT - 8, middle + 4)
        + f'<rect class="bar" x="{_LEFT}" y="{top + 3}" width="{_x(part) - _LEFT:.1f}" height="{_ROW - 10}"/>'
        + f'<path class="interval" d="M{_x(low):.1f} {middle}H{_x(high):.1f}M{_x(low):.1f} {middle - 4}v8'
        + f'M{_x(high):.1f} {middle - 4}v8"/>'
        + f'<text class="figure" x="{_WIDTH - _RIGHT + 8}" y="{middle + 4}">{escape(figures)}</text>'
    )


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _axis(height: float) -> str:
    parts = []
    for step in range(0, 101, 20):
        x = _x(step / 100)
        parts.append(f'<path class="grid" d="M{x:.1f} 4V{height - 20}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{height - 6}">{step} %</text>')
    return "".join(parts)


def _label(name: Words, x: float, y: float) -> str:
    return "".join(
        f'<text class="name {language}" x="{x}" y="{y}">{escape(_short(text))}</text>'
        for language, text in (("en", name.en), ("zh", name.zh))
    )


def _short(text: str) -> str:
    return text if len(text) <= 32 else f"{text[:31]}…"


@dataclass(frozen=True, slots=True)
class Said:
    """A group of values by confidence: the mean that was ``said``, and how many were right."""

    low: float
    high: float
    said: float
    right: int
    count: int


_TALL: Final = 280


def reliability_diagram(title: Words, groups: Sequence[Said]) -> str:
    """Return a column for each group: a ring at what was said, a dot and its interval at what was right."""
    parts, wide = [_levels()], (_WIDTH - 90) / max(1, len(groups))
    for column, group in enumerate(groups):
        x = 60 + wide * (column + 0.5)
        low, high = wilson(group.right, group.count)
        parts += [
            f'<path class="interval" d="M{x:.1f} {_y(low):.1f}V{_y(high):.1f}M{x - 4:.1f} {_y(low):.1f}h8'
            f'M{x - 4:.1f} {_y(high):.1f}h8"/>',
            f'<circle class="said" cx="{x:.1f}" cy="{_y(group.said):.1f}" r="6"/>',
            f'<circle class="dot" cx="{x:.1f}" cy="{_y(group.right / group.count):.1f}" r="3.5"/>',
            f'<text class="tick" x="{x:.1f}" y="{_TALL + 30}">{group.low:g}–{group.high:g}</text>',
            f'<text class="tick" x="{x:.1f}" y="{_TALL + 46}">n = {group.count}</text>',
        ]
    parts.append(_middle_label(CONFIDENCE, _TALL + 64))
    return _svg(title, _TALL + 72, parts)


def _y(share: float) -> float:
    return 12 + (1 - share) * (_TALL - 12)


def _levels() -> str:
    return "".join(
        f'<path class="grid" d="M60 {_y(step / 100):.1f}H{_WIDTH - 30}"/>'
        f'<text class="level" x="52" y="{_y(step / 100) + 4:.1f}">{step} %</text>'
        for step in range(0, 101, 20)
    )


def _middle_label(words: Words, y: float) -> str:
    return "".join(
        f'<text class="tick {language}" x="{_WIDTH / 2}" y="{y}">{escape(text)}</text>'
        for language, text in (("en", words.en), ("zh", words.zh))
    )


def latency_curve(title: Words, seconds: Sequence[float]) -> str:
    """Return the share of pictures done within a time, with the median and the 90th percentile marked."""
    ordered = sorted(seconds)
    longest = _round_up(ordered[-1])
    steps = [f"M{_time(0, longest):.1f} {_y(0):.1f}"]
    for number, second in enumerate(ordered, 1):
        steps.append(f"H{_time(second, longest):.1f}V{_y(number / len(ordered)):.1f}")
    parts = [_levels(), f'<path class="curve" d="{"".join(steps)}H{_WIDTH - 30}"/>']
    for share in (0.5, 0.9):
        second = percentile(ordered, share)
        x = _time(second, longest)
        parts.append(f'<path class="mark" d="M{x:.1f} {_y(share):.1f}V{_TALL}"/>')
        anchor = "mark-end" if x > _WIDTH * 0.8 else "mark-start"
        text = f"p{100 * share:.0f} {second:.3f} s"
        parts.append(f'<text class="{anchor}" x="{x:.1f}" y="{_y(share) + 18:.1f}">{text}</text>')
    for step in range(6):
        second = longest * step / 5
        parts.append(f'<text class="tick" x="{_time(second, longest):.1f}" y="{_TALL + 20}">{second:.3g} s</text>')
    return _svg(title, _TALL + 30, parts)


def _time(second: float, longest: float) -> float:
    return 60 + second / longest * (_WIDTH - 90)


def _round_up(second: float) -> float:
    if second <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(second))
    return next(power * step for step in (1, 2, 5, 10) if second <= power * step)


def _svg(title: Words, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-label="{escape(title.en)} / {escape(title.zh)}">'
        + "".join(parts)
        + "</svg>"
    )
