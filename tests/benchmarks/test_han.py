from benchmarks.han import Outcome, grouped, summarise


def outcome(told: bool, right: bool, confidence: float = 0.95, shown: bool = True, kind: str = "scan94") -> Outcome:
    return Outcome(kind, "common", shown, told, right, confidence)


def test_what_is_counted() -> None:
    outcomes = [
        outcome(True, True, 0.999),
        outcome(True, False, 0.995),
        outcome(True, False, 0.7),
        outcome(False, False, 0.0),
        outcome(True, False, 0.6, shown=False),
        outcome(False, True, 0.0, shown=False),
    ]
    assert summarise(outcomes) == {
        "looked_at": 6,
        "shown": 4,
        "right": 1,
        "wrong": 2,
        "not_told": 1,
        "invented": 1,
        "sure": 2,
        "silent": 1,
        "share_right": 0.25,
    }


def test_groups_by_names_and_pictures() -> None:
    groups = grouped([outcome(True, True), outcome(True, True, kind="photo2")])
    assert {name: len(some) for name, some in groups.items()} == {
        "common, scan94": 1,
        "common, photo2": 1,
        "common": 2,
        "all names": 2,
    }


def test_names_with_a_dot_are_names_and_places_are_not() -> None:
    groups = grouped([Outcome("scan94", what, True, True, True, 0.9) for what in ("dotted", "places", "uniform")])
    assert len(groups["all names"]) == 2
    assert len(groups["places"]) == 1
