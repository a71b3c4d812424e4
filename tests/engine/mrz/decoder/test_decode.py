import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.mrz import build_mrz, decode_mrz
from engine.mrz.formats import CHARACTERS, LAYOUTS
from engine.mrz.parse import parse_fields, read_checks
from engine.values.mrz import Correction, Field, MrzFormat
from engine.values.text import CharReading, LineText
from tests.engine.mrz import documents
from tests.engine.mrz.documents import ERIKSSON, ERIKSSON_TD1, SPECIMENS
from tests.engine.mrz.noisy_reader import Noise, clean_line, noisy_line, with_reading

DATA = (Field.OPTIONAL_DATA, Field.OPTIONAL_DATA_2)
UPPER, LOWER = (clean_line(line) for line in ERIKSSON)


def replayed(raw, corrections, number):
    """The raw line with its listed corrections applied: must give the decoded line."""
    raw, out = list(raw), []
    todo = [c for c in corrections if c.line == number]
    while raw or todo:
        if todo and todo[0].position == len(out):
            change = todo.pop(0)
            if change.read:
                assert raw.pop(0) == change.read
            out.append(change.decoded)
            if not change.decoded:
                out.pop()
        else:
            out.append(raw.pop(0))
    return "".join(out)


@pytest.mark.parametrize("format", list(MrzFormat))
def test_a_clean_reading_comes_back_unchanged(format):
    reading = decode_mrz([clean_line(line) for line in SPECIMENS[format]])
    assert reading is not None
    assert reading.format is format
    assert reading.lines == reading.raw_lines == SPECIMENS[format]
    assert reading.corrections == ()
    assert reading.checks_ok
    assert min(reading.line_confidences) > 0.98


@pytest.mark.parametrize("format", list(MrzFormat))
@pytest.mark.parametrize("chars", ["OIIOQ", "0I", "A", "000II"])
def test_a_clean_reading_of_a_number_and_data_of_odd_characters_comes_back_unchanged(format, chars):
    odd = [f.field for f in LAYOUTS[format].fields if f.field in (Field.DOCUMENT_NUMBER, *DATA)]
    fields = documents.random_fields(format, random.Random(1))
    for field in odd:
        width = sum(stop - start for _, start, stop in LAYOUTS[format].spans(field))
        fields = replace(fields, **{field.value: (chars * 5)[:width]})
    lines = build_mrz(format, fields)
    reading = decode_mrz([clean_line(line) for line in lines])
    assert reading is not None
    assert (reading.format, reading.lines, reading.corrections) == (format, lines, ())


@pytest.mark.parametrize("format", list(MrzFormat))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=20, deadline=None)
@given(data=st.data())
def test_a_clean_reading_of_any_document_comes_back_unchanged(format, data):
    lines = build_mrz(format, data.draw(documents.fields(format)))
    reading = decode_mrz([clean_line(line) for line in lines])
    assert reading is not None
    assert (reading.format, reading.lines, reading.corrections) == (format, lines, ())


def test_a_single_doubtful_error_is_repaired_and_listed():
    reading = decode_mrz([UPPER, with_reading(LOWER, 1, "B", 0.8, ("8", 0.15))])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert reading.corrections == (Correction(1, 1, "B", "8"),)
    assert reading.raw_lines[1][1] == "B"
    assert reading.checks_hold


def test_a_check_digit_that_was_made_to_hold_is_said_to_prove_nothing():
    reading = decode_mrz([UPPER, with_reading(LOWER, 1, "B", 0.8, ("8", 0.15))])
    assert reading is not None
    assert [c.covers for c in reading.checks if c.repaired] == ["document_number", "composite"]
    assert not reading.checks_ok


def test_a_change_to_names_leaves_the_check_digits_as_good_as_they_were():
    reading = decode_mrz([with_reading(UPPER, 33, "K", 0.85, ("<", 0.1)), LOWER])
    assert reading is not None
    assert reading.corrections
    assert reading.checks_ok


def test_a_look_alike_is_tried_where_the_reader_gives_no_alternatives():
    reading = decode_mrz([UPPER, with_reading(LOWER, 1, "B", 0.7)])
    assert reading is not None
    assert reading.lines == ERIKSSON


@pytest.mark.parametrize("position", [1, 9, 15, 19, 23, 27, 30, 42, 43])
def test_a_sure_character_is_never_overwritten(position):
    other = "1" if ERIKSSON[1][position] != "1" else "2"
    lower = with_reading(LOWER, position, other, 0.995, (ERIKSSON[1][position], 0.004))
    reading = decode_mrz([UPPER, lower])
    assert reading is not None
    assert reading.lines[1][position] == other
    assert reading.corrections == ()
    assert not reading.checks_ok
    assert reading.line_confidences[1] < 0.9


def test_a_sure_character_outside_its_field_gives_way_only_to_evidence():
    # A date cannot hold O; the 0 makes date and check digits hold.
    reading = decode_mrz([UPPER, with_reading(LOWER, 15, "O", 0.995, ("0", 0.004))])
    assert reading is not None
    assert reading.lines == ERIKSSON
    # A letter that no other character explains stays, and the date is as printed.
    kept = decode_mrz([UPPER, with_reading(LOWER, 15, "W", 0.999999)])
    assert kept is not None
    assert kept.lines[1][15] == "W"


def test_an_invented_document_with_wrong_check_digits_stays_as_printed():
    lower = "L898902C37UTO7408123F1204150ZE184226B<<<<<45"
    reading = decode_mrz([UPPER, clean_line(lower)])
    assert reading is not None
    assert reading.lines[1] == lower
    assert [c.ok for c in reading.checks] == [False, False, False, False, False]


@pytest.mark.parametrize("char", "KCSEX")
def test_an_unsure_letter_inside_the_fillers_of_a_name_is_a_filler(char):
    reading = decode_mrz([with_reading(UPPER, 33, char, 0.85, ("<", 0.1)), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert reading.corrections == (Correction(0, 33, char, "<"),)


def test_a_sure_letter_inside_the_fillers_of_a_name_stays():
    reading = decode_mrz([with_reading(UPPER, 33, "K", 0.9999), LOWER])
    assert reading is not None
    assert reading.lines[0][33] == "K"


def test_unsure_codes_become_existing_ones():
    reading = decode_mrz([with_reading(UPPER, 4, "Q", 0.6, ("O", 0.35)), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON


@pytest.mark.parametrize("lost", [1, 2, 5, 15])
def test_fillers_lost_at_the_end_of_the_names_are_supplied(lost):
    reading = decode_mrz([LineText(UPPER.chars[:-lost]), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert [c.read for c in reading.corrections] == [""] * lost


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_fillers_lost_inside_a_run_are_supplied(lost):
    reading = decode_mrz([UPPER, LineText(LOWER.chars[:38] + LOWER.chars[38 + lost :])])
    assert reading is not None
    assert reading.lines == ERIKSSON


def test_surplus_fillers_are_dropped():
    reading = decode_mrz([LineText(UPPER.chars[:40] + UPPER.chars[38:]), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert [c.decoded for c in reading.corrections] == ["", ""]


@pytest.mark.parametrize("end", ["left", "right"])
def test_a_speck_beside_the_line_is_dropped(end):
    speck = (CharReading("1", 0.9),)
    lower = LineText(speck + LOWER.chars if end == "left" else LOWER.chars + speck)
    reading = decode_mrz([UPPER, lower])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert reading.corrections == (Correction(1, 0 if end == "left" else 44, "1", ""),)


def test_a_line_cut_off_at_the_right_is_unsure_there():
    reading = decode_mrz([UPPER, LineText(LOWER.chars[:-2])])
    assert reading is not None
    assert reading.lines[1] == ERIKSSON[1][:-2] + "<<"
    assert reading.line_confidences[1] < 0.1


@pytest.mark.parametrize("lost", [5, 8, 11])
def test_a_zone_cut_off_at_the_left_is_not_read(lost):
    assert decode_mrz([LineText(line.chars[lost:]) for line in (UPPER, LOWER)]) is None


def test_a_few_characters_cut_off_at_the_left_are_unsure():
    reading = decode_mrz([LineText(line.chars[1:]) for line in (UPPER, LOWER)])
    assert reading is not None
    assert reading.lines[1][1:] == ERIKSSON[1][1:]
    assert max(reading.line_confidences) < 0.1


def test_names_of_digits_that_the_reader_is_sure_of_are_read():
    upper = "P<UTO7218321078<<183210<<<<<<<<<<<<<<<<<<<<<"
    reading = decode_mrz([clean_line(upper, 0.9999), LOWER])
    assert reading is not None
    assert reading.lines == (upper, ERIKSSON[1])


def test_letters_o_in_a_document_number_are_zeros_unless_the_reader_is_quite_sure():
    lower = build_mrz(MrzFormat.TD3, replace(parse_fields(MrzFormat.TD3, ERIKSSON), document_number="X00000012"))[1]
    seen = clean_line(lower)
    for position in range(1, 7):
        seen = with_reading(seen, position, "O", 0.9, ("0", 0.09))
    reading = decode_mrz([UPPER, seen])
    assert reading is not None
    assert reading.lines[1] == lower


def test_a_character_that_may_not_be_there_is_skipped():
    chars = list(LOWER.chars)
    chars.insert(10, CharReading("I", 0.55, (("", 0.42),)))
    reading = decode_mrz([UPPER, LineText(tuple(chars))])
    assert reading is not None
    assert reading.lines == ERIKSSON


@pytest.mark.parametrize("format", list(MrzFormat))
def test_junk_lines_are_skipped(format):
    lines = [clean_line(line) for line in SPECIMENS[format]]
    junk = clean_line("SIGNATUREOFBEARER", 0.7)
    reading = decode_mrz([junk, *lines, junk])
    assert reading is not None
    assert reading.lines == SPECIMENS[format]
    assert reading.line_indices == tuple(range(1, len(lines) + 1))


def test_characters_outside_the_alphabet_count_as_unread():
    reading = decode_mrz([with_reading(UPPER, 33, "«", 0.9), with_reading(LOWER, 0, "l", 0.99)])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert [c.read for c in reading.corrections] == ["«", "l"]


def test_a_long_document_number_is_checked_whole():
    fields = documents.random_fields(MrzFormat.TD1, random.Random(3))
    lines = build_mrz(MrzFormat.TD1, replace(fields, document_number="590448001235"))
    assert lines[0][14] == "<"
    at = lines[0].index("235", 15)
    upper = with_reading(clean_line(lines[0]), at, "Z", 0.6, ("2", 0.3))
    reading = decode_mrz([upper, *(clean_line(line) for line in lines[1:])])
    assert reading is not None
    assert reading.lines == lines
    assert reading.fields.document_number == "590448001235"


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), format=st.sampled_from(list(MrzFormat)))
def test_every_change_is_listed(seed, format):
    random_ = random.Random(seed)
    lines = build_mrz(format, documents.random_fields(format, random_))
    reading = decode_mrz([noisy_line(line, Noise(0.05, 0.4, 0.2), random_) for line in lines])
    assume(reading is not None)
    for number, raw in enumerate(reading.raw_lines):
        assert replayed(raw, reading.corrections, number) == reading.lines[number]
        ordered = [c.position for c in reading.corrections if c.line == number]
        assert all(a <= b for a, b in pairwise(ordered))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_confidences_are_probabilities_of_the_right_shape(seed):
    random_ = random.Random(seed)
    lines = build_mrz(MrzFormat.TD3, documents.random_fields(MrzFormat.TD3, random_))
    reading = decode_mrz([noisy_line(line, Noise(0.1), random_) for line in lines])
    assert reading is not None
    assert [len(row) for row in reading.char_confidences] == [44, 44]
    everything = [p for row in reading.char_confidences for p in row] + list(reading.line_confidences)
    assert all(0.0 <= p <= 1.0 for p in everything)
    assert {f for f, _ in reading.field_confidences} == set(Field) - {Field.OPTIONAL_DATA_2}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(CHARACTERS), st.floats(0.3, 0.999)),
            min_size=20,
            max_size=46,
        ),
        max_size=3,
    )
)
def test_noise_is_not_read(lines):
    assert decode_mrz([LineText(tuple(CharReading(c, p) for c, p in line)) for line in lines]) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"],
        ["PASSPORTPASSEPORTREPUBLICOFUTOPIAREPUBLIQUED", "PLACEOFBIRTHLIEUDENAISSANCEZENITHAUTHORITYAA"],
        ["DATEOFISSUE16APR2007DATEDEDELIVRANCE16042007", "DATEOFEXPIRY15APR2012DATEDEXPIRATION15042012"],
        ["HIGHSTREET12345CAPITALCITY", "PERSONALNO197412081234ZE184226B", "SIGNATUREOFBEARERSIGNATUREDU"],
        ["0123456789012345678901234567890123456789012", "98765432109876543210987654321098765432109876"],
        ["<" * 44, "<" * 44],
        ["<" * 30] * 3,
    ],
)
def test_other_texts_are_not_read(lines):
    assert decode_mrz([clean_line(line, 0.95) for line in lines]) is None


def test_what_the_reader_hardly_saw_is_not_read():
    random_ = random.Random(2)
    blurred = [
        LineText(tuple(CharReading(c if random_.random() < 0.4 else random_.choice(CHARACTERS), 0.25) for c in line))
        for line in ERIKSSON
    ]
    assert decode_mrz(blurred) is None


@pytest.mark.parametrize("seed", range(5))
def test_a_zone_of_which_little_but_the_fillers_is_seen_is_not_read(seed):
    """Check digits can be made to hold where every character may be another one."""
    random_ = random.Random(seed)
    assert decode_mrz([hardly_seen(line, random_) for line in ERIKSSON]) is None


def hardly_seen(line, random_):
    """Fillers surely; of all else the right character in every second place, and three others, alike in each."""
    chars = []
    for char in line:
        others = random_.sample([c for c in CHARACTERS if c not in (char, "<")], 3)
        first, *rest = [char, *others] if random_.random() < 0.5 else [others[0], char, *others[1:]]
        guess = CharReading(first, 0.5, tuple((other, 0.15) for other in rest))
        chars.append(CharReading("<", 0.99) if char == "<" else guess)
    return LineText(tuple(chars))


def test_the_front_of_a_passport_is_no_visa():
    upper, lower = "POCHNYANG<<YUHAI".ljust(33, "<"), "G873634047CHN5907115F1908273".ljust(33, "<")
    reading = decode_mrz([clean_line(upper, 0.998), clean_line(lower, 0.998)])
    assert reading is None or not reading.checks_ok
    assert reading is None or reading.fields.surname == "YANG"


def test_a_change_that_several_characters_would_explain_as_well_is_doubtful():
    lines = build_mrz(MrzFormat.TD3, replace(parse_fields(MrzFormat.TD3, ERIKSSON), optional_data="KQPPNAKMMMLQJ1"))
    others = (("L", 0.297), ("", 0.123), ("1", 0.062), ("Z", 0.027), ("E", 0.02), ("J", 0.018), ("U", 0.01))
    reading = decode_mrz([UPPER, with_reading(clean_line(lines[1]), 40, "I", 0.372, *others)])
    assert reading is not None
    assert reading.char_confidences[1][40] < 0.9  # T has the check value of J, and both look like I


def test_the_same_letters_in_another_order_are_not_read():
    random_ = random.Random(5)
    shuffled = ["".join(random_.sample(line, len(line))) for line in ERIKSSON_TD1]
    assert decode_mrz([clean_line(line) for line in shuffled]) is None


@pytest.mark.parametrize("format", list(MrzFormat))
def test_the_grammar_repairs_most_lines_and_spoils_none_that_were_surely_right(format):
    random_ = random.Random(7)
    raw_right = decoded_right = 0
    for _ in range(40):
        truth = build_mrz(format, documents.random_fields(format, random_))
        lines = [noisy_line(line, Noise(0.03), random_) for line in truth]
        reading = decode_mrz(lines)
        raw_right += tuple(line.text for line in lines) == truth
        decoded_right += reading is not None and reading.lines == truth
    assert decoded_right >= raw_right + 8


def test_the_probability_of_a_line_is_honest():
    random_ = random.Random(11)
    expected = right = 0.0
    for _ in range(60):
        truth = build_mrz(MrzFormat.TD3, documents.random_fields(MrzFormat.TD3, random_))
        reading = decode_mrz([noisy_line(line, Noise(0.04), random_) for line in truth])
        assert reading is not None
        expected += sum(reading.line_confidences)
        right += sum(a == b for a, b in zip(reading.lines, truth, strict=True))
    assert abs(expected - right) / 120 < 0.06


@pytest.mark.parametrize("birth_date", ["74<<<<", "7408<<", "<<<<<<"])
def test_unknown_parts_of_a_birth_date_are_kept(birth_date):
    fields = replace(parse_fields(MrzFormat.TD3, ERIKSSON), birth_date=birth_date)
    lines = build_mrz(MrzFormat.TD3, fields)
    seen = with_reading(clean_line(lines[1]), 18, "K", 0.7, ("<", 0.25))
    reading = decode_mrz([clean_line(lines[0]), seen])
    assert reading is not None
    assert reading.lines == lines


@settings(max_examples=25, deadline=None)
@example(seed=252, format=MrzFormat.FRA_ID)
@example(seed=282, format=MrzFormat.FRA_ID)
@given(seed=st.integers(0, 10**6), format=st.sampled_from(list(MrzFormat)))
def test_decoding_never_makes_fewer_check_digits_hold(seed, format):
    random_ = random.Random(seed)
    truth = build_mrz(format, documents.random_fields(format, random_))
    lines = [noisy_line(line, Noise(0.08), random_) for line in truth]
    reading = decode_mrz(lines)
    assert reading is not None
    raw = read_checks(format, tuple(line.text for line in lines))
    assert sum(c.ok for c in reading.checks) >= sum(c.ok for c in raw)


@pytest.mark.parametrize("position", [5, 12, 23])
def test_a_doubtful_letter_at_the_edge_of_a_name_is_no_filler(position):
    char = ERIKSSON[0][position]
    reading = decode_mrz([with_reading(UPPER, position, char, 0.6, ("<", 0.1)), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON


def test_a_doubtful_digit_among_sure_ones_in_a_name_stays():
    upper = "P<UTO7218321078<<183210<<<<<<<<<<<<<<<<<<<<<"
    seen = with_reading(clean_line(upper, 0.9999), 22, "0", 0.95, ("O", 0.04))
    reading = decode_mrz([seen, LOWER])
    assert reading is not None
    assert reading.lines[0] == upper
