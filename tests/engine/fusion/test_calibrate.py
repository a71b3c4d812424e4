import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ModelDamaged
from engine.fusion.calibrate import Curve, calibrate, load_curves
from engine.values.items import Item, ItemReading, Source

SHARE = st.floats(0, 1)
SCORES = st.lists(SHARE, min_size=1, max_size=6, unique=True).map(sorted).map(tuple)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    scores = draw(SCORES)
    heights = draw(st.lists(SHARE, min_size=len(scores), max_size=len(scores)))
    return Curve(scores, tuple(sorted(heights)))


@given(curves(), SHARE, SHARE)
def test_a_curve_rises_within_its_points(curve: Curve, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= curve(low) <= curve(high) + 1e-9 <= curve.probabilities[-1] + 2e-9


def test_a_curve_goes_through_its_points_and_from_nothing() -> None:
    curve = Curve((0.5, 0.9), (0.4, 0.8))
    assert [round(curve(x), 6) for x in (0, 0.25, 0.5, 0.7, 0.9, 1)] == [0, 0.2, 0.4, 0.6, 0.8, 0.8]


@pytest.mark.parametrize(
    ("scores", "probabilities"),
    [((), ()), ((0.5,), (0.1, 0.2)), ((0.5, 0.4), (0.1, 0.2)), ((0.4, 0.5), (0.2, 0.1)), ((0.5,), (1.5,))],
)
def test_what_does_not_rise_is_no_curve(scores: tuple[float, ...], probabilities: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="curve"):
        Curve(scores, probabilities)


def test_scores_are_kept_and_only_items_with_a_curve_change() -> None:
    items = (ItemReading(Item.SEX, "F", 0.8, source=Source.BOTH), ItemReading(Item.SEX, "F", 0.8, source=Source.MRZ))
    done = calibrate(items, {(Item.SEX, Source.BOTH): Curve((0.8,), (0.6,))})
    assert [(i.confidence, i.score) for i in done] == [(0.6, 0.8), (0.8, 0.8)]


def test_one_zone_alone_is_never_surer_than_both() -> None:
    item = ItemReading(Item.SEX, "F", 0.9, source=Source.MRZ)
    curves = {(Item.SEX, Source.BOTH): Curve((0.9,), (0.97,)), (Item.SEX, Source.MRZ): Curve((0.9,), (0.99,))}
    assert calibrate([item], curves)[0].confidence == 0.97


def test_nothing_read_stays_at_nothing() -> None:
    assert calibrate([ItemReading(Item.AUTHORITY)], load_curves("all"))[0].confidence == 0.0


def test_shipped_curves_name_their_origin_and_cover_every_item() -> None:
    assert {item for item, _ in load_curves("all")} == set(Item)


@pytest.mark.parametrize("content", [None, "no JSON", "{}", json.dumps({"curves": {"SEX": {"MRZ": {}}}})])
def test_damaged_curves_are_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "calibration.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelDamaged):
        load_curves("all", path)
