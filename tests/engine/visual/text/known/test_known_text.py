"""Known authorities and places win where the print agrees, and never against a legible letter."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.known.known_text import KnownText, ReadLine, known_text
from engine.visual.text.lexicon import lexicon
from tests.engine.visual.text.reading import chars_of, evidence_of

Doubts = Mapping[int, float | tuple[float, Mapping[str, float]]]


def line(text: str, probability: float = 0.95, doubts: Doubts | None = None) -> ReadLine:
    chars = chars_of(text, probability, doubts)
    return ReadLine(chars, evidence_of(chars))


def said(known: KnownText | None) -> str | None:
    return "".join(char.char for char in known.chars) if known else None


def doubted(text: str, **others: str) -> ReadLine:
    """A line in which the reader was in doubt about some characters, told by place: ``_3="I"``."""
    places = {int(place[1:]): (0.55, {other: 0.35}) for place, other in others.items()}
    return line(text, 0.98, places)


@pytest.mark.parametrize(
    ("read", "state", "meant"),
    [
        (doubted("Ministry of Pubiic Security", _15="l"), "CHN", "Ministry of Public Security"),
        (doubted("National Immigratlon Administration. PRC", _17="i"), "CHN",
         "National Immigration Administration, PRC"),
        (doubted("XINJLANG", _4="I"), "CHN", "XINJIANG"),
        (line("MINISTER SWIA"), "POL", "MINISTER S W I A"),
        (doubted("MINISfRY OF FOREIGN AFFAIR5", _5="T", _26="S"), "UTO", "MINISTRY OF FOREIGN AFFAIRS"),
        (doubted("INSTITUTO D0S REGISTOS E DO N0TARIADO", _11="O", _29="O"), "PRT",
         "INSTITUTO DOS REGISTOS E DO NOTARIADO"),
        (line("IRN"), "PRT", "IRN"),
    ],
)  # fmt: skip
def test_a_near_reading_becomes_the_known_text_where_the_print_allows_it(
    read: ReadLine, state: str, meant: str
) -> None:
    assert said(known_text([read], state)) == meant


@pytest.mark.parametrize(
    ("read", "state"),
    [
        pytest.param("DEPARTMENT OF CO-HOME AFFAIRS", "UTO", id="letters more"),
        pytest.param("DEPARTMENT OF HOMF AFFAIRS", "UTO", id="another letter"),
        pytest.param("XINJLANG", "CHN", id="of a place"),
        pytest.param("DIRECCION GENERAL DE MIGRACIONES", "VEN", id="letters behind it"),
    ],
)
def test_what_is_legible_is_never_bent(read: str, state: str) -> None:
    assert known_text([line(read, 0.9999)], state) is None


def test_a_text_whose_letters_the_print_hardly_allows_is_less_sure() -> None:
    right = line("MINISTRY OF HOME AFFAIRS", 0.999)
    doubtful = line("MINISTRY OF HDME AFFAIRS", 0.999, {13: (0.9, {"O": 0.005})})
    sure, unsure = known_text([right], "UTO"), known_text([doubtful], "UTO")
    assert sure is not None
    assert unsure is not None
    assert said(sure) == said(unsure)
    assert unsure.chance < 0.9 < sure.certainty
    assert sure.chance == 1


def test_the_state_s_own_text_wins_against_strokes_over_its_end_and_a_usual_one_does_not() -> None:
    covered = {31: 0.8, 32: 0.8, 33: 0.8, 34: 0.8}
    assert said(known_text([line("TAIPEI ECONOMIC AND CULTURAL OFTISE", 0.99, covered)], "TWN")) == (
        "TAIPEI ECONOMIC AND CULTURAL OFFICE"
    )
    covered = {19: 0.999, 20: 0.999, 23: 0.999}
    assert known_text([line("DEPARTMENT OF HOME ATTAXRS", 0.99, covered)], "UTO") is None


def test_strokes_behind_a_text_that_the_reader_hardly_saw_are_none_of_it() -> None:
    hardly = {30: (0.3, {"": 0.69}), 31: (0.3, {"": 0.69})}
    assert said(known_text([line("DIRECCION GENERAL DE MIGRACIONES", 0.99, hardly)], "VEN")) == (
        "DIRECCION GENERAL DE MIGRACION"
    )


@pytest.mark.parametrize("read", ["SHAANXI", "SHANXI", "HUNAN", "HENAN", "HAINAN"])
def test_a_province_is_not_taken_for_its_neighbour(read: str) -> None:
    assert said(known_text([line(read)], "CHN")) == read


def test_what_may_be_any_of_several_stays() -> None:
    assert known_text([line("HXNAN", 0.9)], "CHN") is None
    assert known_text([line("HXNAN", doubts={1: (0.4, {"U": 0.25, "E": 0.25})})], "CHN") is None


@given(st.sampled_from(sorted(lexicon("CHN").values())))
def test_every_known_text_is_itself(text: str) -> None:
    assert said(known_text([line(text)], "CHN")) == text


def test_a_text_may_stand_in_several_lines_each_with_its_own_evidence() -> None:
    lines = [line("IMMIGRATION DEPARTMENT, HONG"), doubted("K0NG SPECIAL ADMINISTRATIVE REGION", _1="O")]
    assert said(known_text(lines, "CHN")) == "IMMIGRATION DEPARTMENT, HONG KONG SPECIAL ADMINISTRATIVE REGION"


def test_characters_keep_the_places_where_they_were_read() -> None:
    read = doubted("MINISTRY OF HDME AFFAIRS", _13="O")
    known = known_text([read], "UTO")
    assert known is not None
    assert [(c.start, c.end) for c in known.chars if c.char != " "] == [
        (c.start, c.end) for c in read.chars if c.char != " "
    ]
    assert known.chars[13].alternatives[0][0] == "D"


def test_without_evidence_only_what_was_read_so_is_known() -> None:
    assert said(known_text([ReadLine(chars_of("MINISTER SWIA"))], "POL")) == "MINISTER S W I A"
    assert known_text([ReadLine(chars_of("MINISTRY OF HDME AFFAIRS"))], "UTO") is None


@pytest.mark.parametrize(
    ("chance", "meant"),
    [
        pytest.param(0.0, "MINISTERE DE L'INTERIEUR", id="the page prints none"),
        pytest.param(0.4, "MINISTÈRE DE L'INTÉRIEUR", id="one was half seen"),
    ],
)
def test_accents_that_were_not_seen_are_not_put_in(chance: float, meant: str) -> None:
    doubts = {6: (0.99 - chance, {"È": chance}), 18: (0.99 - chance, {"É": chance})}
    assert said(known_text([line("MINISTERE DE L'INTERIEUR", 0.99, doubts)], "FRA")) == meant


def test_a_text_without_its_accents_is_never_sure() -> None:
    """Small print loses all of them at once, and is then read surely."""
    plain, marked = (
        known_text([line(text, 0.999)], "FRA") for text in ("MINISTERE DE L'INTERIEUR", "MINISTÈRE DE L'INTÉRIEUR")
    )
    assert plain is not None and marked is not None
    assert plain.chance <= 0.95
    assert marked.chance > 0.99


def test_a_mark_that_was_seen_tells_that_the_others_were_lost() -> None:
    """Blur takes some accents before others: one that is left is none of a page that prints no marks."""
    read = line("MINISTÈRE DE L'INTERIEUR", 0.95, {6: (0.6, {"E": 0.35}), 18: (0.9, {"É": 0.02})})
    assert said(known_text([read], "FRA")) == "MINISTÈRE DE L'INTÉRIEUR"


def test_a_word_that_was_put_right_is_no_surer_than_its_letters() -> None:
    sure, unsure = (line("RlKISLÖGREGLUSTJÓRINN", chance, {1: (0.5, {"Í": 0.4})}) for chance in (0.99, 0.6))
    certain, doubtful = known_text([sure], "ISL"), known_text([unsure], "ISL")
    assert certain is not None
    assert doubtful is not None
    assert doubtful.certainty < 0.5 < certain.certainty


def test_capitals_stay_capitals() -> None:
    assert said(known_text([line("MINISTRY OF PUBLIC SECURITY")], "CHN")) == "MINISTRY OF PUBLIC SECURITY"
