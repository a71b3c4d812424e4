import pytest

from engine.fusion.lost_marks import lacks_marks, restore_marks
from engine.values.items import VisualValue
from engine.values.pictures import Point
from engine.values.text import CharReading

QUAD = (Point(0, 0), Point(9, 0), Point(9, 3), Point(0, 3))


def name(text: str, likeness: dict[str, tuple[tuple[str, float], ...]] | None = None) -> VisualValue:
    chars = tuple(CharReading(c, 0.9, (likeness or {}).get(c, ())) for c in text)
    return VisualValue(text, text, 0.95, QUAD, chars)


@pytest.mark.parametrize(
    ("seen", "zone", "same"),
    [
        ("ASA", "AASA", True),
        ("JURI", "JUERI", True),
        ("ĐURIĆ", "DJURIC", True),
        ("ANNA", "ANNE", False),
        ("ERIKSON", "ERIKSSON", False),
        ("TOMAS", "THOMAS", False),
        ("PORA", "THORA", True),
        ("PAMELA", "TAMELA", False),
        ("SMITH", "SCHMIDT", False),
        ("NEHOMULO", "EHOMULO", False),
    ],
)
def test_a_name_that_lost_its_marks_is_no_other_name(seen: str, zone: str, same: bool) -> None:
    assert lacks_marks(seen, zone) is same


@pytest.mark.parametrize(
    ("printed", "zone", "state", "restored"),
    [
        pytest.param("MAKELA", "MAEKELAE", "FIN", "MÄKELÄ", id="zones of the state write Ä so"),
        pytest.param("MAKELA", "MAEKELAE", "KAZ", "MAKELA", id="the page prints no marks"),
        pytest.param("Makela", "MAEKELAE", "FIN", "Mäkelä", id="small letters"),
        pytest.param("MANNIK", "MAENNIK", "EST", "MÄNNIK", id="Estonia"),
        pytest.param("ÆSA MAKELA", "AESA MAEKELAE", "FIN", "ÆSA MÄKELÄ", id="beside one that was read"),
        pytest.param("ÞÓRA PORS", "THORA THORS", "ISL", "ÞÓRA ÞORS", id="one of two was read"),
        pytest.param("PÓRA PORS", "THORA THORS", "ISL", "ÞÓRA ÞORS", id="Þ that was read as P"),
        pytest.param("Póra", "THORA", "DNK", "Þóra", id="the same elsewhere"),
        pytest.param("ASA LIND", "AASA LIND", "SWE", "ÅSA LIND", id="two names"),
        pytest.param("ØVRELAND-ROED", "OEVRELAND ROED", "NOR", "ØVRELAND-ROED", id="nothing is lost"),
    ],
)
def test_a_bare_letter_gets_the_mark_that_its_state_has_there(
    printed: str, zone: str, state: str, restored: str
) -> None:
    assert restore_marks(name(printed), zone, state).value == restored


def test_a_mark_that_was_nearly_read_is_restored_in_any_state() -> None:
    seen = name("SOREN", {"O": (("0", 0.05), ("Ø", 0.02))})
    restored = restore_marks(seen, "SOEREN", "SLE")
    assert restored.value == "SØREN"
    assert restored.confidence <= 0.5
    assert "".join(c.char for c in restored.characters) == "SØREN"
    assert [char for char, _ in restored.characters[1].alternatives] == ["O", "0"]


def test_a_value_spelt_otherwise_than_it_was_read_stays() -> None:
    seen = VisualValue("MAKELA", "MAKELA", 0.95, QUAD, (CharReading("M", 0.9),))
    assert restore_marks(seen, "MAEKELAE", "FIN") is seen
