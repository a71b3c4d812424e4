"""Finds a name that was hardly read: the machine readable zone says which letters the picture may show.

`engine.visual.items.names` compares letters as they were read. Of a name of which most were misread the reader's
evidence still tells the line it stands on, whether it is printed in small letters, and with which marks.
"""

import math
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.tables.alphabets import alphabets
from engine.values.items import VisualValue
from engine.values.text import CharReading
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.fold import fold

_SHORTEST: Final = 4
"""Letters of a name that is looked for: any line may show fewer."""
_LIKE: Final = 0.25
"""Likeness (0..1) of what was read to the name from which a line is looked at more closely."""
_A_LETTER: Final = 1.6
"""How much less likely than what was read a name may be, for each letter (logarithm)."""
_AHEAD: Final = 10.0
"""By how much one line must be likelier than all others (logarithm)."""
_MOST: Final = 0.9
"""The most confidence of a name that was hardly read."""


def find_shown_name(spans: Sequence[TextSpan], wanted: str, state: str) -> tuple[TextSpan, VisualValue] | None:
    """Return the line that shows a name, and the name as it is printed there; None where no line plainly does.

    Args:
        spans: lines that no item holds.
        wanted: the name as the machine readable zone has it.
        state: the one that issued the document: its letters may be printed.
    """
    if len(fold(wanted)) < _SHORTEST:
        return None
    forms = (wanted.upper(), wanted.title())
    looked_at = [span for span in spans if span.line.text.evidence and _is_like(span, wanted)]
    as_read = [(span, _likelihood(span, span.text)) for span in looked_at]
    # Where there is no room for what was read it was put right, and was not placed by the reader.
    placed = [(span, likelihood) for span, likelihood in as_read if math.isfinite(likelihood)]
    weighed = [(_likelihood(span, form) - likelihood, span, form) for span, likelihood in placed for form in forms]
    best, span, form = max(weighed, key=itemgetter(0), default=(-math.inf, None, ""))
    others = [likelihood for likelihood, other, _ in weighed if other is not span]
    if span is None or best < -_A_LETTER * len(fold(wanted)) or best - max(others, default=-math.inf) < _AHEAD:
        return None
    printed, share = _with_marks(span, form, state)
    sure = _MOST * share
    return span, VisualValue(printed, span.text, sure, span.quad, _spread(span, printed, sure))


def _is_like(span: TextSpan, wanted: str) -> bool:
    return Levenshtein.normalized_similarity(fold(span.text), fold(wanted)) >= _LIKE


def _likelihood(span: TextSpan, text: str) -> float:
    """The logarithm of the probability that a line shows a text."""
    evidence = span.line.text.evidence
    assert evidence is not None
    return evidence.log_likelihood(text, *span.surroundings)


def _with_marks(span: TextSpan, form: str, state: str) -> tuple[str, float]:
    """The likeliest of a name without marks and with one on any of its letters, and its share among these."""
    letters = alphabets()[state].letters if state in alphabets() else frozenset()
    forms = {form: _likelihood(span, form)}
    for k, char in enumerate(form):
        marked = (c for c in letters if fold(c) == fold(char) and c.isupper() == char.isupper())
        forms |= {text: _likelihood(span, text) for c in marked if (text := form[:k] + c + form[k + 1 :])}
    best = max(forms, key=lambda text: forms[text])
    return best, 1 / sum(math.exp(likelihood - forms[best]) for likelihood in forms.values())


def _spread(span: TextSpan, printed: str, sure: float) -> tuple[CharReading, ...]:
    """The letters of a name side by side where something else was read, each as sure as the whole."""
    left, right = span.chars[0].start, span.chars[-1].end
    step = (right - left) / len(printed)
    return tuple(CharReading(c, sure, (), left + step * i, left + step * (i + 1)) for i, c in enumerate(printed))
