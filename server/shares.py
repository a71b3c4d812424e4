"""A bounded good – places, bytes – that nobody can take from the others.

As long as there is enough, everybody may take as much as wanted. Where there is not, who has less is served first:
the newest part of whoever has most is taken back for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class NoShare(Exception):
    """Nothing is left, and nobody has more than who asks."""


@dataclass(frozen=True, slots=True)
class Holder:
    """On whose behalf something is held: its app, and the network address it came from; empty where unknown."""

    app: str = ""
    address: str = ""
    proven: bool = True

    @classmethod
    def unproven(cls, claimed: str, address: str) -> "Holder":
        """Who only claims to be an app, or nothing yet: it must not use up what that app may have."""
        return cls(f"{claimed}, unproven", address, proven=False)


@dataclass(eq=False, slots=True)
class Part:
    """What one request holds. ``give_way`` is called when it is taken back; where it is None, nobody takes it."""

    holder: Holder
    amount: int
    give_way: Callable[[], None] | None


class Shares:
    """So much of a good, shared among apps and among addresses; used on one thread."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._taken = 0
        self._parts: dict[Part, None] = {}  # in the order they were taken
        self._held: Counter[tuple[str, str]] = Counter()

    @property
    def taken(self) -> int:
        """How much is held by all together."""
        return self._taken

    @contextmanager
    def held(self, holder: Holder, amount: int = 1, give_way: Callable[[], None] | None = None) -> Iterator[Part]:
        """Hold ``amount`` while the block runs, or until ``give_way`` is called.

        Raises:
            NoShare: there is not that much left, and no app and no address has more than this one would have.
        """
        part = Part(holder, amount, give_way)
        for leaving in self._in_the_way(part):
            self._drop(leaving)
            assert leaving.give_way is not None
            leaving.give_way()
        self._parts[part] = None
        self._count(part, +1)
        try:
            yield part
        finally:
            self._drop(part)

    def _in_the_way(self, newcomer: Part) -> list[Part]:
        """The parts to take back so that the newcomer fits: the newest of those who have most."""
        missing = self._taken + newcomer.amount - self._total
        held = self._held.copy()
        wanted = {name: held[name] + newcomer.amount for name in names_of(newcomer.holder)}
        leaving: list[Part] = []
        if missing <= 0:
            return leaving
        newest_first = [*self._parts][::-1]
        for part in sorted(newest_first, key=self._wealth, reverse=True):
            mine = zip(names_of(part.holder), wanted.values(), strict=True)
            if part.give_way is not None and any(held[name] > limit for name, limit in mine):
                leaving.append(part)
                held.subtract(dict.fromkeys(names_of(part.holder), part.amount))
                missing -= part.amount
            if missing <= 0:
                break
        if missing > 0:
            raise NoShare
        return leaving

    def _wealth(self, part: Part) -> tuple[int, ...]:
        return tuple(self._held[name] for name in names_of(part.holder))

    def _drop(self, part: Part) -> None:
        if part in self._parts:  # else it gave way before
            del self._parts[part]
            self._count(part, -1)

    def _count(self, part: Part, sign: int) -> None:
        self._taken += sign * part.amount
        for name in names_of(part.holder):
            self._held[name] += sign * part.amount
            if not self._held[name]:
                del self._held[name]


def names_of(holder: Holder) -> tuple[tuple[str, str], tuple[str, str]]:
    """The names under which what ``holder`` has is counted."""
    return ("app", holder.app), ("address", holder.address)
