"""Parameters as forms and queries hold them: names and values, percent-encoded."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from ..contract.faults import PARAMETER_WRONG, Refused

FORM: Final = "application/x-www-form-urlencoded"
FORM_COST: Final = 64
"""A form or query takes so many times as long as JSON of its length: each ``%41`` is decoded in Python."""
MAX_NAMES: Final = 64
"""Parameters of one form or query; SDKs send up to 15."""


def is_form(content_type: str) -> bool:
    """Whether a body of this content type is a form."""
    return kind_of(content_type) == FORM


def kind_of(content_type: str) -> str:
    """The type of a ``Content-Type`` header, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def parse_form(form: bytes) -> dict[str, str]:
    """The parameters of a form or a query, decoded; ``;`` does not part them.

    Raises:
        Refused: it names one twice, has far too many, or is no text.
    """
    try:
        pairs = parse_qsl(form.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_NAMES)
        for _, value in pairs:
            value.encode()
    except ValueError:
        raise Refused(PARAMETER_WRONG) from None
    return named_once(pairs)


def named_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The values by their names.

    Raises:
        Refused: a name stands there twice.
    """
    named = dict(pairs)
    if len(named) < len(pairs):
        raise Refused(PARAMETER_WRONG)
    return named
