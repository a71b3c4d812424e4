"""Tells whether a printed value and the machine readable zone say the same."""

from collections.abc import Mapping
from typing import Final

from engine.fusion.lost_marks import lacks_marks
from engine.mrz.names import same_name
from engine.mrz.parse import names_may_go_on
from engine.values.items import Item, VisualValue
from engine.values.mrz import Field, MrzFields, MrzReading

FIELDS: Final[Mapping[Item, Field]] = {
    Item.DOCUMENT_TYPE: Field.DOCUMENT_CODE,
    Item.ISSUING_STATE: Field.ISSUING_STATE,
    Item.PASSPORT_NUMBER: Field.DOCUMENT_NUMBER,
    Item.SEX: Field.SEX,
    Item.NATIONALITY: Field.NATIONALITY,
    Item.BIRTH_DATE: Field.BIRTH_DATE,
    Item.EXPIRY_DATE: Field.EXPIRY_DATE,
    Item.SURNAME: Field.NAMES,
    Item.GIVEN_NAMES: Field.NAMES,
}
"""The items that both zones carry, and the field of the machine readable zone."""

_ROOM: Final = 9
"""Characters that a zone has for the document's number."""
_MOST_OF: Final = 0.5
"""Share of a number that must be printed for the rest to be hidden."""
NAMES: Final = (Item.SURNAME, Item.GIVEN_NAMES)


def mrz_value(item: Item, fields: MrzFields) -> str:
    """Return what the MRZ says for ``item`` in the contract's spelling; "" where it has no such field."""
    return {
        Item.DOCUMENT_TYPE: fields.document_code[:1],
        Item.ISSUING_STATE: fields.issuing_state,
        Item.PASSPORT_NUMBER: fields.document_number,
        Item.SEX: fields.sex,
        Item.NATIONALITY: fields.nationality,
        Item.BIRTH_DATE: fields.birth_date,
        Item.EXPIRY_DATE: fields.expiry_date,
        Item.SURNAME: fields.surname,
        Item.GIVEN_NAMES: fields.given_names,
    }.get(item, "")


def says_less(item: Item, value: str, seen: VisualValue) -> bool:
    """Return whether the print is the zone's ``value`` not wholly read, or the zone the print's: no other value.

    A patch or glare may hide an end of a printed number, and the zone has room for nine characters of a longer one.
    Of a printed name the reader may lose marks that the zone writes as letters (``AASA`` for ``ÅSA``, read ``ASA``).
    """
    if not seen.value:
        return False
    if item in NAMES:
        return lacks_marks(seen.value, value)
    if item is not Item.PASSPORT_NUMBER:
        return False
    hidden = len(seen.value) >= _MOST_OF * len(value) and (value.startswith(seen.value) or value.endswith(seen.value))
    return hidden or (len(value) == _ROOM and seen.value.startswith(value))


def agrees(item: Item, reading: MrzReading, seen: VisualValue) -> bool:
    """Return whether the printed value ``seen`` is the one the MRZ gives for ``item``.

    Names agree under any transliteration that ICAO 9303-3 §6 allows; of the document type only the first letter
    counts, for Chinese pages print ``P`` where the MRZ says ``PO`` or ``PE``, or the second alone, for some print
    ``D`` where it says ``PD``.
    """
    value = mrz_value(item, reading.fields)
    if item in NAMES:
        return same_name(seen.value, value, truncated=names_may_go_on(reading))
    if item is Item.DOCUMENT_TYPE:
        return seen.value[:1] == value[:1] or seen.value == reading.fields.document_code[1:]
    return seen.value == value
