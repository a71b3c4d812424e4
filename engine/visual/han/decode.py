"""Chooses the name that the pictures of its characters and the machine readable zone's pinyin say together.

Every way to split the letters into as many syllables as there are pictures is tried, and every character that is read
so: a walk over pictures and letters at once, which keeps the best way to each place, and how likely all ways are.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.visual.han.readings import characters, readings

DOT: Final = "·"
"""Parts names of other peoples' languages."""
ANY: Final = "…"
"""Stands in texts that passports print for what differs: whose embassy it is."""
_LEAST_DOTTED: Final = 4
"""Characters of a name with a dot, at least: in shorter ones a gap is a space."""
_LEAST_SWAPPED: Final = 4
"""Characters of a name that may print its parts in another order than the zone, at least."""
_USAGE: Final = 0.1
"""Weight of how often names have a character: no more, for rare names belong to people."""
_SHARPNESS: Final = 1 / 0.7
"""What log probabilities are multiplied by to weigh names against each other: the net is surer than it says."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the zone spells it: capitals of each part, in order; ``cut`` where the end may be missing."""

    parts: tuple[str, ...] = field(repr=False)
    cut: bool = False

    @property
    def letters(self) -> str:
        """All letters."""
        return "".join(self.parts)

    @property
    def breaks(self) -> frozenset[int]:
        """Where one part ends and the next begins."""
        return frozenset(int(end) for end in np.cumsum([len(part) for part in self.parts[:-1]]))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A name, its log probability by the pictures (the mean of a picture), and its share among all that fit."""

    text: str = field(repr=False)
    score: float
    share: float


class _Way(NamedTuple):
    """The best way to a place: its score, sharpened weight of all ways there, score of the pictures, the text."""

    score: float
    total: float
    pictures: float
    text: str


class _Step(NamedTuple):
    """One syllable more: its best score, the weight of all its characters, score of the picture, the character."""

    score: float
    total: float
    pictures: float
    text: str


_END: Final = -1
"""The place behind letters that were cut off."""


def counts(spelling: Spelling, most: int) -> frozenset[int]:
    """How many characters a name spelt so may have, ``most`` at most, gaps between its parts counted."""
    table, letters = readings(), spelling.letters
    reached: list[set[int]] = [{0}] + [set() for _ in letters]
    for stop in range(1, len(letters) + 1):
        for place in range(max(0, stop - table.longest), stop):
            within = not any(place < end < stop for end in spelling.breaks)
            if within and letters[place:stop] in table.syllables:
                reached[stop] |= {count + 1 for count in reached[place] if count < most}
    found = set(reached[-1])
    if spelling.cut:
        longest = max((count for some in reached for count in some), default=0)
        found |= set(range(longest, most + 1))
    gaps = len(spelling.breaks)
    return frozenset(count + gap for count in found for gap in range(gaps + 1) if count + gap <= most) - {0}


def decode_bound(scores: NDArray[np.float32], spelling: Spelling) -> Decoded | None:
    """Return the best name of as many characters as there are pictures that the spelling allows; None if it has none.

    Args:
        scores: N × (characters + 1) log probabilities, see `engine.visual.han.characters`.
        spelling: what the zone says.
    """
    if not spelling.parts:
        return None
    orders = [spelling]
    if len(scores) >= _LEAST_SWAPPED and len(spelling.parts) > 1:
        orders.append(Spelling(spelling.parts[1:] + spelling.parts[:1]))
    ways = [way for order in orders if (way := _walk(scores, order))]
    if not ways:
        return None
    best = max(ways, key=lambda way: way.score)
    others = [way.total for way in ways if way is not best and way.text != best.text]  # the same name counts once
    total = float(np.logaddexp.reduce([best.total, *others]))
    share = float(np.exp(min(best.score * _SHARPNESS - total, 0.0)))
    return Decoded(_with_its_dot(best.text), best.pictures / len(scores), share)


def _with_its_dot(text: str) -> str:
    """A name whose gap is a dot where it is long enough for one, else nothing."""
    return text if len(text.replace(DOT, "")) >= _LEAST_DOTTED else text.replace(DOT, "")


def decode_known(scores: NDArray[np.float32], texts: Collection[str]) -> Decoded | None:
    """Return the likeliest of some texts that have as many characters as there are pictures; None if none has.

    Its score is the median of its pictures, as what is written over some of many characters hides nothing that is
    known; the mean where some are not known.

    Args:
        scores: as those of `decode_bound`.
        texts: of standard characters; `ANY` in one stands for one or more, whatever they are.
    """
    found = {way.text: way for text in sorted(texts) if (way := _filled(scores, text))}
    if not found:
        return None
    best = max(found.values(), key=lambda way: way.score)
    total = float(np.logaddexp.reduce([way.total for way in found.values()]))
    rows, places = np.arange(len(scores)), [characters().index(character) for character in best.text]
    share = float(np.exp(min(best.score * _SHARPNESS - total, 0.0)))
    middle = np.mean if any(ANY in text for text in texts) else np.median
    return Decoded(best.text, float(middle(scores[rows, places])), share)


def _filled(scores: NDArray[np.float32], text: str) -> _Way | None:
    """A text, with what the pictures show in place of `ANY`; None if it has another number of characters."""
    before, any_, behind = text.partition(ANY)
    count = len(scores) - len(before) - len(behind)
    if count < len(any_) or (count and not any_):
        return None
    middle = scores[len(before) : len(before) + count, :-1]
    filled = before + "".join(characters()[at] for at in middle.argmax(axis=1)) + behind
    places = [characters().index(character) for character in filled]
    score = float(scores[np.arange(len(scores)), places].sum())
    rest = float((_total(middle) - middle.max(axis=1) * _SHARPNESS).sum()) if count else 0.0
    return _Way(score, score * _SHARPNESS + rest, score, filled)


def decode_free(scores: NDArray[np.float32]) -> Decoded:
    """Return the most probable character of each picture, whatever it is read as."""
    known = scores[:, :-1]
    best = known.argmax(axis=1)
    chosen = known[np.arange(len(known)), best]
    totals = _total(known)
    share = float(np.exp((chosen * _SHARPNESS - totals).sum()))
    return Decoded("".join(characters()[i] for i in best), float(chosen.mean()), share)


def _walk(scores: NDArray[np.float32], spelling: Spelling) -> _Way | None:
    """The best way through all pictures and all letters."""
    letters = spelling.letters
    ways = {0: _Way(0.0, 0.0, 0.0, "")}
    for picture in scores:
        reached: dict[int, list[_Way]] = {}
        for place, way in ways.items():
            for goal, step in _steps(picture, letters, place, spelling):
                if step.text == DOT and way.text.endswith(DOT):
                    continue
                reached.setdefault(goal, []).append(_on(way, step))
        ways = {goal: _merged(some) for goal, some in reached.items()}
    ends = [way for goal, way in ways.items() if goal in (len(letters), _END)]
    return _merged(ends) if ends else None


def _steps(picture: NDArray[np.float32], letters: str, place: int, spelling: Spelling) -> Iterator[tuple[int, _Step]]:
    """What a picture may be behind ``place`` letters, and where that leads."""
    table = readings()
    if place == _END or (spelling.cut and place == len(letters)):
        yield _END, _step(picture, np.arange(len(characters())), table.given)
        return
    usage = table.surname if place < len(spelling.parts[0]) and len(spelling.parts) > 1 else table.given
    ahead = min([end for end in spelling.breaks if end > place], default=len(letters))
    for stop in range(place + 1, min(place + table.longest, ahead) + 1):
        found = table.syllables.get(letters[place:stop])
        if found is not None:
            yield stop, _step(picture, found, usage)
    if spelling.cut and ahead == len(letters):
        begun = [places for syllable, places in table.syllables.items() if _is_cut(syllable, letters[place:])]
        if begun:
            yield _END, _step(picture, np.concatenate(begun), usage)
    if place in spelling.breaks:
        none = float(picture[-1])
        yield place, _Step(none, none * _SHARPNESS, none, DOT)


def _is_cut(syllable: str, rest: str) -> bool:
    return syllable.startswith(rest) and syllable != rest


def _step(picture: NDArray[np.float32], places: NDArray[np.int64], usage: NDArray[np.float32]) -> _Step:
    weighed = picture[places] + _USAGE * usage[places]
    best = int(weighed.argmax())
    at = int(places[best])
    return _Step(float(weighed[best]), float(_total(weighed)), float(picture[at]), characters()[at])


def _total(weighed: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sharpened weight of all, as a logarithm, along the last axis."""
    sharp = weighed * _SHARPNESS
    most = sharp.max(axis=-1, keepdims=True)
    return np.asarray(np.log(np.exp(sharp - most).sum(axis=-1)) + most[..., 0])


def _on(way: _Way, step: _Step) -> _Way:
    return _Way(way.score + step.score, way.total + step.total, way.pictures + step.pictures, way.text + step.text)


def _merged(ways: Sequence[_Way]) -> _Way:
    """The best of several ways to one place, with the weight of all."""
    best = max(ways, key=lambda way: way.score)
    return best._replace(total=float(np.logaddexp.reduce([way.total for way in ways])))
