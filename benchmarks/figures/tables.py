"""Tables of the page "Accuracy and speed", as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.peers.names import NAMES
from engine.values.items import Item

SETS: Final[Mapping[str, str]] = {
    "samples": "published specimens, photos and mock-ups",
    "retaken": "pictures of these pages, photographed and scanned again by the generator's cameras",
    "generated": "generated pages",
    "random": "generated pages of random layouts",
}
CONDITIONS: Final[Mapping[str, str]] = {
    "chinese_clean200": "Chinese pages, clean scans from 200 dpi",
    "chinese_scan94": "Chinese pages, scans at 94 dpi",
    "scan150": "all scans from 150 dpi",
    "scan94": "all scans at 94 dpi",
    "photo": "photos",
}
COMMANDS: Final[Mapping[str, str]] = {
    "samples": "python -m benchmarks.accuracy FOLDER",
    "retaken": "python -m benchmarks.retaken FOLDER out/again --seed 8; python -m benchmarks.accuracy out/again",
    "generated": "python -m models.training.draw.samples out/new --count 300 --seed 20261202; "
    "python -m benchmarks.accuracy out/new",
    "random": "python -m models.training.draw.samples out/random --count 400 --seed 506 --layout random; "
    "python -m benchmarks.accuracy out/random",
    "damage": "python -m benchmarks.damage --count 400 --seed 20270",
    "compare_samples": "python -m benchmarks.compare FOLDER",
    "compare_items_samples": "python -m benchmarks.compare_items FOLDER",
    "latency_all": "python -m benchmarks.latency --items all",
    "latency_mrz": "python -m benchmarks.latency --items mrz",
    "load": "make load",
    "soak": "make soak",
    "attacks": "python -m benchmarks.attacks",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table between blank lines."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n\n" + "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n\n"


def percent(value: float | None, digits: int = 1) -> str:
    """``96.4 %``; a dash where there is nothing to count."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def accuracy_table(results: Mapping[str, Any]) -> str:
    """A row for each set of pictures, and below the generated ones a row for each condition."""
    head = ["pictures", "MRZ exact", "items exact, mean", "boxes IoU ≥ 0.5"]
    head += ["silent errors: items; MRZ", "ECE", "read without a passport"]
    rows = [_set_row(name, results[name]) for name in SETS]
    groups = results["generated"]["summary"]["by_condition"]
    rows += [_condition_row(CONDITIONS[name], groups[name]) for name in CONDITIONS if name in groups]
    return table(head, rows)


def _set_row(name: str, result: Mapping[str, Any]) -> list[str]:
    summary = result["summary"]
    silent, td3, none = summary["silent"], summary["mrz_td3"], summary["negatives"]
    return [
        f"{len(result['files'])} {SETS[name]} (`{name}.json`)",
        f"{_of(summary['mrz'])} ({percent(summary['mrz']['exact_share'])}); TD3 {_of(td3)}",
        percent(summary["items"]["mean_exact"]),
        percent(summary["boxes"]["iou_50"]),
        f"{silent['items']} of {silent['items_read']:,}; {silent['mrz']} of {summary['mrz']['count']}",
        f"{summary['calibration']['ece']:.3f}",
        f"{none['read']} of {none['count']}" if none["count"] else "none among them",
    ]


def _condition_row(name: str, group: Mapping[str, Any]) -> list[str]:
    silent = f"{group['silent_items']}; –"
    accuracy = [_of(group["mrz"]), percent(group["items_mean_exact"]), percent(group["boxes_iou_50"])]
    return [f"– {name}", *accuracy, silent, f"{group['ece']:.3f}", ""]


def _of(score: Mapping[str, Any]) -> str:
    return f"{score['exact']} of {score['count']}"


def items_table(results: Mapping[str, Any]) -> str:
    """The share of exact values, item by item."""
    sets = [results[name]["summary"]["items"]["each"] for name in SETS]
    head = ["item", "", "specimens", "taken again", "generated", "random"]
    rows = [[i.value, i.english, *(percent(each[i.value]["exact"]) for each in sets)] for i in Item]
    return table(head, rows)


def peers_table(results: Mapping[str, Any]) -> str:
    """This engine and others over the same pictures, best first."""
    compared = results["compare_samples"]
    systems = sorted(compared["systems"].items(), key=lambda entry: -entry[1]["mrz"]["exact"])
    head = ["system", "every line exact", "TD3", "characters", "silent errors", "CPU s, median"]
    rows = [
        [
            f"{NAMES[name].described if name in NAMES else name}{_version(compared['requirements'][name])}",
            _of(score["mrz"]),
            _of(score["mrz_td3"]),
            percent(score["mrz"]["character_accuracy"]),
            str(score["silent"]),
            f"{score['cpu_seconds']['median']:.3f}",
        ]
        for name, score in systems
    ]
    return table(head, rows)


def lines_table(results: Mapping[str, Any]) -> str:
    """Items exact with our lines, and with another system's in their place."""
    compared = results["compare_items_samples"]["items"]
    head = ["item", *("with our lines" if name == "ours" else f"with {name}" for name in compared)]
    rows = [
        [item.english, *("{} of {}".format(*counts[item.name]) for counts in compared.values())]
        for item in Item
        if all(item.name in counts for counts in compared.values())
    ]
    return table(head, rows)


def _version(requirements: Sequence[str]) -> str:
    return f" ({requirements[0].replace('==', ' ')})" if requirements else ""


def times_table(results: Mapping[str, Any]) -> str:
    """CPU milliseconds of a read, and what the stages take of it."""
    head = ["CPU ms, median (95th percentile)", "1280×720", "4000×3000"]
    zone, everything = results["latency_mrz"]["sizes"].values(), results["latency_all"]["sizes"].values()
    stages = ("decode", "locate", "mrz", "visual")
    rows = [
        ["MRZ only", *(_times(size) for size in zone)],
        ["all fifteen items", *(_times(size) for size in everything)],
        [" + ".join(stages), *(" + ".join(_stage(size, name) for name in stages) for size in everything)],
        ["decoding the JPEG alone, to compare", *(f"{size['decode_cpu_ms']['p50']:.0f}" for size in everything)],
    ]
    return table(head, rows)


def _times(size: Mapping[str, Any]) -> str:
    return f"{size['cpu_ms']['p50']:.0f} ({size['cpu_ms']['p95']:.0f})"


def _stage(size: Mapping[str, Any], name: str) -> str:
    return f"{size['stages_cpu_ms'][name]['p50']:.0f}"


def load_table(results: Mapping[str, Any]) -> str:
    """What the service bears, and what mixed and hostile requests do to it."""
    load, soak = results["load"], results["soak"]
    speed, most, memory = load["throughput"], load["loads"]["10x"], soak["rss"]
    rows = [
        ["pictures a second", f"{speed['service']['pictures_per_second']:.1f}"],
        ["of what the bare library read beside it", percent(speed["ratio"], 0)],
        ["CPU seconds a picture", f"{speed['service']['cpu_ms'] / 1000:.2f}"],
        ["requests at ten times that rate", f"{most['requests']:,}"],
        ["… of which neither a reading nor a 503 answered", str(most["unanswered"])],
        ["minutes of mixed good and hostile requests", f"{soak['minutes']:.0f}"],
        ["… requests, of which answered wrongly", f"{soak['requests']:,}, {soak['wrong']}"],
        ["… workers killed meanwhile", str(len(soak["killed"]))],
        [
            "… memory of service and workers, and how much it grew",
            f"{memory['late_mb']:.0f} MB, {percent(memory['growth'])}",
        ],
        ["… file handles before and after", f"{soak['handles']['before']}, {soak['handles']['after']}"],
    ]
    machine = f"{load['machine']['cpu']}, {load['machine']['cores']} cores"
    return table(["", f"{machine}; commits {load['commit']}, {soak['commit']}"], rows)


def attacks_table(results: Mapping[str, Any]) -> str:
    """How much slower each attack made another app's reads."""
    attacks = results["attacks"]
    rows = [
        [name.replace("_", " "), f"{row['slower']:.1f}", f"{row['ms']['p95']} ms", _answered(row["answers"])]
        for name, row in attacks["attacks"].items()
    ]
    head = ["attack", "times as long as alone", "95 of 100 within", "answered"]
    machine = f"{attacks['machine']['cpu']}, {attacks['machine']['cores']} cores"
    return table(head, rows) + f"{machine}; commit {attacks['commit']}; {attacks['seconds']:.0f} s each.\n\n"


def _answered(answers: Mapping[str, int]) -> str:
    return f"{answers.get('200 0', 0)} of {sum(answers.values())}"


def origin_table(results: Mapping[str, Any]) -> str:
    """Which command wrote which result, when, from which commit and on which machine."""
    rows = []
    for name, command in COMMANDS.items():
        result = results[name]
        machine = f"{result['machine']['cpu']}, {result['machine']['cores']} cores"
        rows.append([f"`{name}.json`", f"`{command}`", result["date"][:10], result["commit"], machine])
    return table(["result", "command", "date", "commit", "machine"], rows)
