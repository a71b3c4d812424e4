"""What a line reader saw: characters with probabilities. Pure text, no pixels.

No ``repr`` tells what was read: it may reach a log.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeAlias

FOREIGN: Final = "一"
"""What line readers answer for any letter that is not Latin."""

END: Final = "\n"
"""What a `Preference` is asked about where a text ends."""
Preference: TypeAlias = Callable[[str, str], float]
"""Given a text so far and its next character or `END`, what is added to the logarithm of their probability."""


class Evidence(Protocol):
    """What a reader held possible in a line, column by column of its image: more than the characters it told."""

    def search(self, prefer: Preference) -> str:
        """Return the text that the evidence and a preference together hold likeliest."""
        ...

    def log_likelihood(self, text: str, start: float, end: float) -> float:
        """Return the logarithm of the probability that columns ``start`` to ``end`` (px) show just ``text``."""
        ...


@dataclass(frozen=True, slots=True)
class CharReading:
    """One character as read.

    ``alternatives`` are other characters the reader held possible here, most probable first, each with its
    probability (``probability`` and theirs sum to at most 1). ``start`` and ``end`` are x coordinates in pixels
    of the line image that was read. ``partial`` says that only a part of its print was seen, so that it may be
    another one, however sure the reader was.
    """

    char: str = field(repr=False)
    probability: float
    alternatives: tuple[tuple[str, float], ...] = field(default=(), repr=False)
    start: float = 0.0
    end: float = 0.0
    partial: bool = False

    def read_as(self, char: str, probability: float) -> "CharReading":
        """Return it as another character of this ``probability``, what was read among its alternatives.

        What was read and what else was held possible divide the rest, each in proportion to what it had; together
        they get no more than they had.
        """
        others = [(c, chance) for c, chance in ((self.char, self.probability), *self.alternatives) if c != char]
        share = (1 - probability) / max(sum(chance for _, chance in others), 1 - probability, 1e-9)
        shared = sorted(((c, chance * share) for c, chance in others), key=lambda other: -other[1])
        return replace(self, char=char, probability=probability, alternatives=tuple(shared))


@dataclass(frozen=True, slots=True)
class LineText:
    """One line as read; empty when the reader saw no text.

    ``evidence`` is for weighing other texts against it, where the reader keeps any.
    """

    chars: tuple[CharReading, ...] = field(default=(), repr=False)
    evidence: Evidence | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The most probable characters, joined."""
        return "".join(c.char for c in self.chars)

    @property
    def weakest(self) -> float:
        """The smallest character probability; 0 for an empty line."""
        return min((c.probability for c in self.chars), default=0.0)
