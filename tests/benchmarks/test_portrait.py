"""What is counted of portraits that were found, missed, or shown by no page."""

from benchmarks.portrait import Outcome, summarise


def test_shown_found_and_false_ones_are_counted_apart() -> None:
    outcomes = [
        Outcome("generic", shown=True, read=True, overlap=0.95),
        Outcome("generic", shown=True, read=True, overlap=0.6),
        Outcome("generic", shown=True, read=True, overlap=0.1),
        Outcome("generic", shown=True, read=True, overlap=None),
        Outcome("generic", shown=False, read=True, overlap=0.0),
        Outcome("random", shown=False, read=True, overlap=None),
        Outcome("random", shown=True, read=False, overlap=None),
    ]
    assert summarise(outcomes) == {
        "pictures": 7,
        "zone_read": 6,
        "portraits": 4,
        "found": 3,
        "overlap_85": 1,
        "elsewhere": 1,
        "mean_overlap": 0.55,
        "none_shown": 2,
        "found_all_the_same": 1,
    }


def test_nothing_shown_is_no_division_by_zero() -> None:
    assert summarise([])["mean_overlap"] == 0.0
