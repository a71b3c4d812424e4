"""The plot of README: this engine and others over the same pictures, as SVG."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from benchmarks.peers.names import NAMES

TITLE: Final = {
    "en": "Published specimens whose machine readable zone was read exactly",
    "zh": "机读码逐字完全读对的公开样本",
}
SILENT: Final = {"en": "{} read wrongly though all check digits hold", "zh": "另有 {} 张读错而校验位全部成立"}
NOTE: Final = {
    "en": "{count} pictures, one thread, {cpu}, {date}; python -m benchmarks.compare",
    "zh": "{count} 张图片，单线程，{cpu}，{date}；python -m benchmarks.compare",
}
WIDTH: Final = 760
LEFT: Final = 224
"""Where bars begin, px."""
LONGEST: Final = 310
"""Length of the bar of all pictures, px."""
ROW: Final = 40
INK, OURS, OTHERS = "#1f2933", "#00796b", "#9aa5b1"


def draw_plot(compared: Mapping[str, Any], language: str) -> str:
    """Return the SVG: a bar a system, best first; the same result gives the same text."""
    systems = sorted(compared["systems"].items(), key=lambda entry: -entry[1]["mrz"]["exact"])
    count = systems[0][1]["mrz"]["count"]
    height = 66 + ROW * len(systems)
    cpu = f"{compared['machine']['cpu']}"
    note = NOTE[language].format(count=count, cpu=cpu, date=compared["date"][:10])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="Helvetica, Arial, \'Noto Sans CJK SC\', sans-serif" font-size="14" role="img">',
        f"<title>{TITLE[language]}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(16, 26, TITLE[language], weight="bold"),
        *(_row(index, name, score, count, language) for index, (name, score) in enumerate(systems)),
        _text(16, height - 10, note, size=11, fill="#52606d"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _row(index: int, name: str, score: Mapping[str, Any], count: int, language: str) -> str:
    exact, top = score["mrz"]["exact"], 40 + ROW * index
    length = round(LONGEST * exact / count)
    color = OURS if name == "ours" else OTHERS
    told = f"{exact} / {count} · {score['cpu_seconds']['median']:.2f} s CPU"
    bar = f'<rect x="{LEFT}" y="{top + 4}" width="{length}" height="22" rx="3" fill="{color}"/>'
    label = _text(
        16, top + 20, NAMES[name].plotted if name in NAMES else name, weight="bold" if name == "ours" else "normal"
    )
    value = _text(LEFT + length + 8, top + 14, told, size=13)
    silent = _text(LEFT + length + 8, top + 28, SILENT[language].format(score["silent"]), size=10, fill="#52606d")
    return "\n".join((bar, label, value, silent))


def _text(x: int, y: int, text: str, *, size: int = 14, weight: str = "normal", fill: str = INK) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(text)}</text>'
