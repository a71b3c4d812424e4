import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.text import CharReading
from engine.visual.text.letters import has_foreign_mark, mark_probability, marked_bases, resolve_look_alikes


def settled(text: str, state: str = "UTO") -> str:
    return "".join(c.char for c in resolve_look_alikes([CharReading(c, 0.9) for c in text], state))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("National lmmigration Administration", "National Immigration Administration"),
        ("ldentification Services", "Identification Services"),
        ("specia1 region", "special region"),
        ("BERLlN", "BERLIN"),
        ("L1MA", "LIMA"),
        ("0SAKA", "OSAKA"),
        ("CITY 0F LAG0S", "CITY OF LAGOS"),
        ("B0 500", "B0 500"),
        ("MVD 50O03", "MVD 50003"),
        ("MVD 5000o", "MVD 5000o"),
        ("I2 RUE", "12 RUE"),
        ("Lille", "Lille"),
        ("Llanelli", "Llanelli"),
        ("PRAHA 1", "PRAHA 1"),
        ("Illinois", "Illinois"),
        ("London", "London"),
        ("de la Rue", "de la Rue"),
        ("VzOr", "Vzor"),
        ("sARAH", "SARAH"),
        ("LIBERTEs PUBLIQUEs", "LIBERTES PUBLIQUES"),
        ("McDONALD", "McDONALD"),
        ("van der Wal", "van der Wal"),
    ],
)
def test_strokes_are_spelt_as_their_word_wants(read: str, meant: str) -> None:
    assert settled(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        pytest.param("A | B", "A I B", id="alone, a bar"),
        pytest.param("a l b", "a l b", id="alone, a letter"),
        pytest.param("2l5", "215", id="between digits"),
        pytest.param("|5", "15", id="between digits, at one end"),
        pytest.param("PRAHA1", "PRAHA1", id="number of a district"),
        pytest.param("PRAHAl", "PRAHAI", id="no number of a district: not read as a figure"),
        pytest.param("A15", "A15", id="one beside a digit"),
        pytest.param("Al5", "AI5", id="a letter beside a digit"),
        pytest.param("T1RANA", "TIRANA", id="among capitals"),
        pytest.param("lnstitut", "Institut", id="before a small consonant"),
        pytest.param("lasi", "lasi", id="before a vowel either may stand"),
        pytest.param("Iasi", "Iasi", id="before a vowel either may stand, read as the other"),
        pytest.param("1st", "1st", id="before a small letter, read as a figure"),
        pytest.param("reg1on", "reglon", id="after a small letter"),
        pytest.param("Brazi|", "Brazil", id="after a small letter, at the end"),
        pytest.param("eIA", "eIA", id="between a small letter and a capital nothing is told"),
        pytest.param("一I一", "一I一", id="beside ideographs nothing is told"),
    ],
)
def test_each_rule_for_strokes(read: str, meant: str) -> None:
    assert settled(read) == meant


@pytest.mark.parametrize(
    ("read", "alternatives", "state", "meant"),
    [
        pytest.param("Ū", (), "D", "Ü", id="the one accented letter of this base"),
        pytest.param("Ē", (("Ê", 0.2),), "FRA", "Ê", id="the one that the reader listed too"),
        pytest.param("Ē", (("X", 0.2),), "FRA", "Ē", id="several, none listed: as read"),
        pytest.param("Ş", (("S", 0.2),), "POL", "Ś", id="listed, but not of the alphabet"),
        pytest.param("Ñ", (), "GBR", "N", id="none: the bare letter"),
        pytest.param("Đ", (), "ISL", "Ð", id="drawn alike"),
        pytest.param("Ł", (), "GBR", "Ł", id="no accent that could be taken off"),
    ],
)
def test_each_rule_for_accents(
    read: str, alternatives: tuple[tuple[str, float], ...], state: str, meant: str
) -> None:
    (char,) = resolve_look_alikes([CharReading(read, 0.7, alternatives)], state)
    assert char.char == meant


@pytest.mark.parametrize(
    ("read", "state", "meant"),
    [
        ("LŪBECK", "D", "LÜBECK"),
        ("GUIMARÃES", "PRT", "GUIMARÃES"),
        ("RĪGA", "LVA", "RĪGA"),
        ("MÁLAGA", "ESP", "MÁLAGA"),
        ("DEŃPASÁR", "IDN", "DENPASAR"),
        ("PEÑÄ", "PHL", "PEÑA"),
        ("LŌNDON", "GBR", "LONDON"),
        ("LŌNDON", "UTO", "LŌNDON"),
        ("ÞURIĐUR", "ISL", "ÞURIÐUR"),
        ("ÐAKOVO", "HRV", "ĐAKOVO"),
        ("BAšANAVIčIENĖ", "LTU", "BAŠANAVIČIENĖ"),
    ],
)
def test_accents_are_those_of_the_state(read: str, state: str, meant: str) -> None:
    assert settled(read, state) == meant


@pytest.mark.parametrize(
    ("read", "doubtful", "meant"),
    [
        ("ChristOPhe", {7}, "Christophe"),
        ("VirtaneN", {7}, "Virtanen"),
        ("BiRUTĖ", {1}, "BIRUTĖ"),
        ("DeMarco", {2}, "Demarco"),
        ("DeMarco", set(), "DeMarco"),
        ("TWENTY-SIx", set(), "TWENTY-SIX"),
        ("e", set(), "e"),
        ("GROß", {3}, "GROß"),
    ],
)
def test_a_doubtful_letter_is_as_large_as_its_word(read: str, doubtful: set[int], meant: str) -> None:
    chars = [CharReading(c, 0.6 if i in doubtful else 0.95) for i, c in enumerate(read)]
    assert "".join(c.char for c in resolve_look_alikes(chars, "UTO")) == meant


def test_the_reader_s_second_thought_decides_between_two_accents() -> None:
    char = CharReading("Ā", 0.5, (("Ã", 0.3), ("Â", 0.1)))
    (settled_char,) = resolve_look_alikes([char], "PRT")
    assert settled_char.char == "Ã"
    assert settled_char.probability == pytest.approx(0.8)


@given(st.text(alphabet="Il1|aAbB0Oo .é", max_size=20))
def test_length_and_other_characters_stay(text: str) -> None:
    after = settled(text)
    assert len(after) == len(text)
    assert all(a.lower() == b.lower() for a, b in zip(text, after, strict=True) if a not in "Il1|0Oo")


def test_another_mark_than_the_one_seen_is_doubtful() -> None:
    (char,) = resolve_look_alikes([CharReading("à", 0.9, (("a", 0.08),))], "D")
    assert (char.char, char.probability) == ("ä", pytest.approx(0.45))


def test_the_reader_s_second_thought_of_a_mark_counts_for_it() -> None:
    (char,) = resolve_look_alikes([CharReading("ū", 0.5, (("ü", 0.45),))], "D")
    assert (char.char, round(char.probability, 2)) == ("ü", 0.95)


@pytest.mark.parametrize("state", ["", "XOM", "MMR", "BOL"])
@pytest.mark.parametrize(("read", "common", "rare"), ["ĐĐÐ", "ÐĐÐ", "ŞŞȘ", "ţțţ"])
def test_letters_of_two_alphabets_are_either_where_that_of_the_state_has_neither(
    state: str, read: str, common: str, rare: str
) -> None:
    (char,) = resolve_look_alikes([CharReading(read, 0.9, ((common if read == rare else rare, 0.1),))], state)
    assert (char.char, char.probability) == (common, pytest.approx(0.8))
    assert dict(char.alternatives) == {rare: pytest.approx(0.2)}


def test_a_letter_of_the_states_own_alphabet_is_that_however_it_is_drawn() -> None:
    (char,) = resolve_look_alikes([CharReading("Ş", 0.98)], "TUR")
    assert (char.char, char.probability) == ("Ş", 0.98)


@pytest.mark.parametrize(
    ("char", "probability"),
    [
        (CharReading("A", 0.6, (("Ä", 0.4),)), 1.0),
        (CharReading("Ä", 0.6, (("A", 0.3),)), 2 / 3),
        (CharReading("Ä", 0.6, (("B", 0.3),)), 1.0),
    ],
)
def test_a_mark_is_as_probable_as_its_letter_among_those_of_one_base(char: CharReading, probability: float) -> None:
    assert mark_probability(char) == pytest.approx(probability)


@pytest.mark.parametrize(("probability", "meant"), [(0.96, "MALMÖ"), (0.9, "MALMO")])
def test_a_letter_of_another_alphabet_stays_where_the_reader_was_sure_of_it(probability: float, meant: str) -> None:
    chars = [CharReading(c, probability) for c in "MALMÖ"]
    assert "".join(c.char for c in resolve_look_alikes(chars, "HRV")) == meant


def test_a_letter_of_another_alphabet_stays_where_only_its_mark_is_in_doubt() -> None:
    doubtful = CharReading("Ë", 0.8, (("Ê", 0.12), ("É", 0.06), ("E", 0.01)))
    assert resolve_look_alikes([doubtful], "GBR") == (doubtful,)
    perhaps_bare = CharReading("Ë", 0.8, (("E", 0.12), ("Ê", 0.06)))
    assert resolve_look_alikes([perhaps_bare], "GBR")[0].char == "E"
    perhaps_national = CharReading("Ë", 0.8, (("É", 0.12), ("Ê", 0.06)))
    assert resolve_look_alikes([perhaps_national], "HUN")[0].char == "É"


def test_a_mark_that_was_surely_seen_is_not_dropped_surely() -> None:
    (seen,) = resolve_look_alikes([CharReading("Â", 0.93, (("Ã", 0.01),))], "GBR")
    assert (seen.char, seen.probability < 0.6, seen.alternatives[0][0]) == ("A", True, "Â")
    (speck,) = resolve_look_alikes([CharReading("Â", 0.6, (("A", 0.35),))], "GBR")
    assert (speck.char, speck.probability > 0.9) == ("A", True)


def test_marks_that_are_drawn_alike_are_the_state_s_however_sure_the_reader() -> None:
    chars = resolve_look_alikes([CharReading(c, 0.99) for c in "ŢEPEŞ"], "ROU")
    assert "".join(c.char for c in chars) == "ȚEPEȘ"
    assert min(c.probability for c in chars) == 0.99
    assert resolve_look_alikes([CharReading("Ş", 0.99)], "TUR")[0].char == "Ş"


def test_which_letters_a_state_prints_with_marks() -> None:
    assert {"T", "S", "A"} <= marked_bases("ROU")
    assert "E" not in marked_bases("ROU")
    assert marked_bases("") == frozenset()


@pytest.mark.parametrize(
    ("letter", "state", "foreign"),
    [("Ď", "HRV", True), ("Đ", "HRV", False), ("D", "HRV", False), ("É", "HRV", False), ("Ď", "XYZ", False)],
)
def test_which_marks_are_foreign_on_a_letter_that_a_state_has_another_on(
    letter: str, state: str, foreign: bool
) -> None:
    assert has_foreign_mark(letter, state) is foreign


@pytest.mark.parametrize(
    ("text", "sure"), [("KOLN (1U)", False), ("BRUSSEL (1B", False), ("L1MA", True), ("0SAKA", True)]
)
def test_a_figure_in_a_code_is_not_surely_a_letter(text: str, sure: bool) -> None:
    chars = resolve_look_alikes([CharReading(c, 0.99) for c in text], "UTO")
    assert "1" not in "".join(c.char for c in chars)
    assert (min(c.probability for c in chars) > 0.9) is sure
