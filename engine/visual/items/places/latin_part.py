"""The Latin text of a line of several scripts."""

import re
from typing import Final

from engine.visual.items.text_spans import IDEOGRAPH, TextSpan

_LATIN: Final = re.compile(
    rf"((?:['’](?=[stST][\s-]))?[^\W{IDEOGRAPH}_][^{IDEOGRAPH}]*?)[\s/|,;:<=~^*°'`´·-]*(?:\s{IDEOGRAPH})?$"
)
"""The last stretch of a line without ideographs, less the marks at its end."""


def latin_part(span: TextSpan, *, after_stroke: bool = False) -> TextSpan | None:
    """Return the Latin text of a line, what follows ideographs and the slash after them; None where there is none.

    ``after_stroke``: the page prints Latin text after a slash only, so that what looks like Latin before one was
    ideographs too (``川/`` reads as ``JII/``).
    """
    text = span.text
    start = text.rfind("/") + 1 if after_stroke else 0
    match = _LATIN.search(text, start if any(c.isalpha() for c in text[start:]) else 0)
    return span.part(match.start(1), match.end(1)) if match else None
