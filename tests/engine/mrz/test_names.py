import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.names import (
    MOST_FORMS,
    is_truncated,
    join_names,
    mrz_form,
    mrz_forms,
    same_name,
    split_names,
)
from engine.tables.transliteration import transliterations

part = st.text(string.ascii_uppercase, min_size=1, max_size=9)
name = st.lists(part, min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", ("ERIKSSON", "ANNA MARIA")),
        ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", ("ARKFREITH", "")),
        ("VAN<DER<MUELLEN<<JAN<<<<<<<<<<<<<<<<<<<", ("VAN DER MUELLEN", "JAN")),
        ("<<<<<<", ("", "")),
        ("A<<B<<C<<<", ("A", "B C")),
    ],
)
def test_split(field, names):
    assert split_names(field) == names


@given(name, name)
def test_joined_names_come_back(surname, given_names):
    field = join_names(surname, given_names, 70)
    assert len(field) == 70
    assert split_names(field) == (surname, given_names)
    assert not is_truncated(field)


@given(name, st.one_of(st.just(""), name), st.integers(6, 39))
def test_a_joined_field_has_its_width_and_agrees_with_the_names(surname, given_names, width):
    field = join_names(surname, given_names, width)
    assert len(field) == width
    primary, secondary = split_names(field)
    assert same_name(surname, primary, truncated=True)
    assert bool(secondary) is bool(given_names)
    assert not secondary or same_name(given_names, secondary, truncated=True)


def test_truncation_ends_in_a_letter():
    field = join_names("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", 39)
    assert field == "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"
    assert is_truncated(field)


def test_a_filler_is_not_the_last_of_a_truncated_field():
    field = join_names("PAPANDROPOULOUS", "JONATHAN ALEXANDER VAN DER BERG", 36)
    assert field == "PAPANDROPOULOUS<<JONATHAN<ALEXANDE<V"
    assert is_truncated(field)


def test_a_name_field_needs_a_surname():
    with pytest.raises(ValueError, match="surname"):
        join_names("'", "ANNA", 39)


@pytest.mark.parametrize(
    ("printed", "forms"),
    [
        ("Müller", ("MUELLER", "MULLER", "MUXXLLER")),
        ("O'Connor", ("OCONNOR",)),
        ("Smith-Jones", ("SMITH<JONES",)),
        ("Müßig", ("MUESSIG", "MUSSIG", "MUXXSSIG")),
        ("STRAẞE", ("STRASSE",)),
        ("Ñandú", ("NANDU", "NXXANDU")),
        ("Þór Æs Ødegård", ("THOR<AES<OEDEGAARD", "THOR<AES<OEDEGARD")),
        ("d. Souza, Jr.", ("D<SOUZA<JR",)),
        ("Ḿa", ("MA",)),
        ("Ёлкин", ("ELKIN", "ELKYN", "IOLKIN", "IOLKYN")),
        ("", ("",)),
    ],
)
def test_transliteration(printed, forms):
    assert mrz_forms(printed) == forms
    assert mrz_form(printed) == forms[0]


def test_decomposed_accents_count_as_composed():
    assert mrz_form("U\u0308") == "UE"


@pytest.mark.parametrize("printed", ["中国", "A1", "x@y"])
def test_letters_without_a_transliteration_raise(printed):
    with pytest.raises(ValueError, match=r"U\+"):
        mrz_form(printed)
    assert not same_name(printed, "ANNA")


def test_the_number_of_forms_is_limited():
    assert len(mrz_forms("Ü" * 20)) <= MOST_FORMS


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("ANNA,MARIA", "ANNA<MARIA"),
        ("ANNA, MARIA", "ANNA<MARIA"),
        ("ANNA/MARIA", "ANNAMARIA"),
        ("ANNA (MARIA)", "ANNA<MARIA"),
        ("ANNA;B:C", "ANNABC"),
        ("“ANNA”", "ANNA"),
        ("„ANNA«»_*′", "ANNA"),
        ("Gʻulom", "GULOM"),
        ("Saʿd", "SAD"),
        ("Saʾid", "SAID"),
        ("Saꞌid", "SAID"),
    ],
)
def test_a_comma_parts_a_name_and_other_punctuation_is_omitted(printed: str, form: str) -> None:
    assert mrz_forms(printed) == (form,)
    assert same_name(printed, form)


@pytest.mark.parametrize(
    ("printed", "forms"),
    [
        ("Є", ("IE", "YE")),
        ("Ї", ("I", "YI")),
        ("Й", ("I", "Y")),
        ("Ю", ("IU", "YU")),
        ("Я", ("IA", "YA")),
        ("Ќ", ("K", "KJ")),
        ("Џ", ("DZ", "DJ")),
        ("Ѓ", ("G", "GJ")),
        ("Ғ", ("G", "GJ")),
        ("Һ", ("C",)),
        ("Ѫ", ("U",)),
        ("Ѵ", ("Y",)),
        ("Ъ", ("IE", "A", "")),
        ("Ь", ("", "Y")),
    ],
)
def test_cyrillic_letters_have_the_forms_of_all_languages(printed: str, forms: tuple[str, ...]) -> None:
    assert mrz_forms(printed) == forms


@pytest.mark.parametrize(("printed", "form"), [("Ǆ", "DZ"), ("ǆ", "DZ"), ("Ǉ", "LJ"), ("Ǌ", "NJ"), ("ı", "I")])
def test_letters_that_are_two_and_the_dotless_i(printed: str, form: str) -> None:
    assert mrz_forms(printed) == (form,)


@given(st.text(st.sampled_from("".join(transliterations()) + string.ascii_letters + " -'"), max_size=12))
def test_a_printed_name_agrees_with_all_its_forms(printed):
    assert all(same_name(printed, form) for form in mrz_forms(printed))


national = st.text(st.sampled_from("ÁÄÅÆÇÉÑÖØÜŁŠŽƏÞß" + string.ascii_letters), min_size=2, max_size=12)
national_name = st.lists(national, min_size=1, max_size=3).map("-".join).filter(mrz_form)


@given(national_name, national_name, st.integers(8, 39))
def test_national_names_agree_with_the_field_they_are_cut_to(surname: str, given_names: str, width: int) -> None:
    field = join_names(surname, given_names, width)
    primary, secondary = split_names(field)
    cut = is_truncated(field)
    assert same_name(surname, primary, truncated=cut)
    assert same_name(given_names, secondary, truncated=cut)


@given(name, st.data())
def test_another_letter_is_another_name(printed: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, c in enumerate(printed) if c != " "]))
    other = data.draw(st.sampled_from(string.ascii_uppercase).filter(lambda c: c != printed[at]))
    changed = printed[:at] + other + printed[at + 1 :]
    assert not same_name(printed, changed)


@given(name, part)
def test_a_field_with_room_left_hides_no_end(printed: str, rest: str) -> None:
    assert not same_name(f"{printed} {rest}", printed)
    assert same_name(f"{printed} {rest}", printed, truncated=True)


@pytest.mark.parametrize(("printed", "mrz"), [("Əliyev", "ALIYEV"), ("MƏMMƏDOVA", "MAMMADOVA"), ("Ərəb", "EREB")])
def test_the_schwa_of_azerbaijan(printed: str, mrz: str) -> None:
    assert same_name(printed, mrz)


@pytest.mark.parametrize(
    ("printed", "mrz", "truncated", "same"),
    [
        ("Eriksson", "ERIKSSON", False, True),
        ("ANNA MARIA", "ANNA<MARIA", False, True),
        ("Anna-Maria", "ANNA MARIA", False, True),
        ("AnnaMaria", "ANNA MARIA", False, True),
        ("Müller", "MULLER", False, True),
        ("Müller", "MILLER", False, False),
        ("Anna Maria", "ANNA MAR", False, False),
        ("Anna Maria", "ANNA MAR", True, True),
        ("Papandropoulous", "PAPANDROPOUL", True, True),
        ("Anna Maria", "AN MA", True, True),
        ("Anna Maria", "A M", True, True),
        ("Anna Maria", "ANNA", True, True),
        ("Anna", "ANNA MARIA", True, False),
        ("Anna Maria", "ANNA LISA", True, False),
        ("", "", False, True),
        ("Anna", "", False, False),
        ("", "ANNA", False, False),
    ],
)
def test_agreement(printed, mrz, truncated, same):
    assert same_name(printed, mrz, truncated=truncated) is same
