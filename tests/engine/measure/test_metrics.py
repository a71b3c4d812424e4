import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measure.metrics import (
    Grade,
    bounding_box,
    edit_distance,
    expected_calibration_error,
    fold_ascii,
    grade,
    iou,
    percentile,
    reliability,
)
from engine.values.pictures import Box, Point

TEXT = st.text(alphabet="AB<0", max_size=12)
BOX = st.builds(Box, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 60), st.integers(1, 60))


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("ABC", "ABC", 0), ("ABC", "", 3), ("KITTEN", "SITTING", 3), ("AB", "BA", 2)],
)
def test_edit_distance(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == distance


@given(TEXT, TEXT, TEXT)
def test_edit_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)
    assert abs(len(a) - len(b)) <= edit_distance(a, b) <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("truth", "read", "expected"),
    [
        ("ROZÁLIA IRMA", "ROZÁLIA IRMA", Grade.EXACT),
        ("Ministry of Public Security", "MinistryofPublic Security", Grade.CASELESS),
        ("ROZÁLIA IRMA", "ROZALIA IRMA", Grade.FOLDED),
        ("MÄNNIK", "MAENNIK", Grade.FOLDED),
        ("MARI-LIIS", "MARI LIIS", Grade.FOLDED),
        ("ÞURIÐUR", "THURIDUR", Grade.FOLDED),
        ("L898902C3", "L898902O3", Grade.WRONG),
        ("ZENITH", "", Grade.MISSED),
        ("", "ZENITH", Grade.INVENTED),
        ("", "", Grade.ABSENT),
    ],
)
def test_grade(truth: str, read: str, expected: Grade) -> None:
    assert grade(truth, read) is expected


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_for_letters_of_names(text: str) -> None:
    assert grade(text, text) is (Grade.EXACT if text else Grade.ABSENT)
    assert " " not in fold_ascii(text)


def test_iou_by_hand() -> None:
    assert iou(Box(0, 0, 10, 10), Box(5, 0, 10, 10)) == pytest.approx(50 / 150)
    assert iou(Box(0, 0, 10, 10), Box(10, 0, 10, 10)) == 0
    assert iou(Box(3, 3, 0, 0), Box(3, 3, 0, 0)) == 0


@given(BOX, BOX)
def test_iou_is_symmetric_and_one_only_for_itself(a: Box, b: Box) -> None:
    assert iou(a, b) == iou(b, a)
    assert 0 <= iou(a, b) <= 1
    assert (iou(a, b) == 1) == (a == b)


def test_bounding_box_of_a_tilted_quad() -> None:
    quad = (Point(2.5, 0.2), Point(9, 3), Point(7.1, 8.9), Point(0.5, 6))
    assert bounding_box(quad) == Box(0, 0, 9, 9)


def test_calibration_of_an_honest_and_of_a_boasting_reader() -> None:
    honest = [(0.75, True)] * 3 + [(0.75, False)]
    assert expected_calibration_error(reliability(honest)) == pytest.approx(0)
    boasting = [(1.0, True), (1.0, False)]
    (top,) = reliability(boasting)
    assert (top.low, top.high, top.count, top.accuracy) == (0.99, 1.0, 2, 0.5)
    assert expected_calibration_error([top]) == pytest.approx(0.5)
    assert expected_calibration_error([]) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=50))
def test_every_prediction_falls_into_one_bin(predictions: list[tuple[float, bool]]) -> None:
    bins = reliability(predictions)
    assert sum(b.count for b in bins) == len(predictions)
    assert 0 <= expected_calibration_error(bins) <= 1


def test_percentile() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([7], 0.9) == 7
    assert percentile([], 0.5) == 0
