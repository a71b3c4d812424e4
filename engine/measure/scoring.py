"""Adds up what happened to the single pictures: plain dictionaries, as they go into the JSON result."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from engine.measure.conditions import conditions
from engine.measure.metrics import Grade, expected_calibration_error, percentile, reliability
from engine.measure.runner import FileOutcome, ItemOutcome
from engine.values.items import Item

Summary = dict[str, Any]


def summarise(outcomes: Sequence[FileOutcome]) -> Summary:
    """Everything the report and the floors look at. Shares are 0..1, and None where nothing was counted."""
    positives = [o for o in outcomes if not o.document.negative]
    negatives = [o for o in outcomes if o.document.negative]
    return {
        "mrz": mrz_score(positives),
        "mrz_td3": mrz_score([o for o in positives if o.document.doc == "TD3"]),
        "negatives": {"count": len(negatives), "read": sum(not o.refused for o in negatives)},
        "items": item_scores(positives),
        "boxes": box_score(positives),
        "silent": silent_errors(outcomes),
        "calibration": calibration(positives),
        "status": dict(Counter(o.status for o in outcomes)),
        "cpu_seconds": cpu_score(outcomes),
        "by_condition": _by_group(positives, lambda o: conditions(o.document)),
        "by_doc": _by_group(positives, lambda o: [o.document.doc]),
        "by_tag": _by_group(positives, lambda o: o.document.tags),
    }


def mrz_score(outcomes: Sequence[FileOutcome]) -> Summary:
    """Documents with every line exact, documents in which any was read, and character accuracy.

    Those whose lines are not known are left out.
    """
    outcomes = [o for o in outcomes if o.mrz_known]
    length = sum(o.mrz_length for o in outcomes)
    errors = sum(o.mrz_errors for o in outcomes)
    return {
        "count": len(outcomes),
        "exact": sum(o.mrz_exact for o in outcomes),
        "exact_share": _share(o.mrz_exact for o in outcomes),
        "found": sum(bool(o.mrz_read) for o in outcomes),
        "character_accuracy": 1 - errors / length if length else None,
    }


def item_scores(outcomes: Sequence[FileOutcome]) -> Summary:
    """Each item's shares at three tolerances over the documents that print it; ``mean_exact`` weighs items alike."""
    each = {item.value: _item_score([i for o in outcomes for i in o.items if i.item is item]) for item in Item}
    means = [s["exact"] for s in each.values() if s["exact"] is not None]
    return {
        "mean_exact": sum(means) / len(means) if means else None,
        "lowest_exact": min(means, default=None),
        "contradicted": sum(len(o.document.contradicted) for o in outcomes),
        "each": each,
    }


def _item_score(items: Sequence[ItemOutcome]) -> Summary:
    printed = [i for i in items if i.truth]
    empty = [i for i in items if not i.truth]
    caseless, folded = {Grade.EXACT, Grade.CASELESS}, {Grade.EXACT, Grade.CASELESS, Grade.FOLDED}
    return {
        "count": len(printed),
        "exact": _share(i.grade is Grade.EXACT for i in printed),
        "caseless": _share(i.grade in caseless for i in printed),
        "folded": _share(i.grade in folded for i in printed),
        "missed": sum(i.grade is Grade.MISSED for i in printed),
        "not_printed": len(empty),
        "invented": sum(i.grade is Grade.INVENTED for i in empty),
    }


def box_score(outcomes: Sequence[FileOutcome]) -> Summary:
    """Shares of the values read, where the truth has a box, whose box overlaps it enough."""
    overlaps = [i.iou for o in outcomes for i in o.items if i.iou is not None]
    return {
        "count": len(overlaps),
        "iou_50": _share(v >= 0.5 for v in overlaps),
        "iou_70": _share(v >= 0.7 for v in overlaps),
    }


def silent_errors(outcomes: Sequence[FileOutcome]) -> Summary:
    """Confidently wrong: items at 0.99 or more, and machine readable zones whose check digits all pass as read.

    ``mrz_repaired`` are the wrong ones beside these whose check digits hold after repair: said to be doubtful.
    """
    read = [i for o in outcomes for i in o.items if i.read]
    return {
        "items_read": len(read),
        "items": sum(i.silent_error for i in read),
        "items_share": _share(i.silent_error for i in read),
        "mrz": sum(o.mrz_silent_error for o in outcomes),
        "mrz_share": _share(o.mrz_silent_error for o in outcomes),
        "mrz_repaired": sum(o.mrz_repaired_error for o in outcomes),
    }


def calibration(outcomes: Sequence[FileOutcome]) -> Summary:
    """Expected calibration error over the items read, and the bins of the reliability diagram."""
    bins = reliability((i.confidence, i.right) for o in outcomes for i in o.items if i.read)
    rows = [
        {
            "from": b.low,
            "to": b.high,
            "count": b.count,
            "confidence": round(b.confidence, 4),
            "accuracy": round(b.accuracy, 4),
        }
        for b in bins
    ]
    return {"ece": expected_calibration_error(bins), "bins": rows}


def cpu_score(outcomes: Sequence[FileOutcome]) -> Summary:
    """CPU seconds a picture, decoding included, loading of the models left out."""
    seconds = [o.cpu_seconds for o in outcomes]
    return {"median": percentile(seconds, 0.5), "p90": percentile(seconds, 0.9), "total": sum(seconds)}


def _by_group(outcomes: Sequence[FileOutcome], groups_of: Callable[[FileOutcome], Collection[str]]) -> Summary:
    names = sorted({name for o in outcomes for name in groups_of(o)})
    groups = {name: [o for o in outcomes if name in groups_of(o)] for name in names}
    return {name: {"mrz": mrz_score(members), **_brief_items(members)} for name, members in groups.items()}


def _brief_items(members: Sequence[FileOutcome]) -> Summary:
    scores = item_scores(members)
    return {
        "items_mean_exact": scores["mean_exact"],
        "items_lowest_exact": scores["lowest_exact"],
        "boxes_iou_50": box_score(members)["iou_50"],
        "ece": calibration(members)["ece"],
        "silent_items": silent_errors(members)["items"],
    }


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None
