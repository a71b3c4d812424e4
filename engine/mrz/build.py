"""From fields to the lines of a machine readable zone: correct ones, for the generator and for tests."""

from engine.mrz.check_digits import check_digit
from engine.mrz.formats import ALLOWED, FILLER, LAYOUTS, Alphabet, CheckSpan, Layout, Span
from engine.mrz.names import join_names, mrz_form
from engine.values.mrz import Field, MrzFields, MrzFormat

_LONGEST_NUMBER = 9


def build_mrz(format: MrzFormat, fields: MrzFields) -> tuple[str, ...]:
    """The lines of a document of any format.

    Names may be printed names: they are transliterated and truncated as ICAO 9303 says. A card's document number
    of more than nine characters continues in the optional data (ICAO 9303-5 §4.2.2.2). ``sex`` X becomes ``<``.
    Fields the format has no place for must be empty, except that the French card drops nationality and expiry.

    Raises:
        ValueError: a field that is too long or holds a character the format does not allow there.
    """
    layout = LAYOUTS[format]
    lines = [[FILLER] * layout.width for _ in range(layout.lines)]
    _write_names(lines, layout, fields)
    _write_number(lines, layout, fields)
    for field, text in _plain_values(format, fields):
        _write_field(lines, layout, field, text)
    for check in layout.checks:
        if not (check.covers == Field.DOCUMENT_NUMBER and _is_long(layout, fields.document_number)):
            _write_check(lines, check)
    return tuple("".join(line) for line in lines)


def build_td3(fields: MrzFields) -> tuple[str, str]:
    """The two lines of 44 characters of a passport (`build_mrz`)."""
    return _pair(build_mrz(MrzFormat.TD3, fields))


def build_td1(fields: MrzFields) -> tuple[str, str, str]:
    """The three lines of 30 characters of a card of bank card size (`build_mrz`)."""
    upper, middle, lower = build_mrz(MrzFormat.TD1, fields)
    return upper, middle, lower


def build_td2(fields: MrzFields) -> tuple[str, str]:
    """The two lines of 36 characters of a larger card (`build_mrz`)."""
    return _pair(build_mrz(MrzFormat.TD2, fields))


def build_mrv_a(fields: MrzFields) -> tuple[str, str]:
    """The two lines of 44 characters of a large visa (`build_mrz`)."""
    return _pair(build_mrz(MrzFormat.MRV_A, fields))


def build_mrv_b(fields: MrzFields) -> tuple[str, str]:
    """The two lines of 36 characters of a small visa (`build_mrz`)."""
    return _pair(build_mrz(MrzFormat.MRV_B, fields))


def build_fra_id(fields: MrzFields) -> tuple[str, str]:
    """The two lines of 36 characters of the French identity card of 1988 (`build_mrz`)."""
    return _pair(build_mrz(MrzFormat.FRA_ID, fields))


def _pair(lines: tuple[str, ...]) -> tuple[str, str]:
    upper, lower = lines
    return upper, lower


def _plain_values(format: MrzFormat, fields: MrzFields) -> list[tuple[Field, str]]:
    values = [
        (Field.DOCUMENT_CODE, fields.document_code),
        (Field.ISSUING_STATE, fields.issuing_state),
        (Field.NATIONALITY, fields.nationality),
        (Field.BIRTH_DATE, fields.birth_date),
        (Field.SEX, FILLER if fields.sex == "X" else fields.sex),
        (Field.EXPIRY_DATE, fields.expiry_date),
        (Field.OPTIONAL_DATA_2, fields.optional_data_2),
    ]
    if format is MrzFormat.FRA_ID:
        values = [(f, v) for f, v in values if f not in (Field.NATIONALITY, Field.EXPIRY_DATE)]
    return values


def _write_field(lines: list[list[str]], layout: Layout, field: Field, text: str) -> None:
    spec = next((f for f in layout.fields if f.field is field), None)
    if spec is None:
        if text:
            raise ValueError(f"{layout.format} has no place for {field}")
        return
    # The second letter of a document code may be any letter or a filler; its first is the format's own.
    allowed = ALLOWED[Alphabet.SUBTYPE if field is Field.DOCUMENT_CODE else spec.alphabet]
    if field is Field.DOCUMENT_CODE and text[:1] not in tuple(ALLOWED[spec.alphabet]):
        raise ValueError(f"a document code of {layout.format} begins with one of {ALLOWED[spec.alphabet]}")
    _put(lines, spec.spans[0], text, allowed)


def _put(lines: list[list[str]], span: Span, text: str, allowed: str) -> None:
    width = span.stop - span.start
    if len(text) > width:
        raise ValueError(f"{len(text)} characters do not fit into {width}")
    if any(c not in allowed for c in text):
        raise ValueError("a character is not allowed in its field")
    lines[span.line][span.start : span.stop] = text.ljust(width, FILLER)


def _write_names(lines: list[list[str]], layout: Layout, fields: MrzFields) -> None:
    allowed = ALLOWED[Alphabet.NAME]
    first, *rest = layout.spans(Field.NAMES)
    if not rest:
        _put(lines, first, join_names(fields.surname, fields.given_names, first.stop - first.start), allowed)
        return
    _put(lines, first, join_names(fields.surname, "", first.stop - first.start), allowed)
    if fields.given_names:
        # The French card divides given names by two fillers.
        given = mrz_form(fields.given_names).replace(FILLER, 2 * FILLER)
        _put(lines, rest[0], given[: rest[0].stop - rest[0].start].rstrip(FILLER), allowed)


def _is_long(layout: Layout, number: str) -> bool:
    return layout.long_number and len(number) > _LONGEST_NUMBER


def _write_number(lines: list[list[str]], layout: Layout, fields: MrzFields) -> None:
    """Document number and optional data, which share the space of a long number."""
    number, optional = fields.document_number, fields.optional_data
    (span,), (tail,) = layout.spans(Field.DOCUMENT_NUMBER), layout.spans(Field.OPTIONAL_DATA)
    if _is_long(layout, number):
        optional = f"{number[_LONGEST_NUMBER:]}{check_digit(number)}{FILLER}{optional}"
        number = number[:_LONGEST_NUMBER]
    _put(lines, span, number, ALLOWED[Alphabet.NUMBER])
    _put(lines, tail, optional, ALLOWED[Alphabet.OPTIONAL])


def _write_check(lines: list[list[str]], check: CheckSpan) -> None:
    covered = check.covered(["".join(line) for line in lines])
    empty = not covered.strip(FILLER)
    lines[check.digit.line][check.digit.start] = FILLER if check.filler and empty else check_digit(covered)
