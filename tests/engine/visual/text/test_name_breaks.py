import pytest

from engine.values.text import CharReading
from engine.visual.text.name_breaks import NameForm, restore_breaks

JEANLUC = NameForm("JEANLUC", frozenset({4}), whole=True)
JEAN_LUC = NameForm("JEANLUC", frozenset(), whole=True)


def restored(text: str, form: NameForm, probability: float = 0.99) -> tuple[str, float]:
    chars, share = restore_breaks([CharReading(c, probability) for c in text], form)
    return "".join(c.char for c in chars), share


@pytest.mark.parametrize(
    ("read", "meant", "share"),
    [
        pytest.param("JEANLUC", "JEAN LUC", 0.3, id="a lost space"),
        pytest.param("JEAN LUC", "JEAN LUC", 1.0, id="a space"),
        pytest.param("JEAN-LUC", "JEAN-LUC", 1.0, id="a hyphen"),
        pytest.param("JEAN- LUC", "JEAN-LUC", 0.8, id="a hyphen with a space"),
        pytest.param("JEAN - LUC", "JEAN-LUC", 0.8, id="a hyphen with two spaces"),
        pytest.param("JEAN.LUC", "JEAN-LUC", 0.6, id="a misread hyphen"),
        pytest.param("JEAN'LUC", "JEAN'LUC", 0.8, id="an apostrophe beside which a space was lost"),
        pytest.param("JEAN;LUC", "JEAN;LUC", 1.0, id="another mark stays"),
        pytest.param("JEAN. LUC", "JEAN. LUC", 1.0, id="a sure mark beside the space stays"),
    ],
)
def test_where_the_mrz_has_a_filler(read: str, meant: str, share: float) -> None:
    assert restored(read, JEANLUC) == (meant, pytest.approx(share))


def test_a_doubtful_mark_beside_a_space_is_a_speck() -> None:
    assert restored("JEAN. LUC", JEANLUC, probability=0.9) == ("JEAN LUC", pytest.approx(0.8))


@pytest.mark.parametrize(("hyphen", "meant", "share"), [(0.1, "JEAN-LUC", 0.6), (0.01, "JEAN LUC", 1.0)])
def test_a_space_in_which_a_hyphen_was_nearly_read_is_one(hyphen: float, meant: str, share: float) -> None:
    chars = [CharReading(c, 0.8, (("-", hyphen),) if c == " " else ()) for c in "JEAN LUC"]
    kept, left = restore_breaks(chars, JEANLUC)
    assert ("".join(c.char for c in kept), left) == (meant, share)


@pytest.mark.parametrize(
    ("read", "meant", "share"),
    [
        pytest.param("JEANLUC", "JEANLUC", 1.0, id="nothing"),
        pytest.param("JEAN LUC", "JEANLUC", 0.8, id="an invented space"),
        pytest.param("JEAN'LUC", "JEAN'LUC", 1.0, id="an apostrophe"),
        pytest.param("JEAN-LUC", "JEAN-LUC", 0.9, id="a mark that the MRZ does not have"),
        pytest.param("'JEANLUC.", "JEANLUC", 1.0, id="marks before and behind go"),
        pytest.param("JEANLUC II", "JEANLUC II", 1.0, id="behind the last letter of the MRZ everything stays"),
    ],
)
def test_where_the_mrz_has_none(read: str, meant: str, share: float) -> None:
    assert restored(read, JEAN_LUC) == (meant, pytest.approx(share))


def test_a_letter_that_the_mrz_writes_in_two_counts_twice_in_its_own_spelling() -> None:
    assert restored("Ægir.Jon", NameForm("AEGIRJON", frozenset({5}), whole=True)) == ("Ægir-Jon", 0.6)


def test_a_restored_hyphen_is_half_as_sure_and_keeps_its_position() -> None:
    chars, _ = restore_breaks(
        [CharReading("A", 1.0, (), 0, 9), CharReading(".", 1.0, (), 9, 12), CharReading("B", 1)],
        NameForm("AB", frozenset({1}), whole=True),
    )
    assert (chars[1].char, chars[1].probability, chars[1].start, chars[1].end) == ("-", 0.5, 9, 12)
