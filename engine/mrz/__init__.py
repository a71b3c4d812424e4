"""The machine readable zone as text (ICAO 9303): formats, check digits, dates, names, building and decoding.

Pure text: no pixels, no numpy. The public names are those listed in ``__all__``.
"""

from engine.mrz.build import build_fra_id, build_mrv_a, build_mrv_b, build_mrz, build_td1, build_td2, build_td3
from engine.mrz.check_digits import check_digit
from engine.mrz.dates import DateKind, date_exists, full_date
from engine.mrz.decoder.decode import decode_mrz
from engine.mrz.names import mrz_form, mrz_forms, same_name, split_names
from engine.mrz.parse import parse_fields, read_checks, recognise_format
from engine.tables.states import country_exists, country_name
from engine.values.mrz import CheckDigit, Correction, Field, MrzFields, MrzFormat, MrzReading

__all__ = [
    "CheckDigit",
    "Correction",
    "DateKind",
    "Field",
    "MrzFields",
    "MrzFormat",
    "MrzReading",
    "build_fra_id",
    "build_mrv_a",
    "build_mrv_b",
    "build_mrz",
    "build_td1",
    "build_td2",
    "build_td3",
    "check_digit",
    "country_exists",
    "country_name",
    "date_exists",
    "decode_mrz",
    "full_date",
    "mrz_form",
    "mrz_forms",
    "parse_fields",
    "read_checks",
    "recognise_format",
    "same_name",
    "split_names",
]
