import json
from pathlib import Path

from benchmarks.calibrate import Outcome, fit_curves, judge, write_curves
from engine.fusion.calibrate import load_curves
from engine.values.items import Item, Source


def overconfident(right_every: int) -> list[list[Outcome]]:
    return [[Outcome(Item.AUTHORITY, Source.VIZ, 0.995, i % right_every == 0)] for i in range(200)]


def test_overconfidence_is_mended_on_pictures_it_was_not_fitted_on() -> None:
    verdict = judge(overconfident(2))
    assert verdict["ece_of_scores"] > 0.4
    assert verdict["ece_cross_validated"] < 0.1
    assert (verdict["silent_of_scores"], verdict["silent_cross_validated"]) == (0.5, 0.0)


def test_written_curves_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    write_curves(path, fit_curves(overconfident(2)), {"pictures": 200})
    curve = load_curves("all", path)[Item.AUTHORITY, Source.VIZ]
    assert abs(curve(0.995) - 0.5) < 0.05
    assert json.loads(path.read_text())["made_from"] == {"pictures": 200}


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
