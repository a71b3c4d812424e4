"""What each figure of README and docs is, in English and in Chinese, computed from the committed results."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from benchmarks.figures import tables
from benchmarks.peers.names import NAMES

Language: TypeAlias = Literal["en", "zh"]
Results: TypeAlias = Mapping[str, Mapping[str, Any]]
"""The files of ``benchmarks/results`` by name, without ``.json``."""
Figure: TypeAlias = Callable[[Results, Language], str]


def figures(results: Results, language: Language) -> dict[str, Callable[[], str]]:
    """Return every figure by the name it has in pages; each is computed when it is asked for."""
    return {name: partial(figure, results, language) for name, figure in FIGURES.items()}


def share(part: int, whole: int, language: Language) -> str:
    """``103 of 107``, ``103 / 107``."""
    return f"{part:,} / {whole:,}" if language == "zh" else f"{part:,} of {whole:,}"


def _zone(results: Results, language: Language) -> str:
    score = results["samples"]["summary"]["mrz"]
    return share(score["exact"], score["count"], language)


def _best_peer(results: Results, language: Language) -> str:
    others = {name: score["mrz"] for name, score in results["compare_samples"]["systems"].items() if name != "ours"}
    best = max(others, key=lambda name: others[name]["exact"])
    told = share(others[best]["exact"], others[best]["count"], language)
    named = NAMES[best].plain if best in NAMES else best
    return f"{named} {told}" if language == "zh" else f"{told} for {named}"


def _items(results: Results, language: Language) -> str:
    return tables.percent(results["samples"]["summary"]["items"]["mean_exact"])


def _silent(results: Results, language: Language) -> str:
    silent = results["samples"]["summary"]["silent"]
    return share(silent["items"], silent["items_read"], language)


def _cpu(file: str, size: str, results: Results, language: Language) -> str:
    return f"{results[file]['sizes'][size]['cpu_ms']['p50']:.0f} ms"


def _machine(results: Results, language: Language) -> str:
    machine = results["samples"]["machine"]
    cores = f"{machine['cores']} 核" if language == "zh" else f"{machine['cores']} cores"
    return f"{machine['cpu']}, {cores}"


def _throughput(results: Results, language: Language) -> str:
    return f"{results['load']['throughput']['service']['pictures_per_second']:.1f}"


def _cpu_a_picture(results: Results, language: Language) -> str:
    return f"{results['load']['throughput']['service']['cpu_ms'] / 1000:.2f}"


def _damage(results: Results, language: Language) -> str:
    summary = results["damage"]["summary"]
    found = summary["contradictions"]
    return (
        f"\n\nOf {summary['pages']} generated pages with characters hidden, values damaged or zones that contradict "
        f"each other, {tables.percent(summary['right_or_told'])} are right or said to be doubtful, "
        f"{tables.percent(summary['silent_share'])} silently wrong; {tables.percent(found['found'], 0)} of "
        f"{found['count']} contradictions made on purpose are reported, "
        f"and {tables.percent(found['false_alarms'], 0)} of the undamaged pages are said to have one.\n\n"
    )


FIGURES: Final[Mapping[str, Figure]] = {
    "zone": _zone,
    "best-peer": _best_peer,
    "items": _items,
    "silent": _silent,
    "cpu": partial(_cpu, "latency_all", "1280x720"),
    "cpu-zone": partial(_cpu, "latency_mrz", "1280x720"),
    "machine": _machine,
    "pictures-a-second": _throughput,
    "cpu-a-picture": _cpu_a_picture,
    "load": lambda results, language: tables.load_table(results),
    "attacks": lambda results, language: tables.attacks_table(results),
    "damage": _damage,
    "accuracy": lambda results, language: tables.accuracy_table(results),
    "items-one-by-one": lambda results, language: tables.items_table(results),
    "peers": lambda results, language: tables.peers_table(results),
    "peers-items": lambda results, language: tables.lines_table(results),
    "times": lambda results, language: tables.times_table(results),
    "origin": lambda results, language: tables.origin_table(results),
}
