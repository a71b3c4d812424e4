from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from engine.values.items import Item
from engine.values.mrz import MrzFields
from engine.visual.items import page_text
from engine.visual.items.assign import assign_items
from engine.visual.items.tagging import word_tags
from engine.visual.items.tagging.tagged_page import DENIED, SURE, TOLD, TaggedPage
from engine.visual.items.tagging.words import page_words
from engine.visual.items.text_spans import RecognisedLine, TextSpan
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import doubted, label, line

MRZ = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))


def tagged(lines: Sequence[RecognisedLine], chances: Mapping[str, tuple[Item, float]]) -> TaggedPage:
    """The words of ``lines`` tagged with an item and its probability, word by word; others are nothing."""
    words = page_words(lines)
    tags = np.zeros((len(words), word_tags.COUNT), np.float32)
    for row, word in zip(tags, words, strict=True):
        item, chance = chances.get(word.text, (Item.SEX, 0.0))
        row[word_tags.value_tag(item)] = chance
        row[word_tags.NOTHING] = 1 - chance
    return TaggedPage(tuple(lines), words, tags)


def test_a_choice_is_the_lines_of_the_value() -> None:
    lines = [line("1 PORT ELLEN", 40, 40.0), line("ISLAY", 40, 43.5)]
    sure = (Item.BIRTH_PLACE, 0.97)
    choice = tagged(lines, {"PORT": sure, "ELLEN": sure, "ISLAY": sure}).choice(Item.BIRTH_PLACE)
    assert choice is not None
    assert [span.text for span in choice.spans] == ["PORT ELLEN", "ISLAY"]
    assert choice.probability == pytest.approx(0.97)


def test_what_is_less_probable_than_not_is_no_choice() -> None:
    page = tagged([line("ZENITH", 40, 40.0)], {"ZENITH": (Item.BIRTH_PLACE, TOLD - 0.01)})
    assert page.choice(Item.BIRTH_PLACE) is None


def test_the_chance_of_a_span_is_the_mean_of_its_words() -> None:
    (row,) = lines = [line("16 APR 2007", 40, 40.0)]
    issue = Item.ISSUE_DATE
    page = tagged(lines, {"16": (issue, 0.9), "APR": (issue, 0.6), "2007": (issue, 0.3)})
    assert page.chance(issue, TextSpan(row, 0, 11)) == pytest.approx(0.6)
    assert page.chance(issue, TextSpan(row, 0, 2)) == pytest.approx(0.9)
    assert page.chance(issue, TextSpan(line("16 APR 2007", 40, 40.0), 0, 11)) == 0.0


def test_what_is_nearly_impossible_is_denied() -> None:
    (row,) = lines = [line("ZENITH", 40, 40.0)]
    span = TextSpan(row, 0, 6)
    assert tagged(lines, {"ZENITH": (Item.BIRTH_PLACE, 0.5 * DENIED)}).denies(Item.BIRTH_PLACE, span)
    assert not tagged(lines, {"ZENITH": (Item.BIRTH_PLACE, 1.5 * DENIED)}).denies(Item.BIRTH_PLACE, span)


LINES = (
    line("ERIKSSON", 40, 20.0),
    line("ANNA MARIA", 40, 26.0),
    line("12 AUG 1974", 40, 33.0),
    label("Heimat", 40, 36.5),
    line("LINDEN", 40, 40.0),
    line("UPPSALA", 80, 40.0),
    line("16 APR 2007", 40, 46.0),
    line("01 MAY 2008", 80, 46.0),
    line("15 APR 2012", 40, 52.0),
)


@pytest.mark.parametrize(
    ("chances", "item", "value"),
    [
        ({"UPPSALA": (Item.BIRTH_PLACE, 0.96)}, Item.BIRTH_PLACE, "UPPSALA"),
        ({"UPPSALA": (Item.BIRTH_PLACE, 0.6), "LINDEN": (Item.BIRTH_PLACE, 0.1)}, Item.BIRTH_PLACE, "UPPSALA"),
        ({"UPPSALA": (Item.BIRTH_PLACE, 0.3)}, Item.BIRTH_PLACE, "UPPSALA"),
        ({}, Item.BIRTH_PLACE, ""),
        ({"LINDEN": (Item.AUTHORITY, 0.96), "UPPSALA": (Item.BIRTH_PLACE, 0.2)}, Item.AUTHORITY, "LINDEN"),
        ({"2008": (Item.ISSUE_DATE, 0.9), "MAY": (Item.ISSUE_DATE, 0.9)}, Item.ISSUE_DATE, "080501"),
        ({}, Item.ISSUE_DATE, "070416"),
    ],
)
def test_the_network_decides_where_it_is_sure_and_rules_among_what_it_holds_possible(
    monkeypatch: pytest.MonkeyPatch, chances: dict[str, tuple[Item, float]], item: Item, value: str
) -> None:
    def stand_in(lines: Sequence[RecognisedLine], fields: MrzFields) -> TaggedPage:
        assert fields.document_number == "L898902C3"
        return tagged(lines, chances)

    monkeypatch.setattr(page_text, "tag_page", stand_in)
    read = assign_items(LINES, MRZ).get(item)
    assert (read.value if read else "") == value


def test_where_the_rules_say_what_the_network_holds_probable_the_surer_of_both_tells_the_confidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def confidence(lines: Sequence[RecognisedLine], chance: float) -> float:
        page = tagged(lines, {"LINDEN": (Item.BIRTH_PLACE, chance)})
        monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
        return assign_items(lines, MRZ)[Item.BIRTH_PLACE].confidence

    labelled = (*(x for x in LINES if x.text.text != "Heimat"), label("Place of birth", 40, 36.5))
    assert confidence(labelled, 0.6) == confidence(labelled, 0.8) > confidence(LINES, 0.8)
    assert confidence(labelled, SURE) > 0.8


def test_the_comma_at_the_end_of_a_line_stays_where_the_value_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES[:4], line("LINDEN,", 40, 40.0), line("UTOPIA,", 40, 43.5), *LINES[6:])
    page = tagged(lines, {"LINDEN,": (Item.BIRTH_PLACE, 0.97), "UTOPIA,": (Item.BIRTH_PLACE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == "LINDEN, UTOPIA"


def test_an_occupation_is_no_place_whatever_the_network_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES[:4], line("AGRICULTOR", 40, 40.0), *LINES[6:])
    page = tagged(lines, {"AGRICULTOR": (Item.BIRTH_PLACE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert Item.BIRTH_PLACE not in assign_items(lines, MRZ)


def test_a_village_named_like_an_occupation_is_given_under_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES[:3], label("Place of birth", 40, 36.5), line("ENGINEER", 40, 40.0), *LINES[6:])
    page = tagged(lines, {"ENGINEER": (Item.BIRTH_PLACE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == "ENGINEER"


@pytest.mark.parametrize("printed", ["'S-GRAVENHAGE", "'s-Gravenhage"])
def test_an_apostrophe_that_begins_a_name_stays(monkeypatch: pytest.MonkeyPatch, printed: str) -> None:
    lines = (*LINES[:4], line(printed, 40, 40.0), *LINES[6:])
    page = tagged(lines, {printed: (Item.BIRTH_PLACE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == printed


def test_an_unusual_validity_is_no_doubt_where_the_network_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    def confidence(chance: float) -> float:
        page = tagged(LINES, dict.fromkeys(("01", "MAY", "2008"), (Item.ISSUE_DATE, chance)))
        monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
        return assign_items(LINES, MRZ)[Item.ISSUE_DATE].confidence

    assert confidence(SURE + 0.01) > 1.1 * confidence(SURE - 0.05)


def test_what_the_network_holds_for_a_place_may_be_a_word_of_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES[:4], line("SPECIMEN", 40, 40.0), *LINES[6:])
    page = tagged(lines, {"SPECIMEN": (Item.BIRTH_PLACE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == "SPECIMEN"


@pytest.mark.parametrize(
    ("printed", "other", "meant", "sure"),
    [
        pytest.param("PH", "M", "PM", True, id="no passport has the type PH"),
        pytest.param("PD", "O", "PD", False, id="two that there are"),
        pytest.param("P0", "Q", "PO", False, id="a figure is the letter like it"),
    ],
)
def test_a_doubtful_second_letter_of_the_type_is_one_that_types_have(
    monkeypatch: pytest.MonkeyPatch, printed: str, other: str, meant: str, *, sure: bool
) -> None:
    lines = (*LINES, doubted(line(printed, 40, 12.0), 1, other, 0.6))
    page = tagged(lines, {printed: (Item.DOCUMENT_TYPE, 0.97)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    read = assign_items(lines, MRZ)[Item.DOCUMENT_TYPE]
    assert (read.value, read.characters[1].probability > 0.7) == (meant, sure)


def test_a_printed_type_is_taken_where_it_goes_with_the_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES, line("PC", 40, 12.0), line("XC", 60, 12.0))
    for word, expected in (("PC", "PC"), ("XC", None)):
        page = tagged(lines, {word: (Item.DOCUMENT_TYPE, 0.97)})
        monkeypatch.setattr(page_text, "tag_page", lambda *_, page=page: page)
        read = assign_items(lines, MRZ).get(Item.DOCUMENT_TYPE)
        assert (read.value if read else None) == expected


def test_what_stands_under_another_label_is_not_of_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = (label("Place of birth", 40, 36.5), label("Colour of eyes", 62, 36.5))
    lines = (*LINES[:3], *labels, line("LINDEN        VIOLET", 40, 40.0), *LINES[6:])
    page = tagged(lines, dict.fromkeys(("LINDEN", "VIOLET"), (Item.BIRTH_PLACE, 0.97)))
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == "LINDEN"


def test_the_stroke_with_which_a_value_goes_on_is_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (*LINES[:4], line("LINDEN", 40, 40.0), line("/ UTOPIA", 40, 43.5), *LINES[6:])
    page = tagged(lines, dict.fromkeys(("LINDEN", "/", "UTOPIA"), (Item.BIRTH_PLACE, 0.97)))
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    assert assign_items(lines, MRZ)[Item.BIRTH_PLACE].value == "LINDEN / UTOPIA"


@pytest.mark.parametrize(
    ("chance", "labels", "item"),
    [
        pytest.param(0.6, (), Item.AUTHORITY, id="doubtful"),
        pytest.param(SURE + 0.01, (), Item.ISSUE_PLACE, id="sure"),
        pytest.param(0.6, ("Place of issue",), Item.ISSUE_PLACE, id="labelled"),
    ],
)
def test_a_doubtful_place_of_issue_is_the_authority_where_none_is_told(
    monkeypatch: pytest.MonkeyPatch, chance: float, labels: tuple[str, ...], item: Item
) -> None:
    lines = (*LINES[:3], *LINES[6:], *(label(text, 40, 54.5) for text in labels), line("GATEFORD", 40, 58.0))
    page = tagged(lines, {"GATEFORD": (Item.ISSUE_PLACE, chance)})
    monkeypatch.setattr(page_text, "tag_page", lambda *_: page)
    given = assign_items(lines, MRZ)
    assert given[item].value == "GATEFORD"
    assert {Item.AUTHORITY, Item.ISSUE_PLACE} - {item} - set(given) != set()
