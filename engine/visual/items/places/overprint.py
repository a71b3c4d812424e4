"""Words of watermarks and stamps, which lie over the page and are read with the lines they cross."""

import re
from typing import Final

from engine.visual.items.text_spans import TextSpan

_OVERPRINT: Final = re.compile(
    r"\b(SPECIMEN|SPÉCIMEN|ESPECIMEN|ESPÉCIMEN|SPESIMEN|SAMPLE|MUSTER|MODELO|COPY|KOPIE|COPIE|VOID|SEEN)\b"
)
"""What they say, in capitals."""


def without_overprint(span: TextSpan) -> list[TextSpan]:
    """Return what is left of a line beside such words: the pieces between them; [] where it says nothing else."""
    marks = [match.span() for match in _OVERPRINT.finditer(span.text)]
    starts, stops = [0, *(stop for _, stop in marks)], [*(start for start, _ in marks), len(span.text)]
    return [span.part(a, b) for a, b in zip(starts, stops, strict=True) if span.text[a:b].strip()]
