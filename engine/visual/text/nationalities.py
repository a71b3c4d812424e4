"""Whether a printed text is the nationality that a code stands for."""

from functools import cache

from engine.memo import remembered
from engine.tables.nationalities import nationalities
from engine.tables.states import country_name
from engine.visual.text.fold import fold, similarity


@remembered
def is_nationality(folded: str, code: str) -> bool:
    """Return whether a folded text names the nationality of ``code``, small reading errors allowed."""
    return any(similarity(folded, name) >= 0.7 for name in _names(code))


@cache
def _names(code: str) -> frozenset[str]:
    """What the nationality is called, folded."""
    return frozenset(fold(name) for name in (*nationalities().get(code, ()), country_name(code))) - {""}
