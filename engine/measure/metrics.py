"""The measures themselves: pure functions over texts, boxes and numbers."""

import itertools
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from engine.values.pictures import Box, Quad


class Grade(StrEnum):
    """How a value that was read compares with the truth, strictest first."""

    EXACT = "exact"
    CASELESS = "caseless"
    """Right but for case and spacing."""
    FOLDED = "folded"
    """Right but for accents and punctuation too."""
    WRONG = "wrong"
    MISSED = "missed"
    """Printed, but nothing was read."""
    INVENTED = "invented"
    """Nothing is printed, but something was read."""
    ABSENT = "absent"
    """Nothing is printed and nothing was read."""


_LETTERS = str.maketrans(
    {"ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ð": "D", "Þ": "TH", "Ł": "L", "Đ": "D", "Ħ": "H", "ı": "I"}
)
_DIGRAPHS = (("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"))


def fold_case(text: str) -> str:
    """Drop case and all spacing."""
    return "".join(text.split()).casefold()


def fold_ascii(text: str) -> str:
    """Drop case, spacing, punctuation and accents; ``Ä``, ``A`` and its transliteration ``AE`` become the same.

    The digraphs follow ICAO 9303-3 section 6, which lets a state choose between ``AE`` and ``A`` for ``Ä``.
    """
    upper = text.upper().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", upper) if c.isalnum())
    for pair, single in _DIGRAPHS:
        plain = plain.replace(pair, single)
    return plain


def grade(truth: str, read: str) -> Grade:
    """Grade one value; an empty truth means that nothing is printed."""
    if not truth:
        return Grade.INVENTED if read else Grade.ABSENT
    if not read:
        return Grade.MISSED
    if read == truth:
        return Grade.EXACT
    if fold_case(read) == fold_case(truth):
        return Grade.CASELESS
    return Grade.FOLDED if fold_ascii(read) == fold_ascii(truth) else Grade.WRONG


def edit_distance(a: str, b: str) -> int:
    """Levenshtein distance: insertions, deletions and substitutions that turn ``a`` into ``b``."""
    return Levenshtein.distance(a, b)


def bounding_box(quad: Quad) -> Box:
    """The upright whole-pixel box around a quadrilateral."""
    left, top = math.floor(min(p.x for p in quad)), math.floor(min(p.y for p in quad))
    right, bottom = math.ceil(max(p.x for p in quad)), math.ceil(max(p.y for p in quad))
    return Box(left, top, right - left, bottom - top)


def iou(a: Box, b: Box) -> float:
    """Intersection over union of two upright boxes; 0 where either is empty."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    shared = max(width, 0) * max(height, 0)
    total = a.width * a.height + b.width * b.height - shared
    return shared / total if total > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability diagram: ``count`` values said to be right with probability in [low, high)."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


BIN_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Finer at the top, where nearly all confidences lie and where being wrong costs most."""


def reliability(predictions: Iterable[tuple[float, bool]], edges: Sequence[float] = BIN_EDGES) -> list[Bin]:
    """Sort (confidence, right) pairs into bins; bins without a pair are left out."""
    pairs = list(predictions)
    bins = []
    for low, high in itertools.pairwise(edges):
        inside = [p for p in pairs if low <= p[0] and (p[0] < high or high == edges[-1])]
        if inside:
            confidence = sum(p[0] for p in inside) / len(inside)
            accuracy = sum(p[1] for p in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), confidence, accuracy))
    return bins


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between confidence and accuracy, weighted by the bins' counts; 0 without any."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / total if total else 0.0


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of which ``right`` of ``count`` were seen (Wilson 1927); (0, 1) without any."""
    if not count:
        return 0.0, 1.0
    share, z = right / count, 1.959964
    middle = share + z * z / (2 * count)
    around = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - around) / scale), min(1.0, (middle + around) / scale)


def sign_test(gained: int, lost: int) -> float:
    """The probability that so uneven a count of changes, or one more uneven, comes by chance; 1 without any."""
    changes = gained + lost
    tail = sum(math.comb(changes, k) for k in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << changes))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0..1) of the values lie, linearly interpolated; 0 without any."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
