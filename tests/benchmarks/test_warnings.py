from benchmarks.warnings import CAUSES, count
from engine.values.warnings import Warning


def test_counts_found_and_false_ones() -> None:
    seen = [(("photo", "blurred"), (Warning.BLURRED,)), (("motion",), ()), (("scan",), (Warning.BLURRED,)), ((), ())]
    assert count(seen)[Warning.BLURRED] == (1, 2, 1, 2)


def test_every_warning_is_counted() -> None:
    assert set(CAUSES) == set(Warning)
