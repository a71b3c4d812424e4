import json
from pathlib import Path

import pytest

from engine.fusion.calibrate import load_curves
from engine.values.items import Item, Scope, Source
from models.training.confidence.item_curves import Outcome, fit_curves, key_of, write_curves


def test_written_curves_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    overconfident = [[Outcome(Item.AUTHORITY, Source.VIZ, 0.995, i % 2 == 0)] for i in range(200)]
    write_curves(path, fit_curves(overconfident), {"pictures": 200})
    curve = load_curves("all", path)[Item.AUTHORITY, Source.VIZ]
    assert abs(curve(0.995) - 0.5) < 0.05
    assert json.loads(path.read_text(encoding="utf-8"))["made_from"] == {"pictures": 200}


@pytest.mark.parametrize(
    ("item", "scope", "counts_for"),
    [(Item.SURNAME, "mrz", "mrz"), (Item.SURNAME, "all", "all"), (Item.PASSPORT_NUMBER, "mrz", "all")],
)
def test_only_names_of_the_zone_alone_count_apart(item: Item, scope: Scope, counts_for: Scope) -> None:
    assert key_of(Outcome(item, Source.MRZ, 0.9, True, scope)) == (counts_for, item, Source.MRZ)


def test_curves_are_written_in_the_order_of_the_items(tmp_path: Path) -> None:
    outcomes = [Outcome(item, Source.VIZ, 0.9, True) for item in reversed(Item)]
    write_curves(tmp_path / "calibration.json", fit_curves([outcomes]), {})
    stored = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert list(stored["curves"]) == [item.name for item in Item]


def test_names_of_the_zone_alone_have_a_curve_of_their_own(tmp_path: Path) -> None:
    hidden = [Outcome(Item.SURNAME, Source.MRZ, 0.9, i % 4 == 0) for i in range(200)]
    alone = [Outcome(Item.SURNAME, Source.MRZ, 0.9, i % 10 != 0, "mrz") for i in range(200)]
    numbers = [Outcome(Item.PASSPORT_NUMBER, Source.MRZ, 0.9, i % 2 == 0, "mrz") for i in range(200)]
    path = tmp_path / "calibration.json"
    write_curves(path, fit_curves(zip(hidden, alone, numbers, strict=True)), {})
    page, zone = load_curves("all", path), load_curves("mrz", path)
    assert abs(page[Item.SURNAME, Source.MRZ](0.9) - 0.25) < 0.05
    assert abs(zone[Item.SURNAME, Source.MRZ](0.9) - 0.9) < 0.05
    assert page[Item.PASSPORT_NUMBER, Source.MRZ] == zone[Item.PASSPORT_NUMBER, Source.MRZ]
