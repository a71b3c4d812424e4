"""The dialects there are, and which of them a request speaks."""

import re
from typing import Final

from starlette.types import Scope

from .aip.dialect import THE_AIP
from .dialect import Dialect
from .ocr_passport.answers import OCR_PASSPORT
from .v3.dialect import THE_V3

OTHERS: Final[tuple[Dialect, ...]] = (THE_V3, THE_AIP)
"""Those that know their own requests; `OCR_PASSPORT` answers all others."""
_LINE: Final = re.compile(rb"([!-~]{1,32}) (/[!->@-~]*)(?:\?([!-~]*))? HTTP/1\.[01]\r?\n")


def dialect_of(scope: Scope) -> Dialect:
    """The dialect a request speaks."""
    return next((one for one in OTHERS if one.speaks(scope)), OCR_PASSPORT)


def scope_of(head: bytes) -> Scope:
    """What is known of a request that never reached the application; ``head`` is what came of it, if anything."""
    line = _LINE.match(head)
    method, path, query = line.groups(b"") if line else (b"", b"", b"")
    return {
        "type": "http",
        "method": method.decode("ascii"),
        "path": path.decode("ascii"),
        "query_string": query,
        "headers": [],
    }
