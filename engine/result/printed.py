"""Keeps with each item how it is printed in Latin letters: ``12 AUG/AOÛT 1984`` for 840812, ``UTOPIAN`` for UTO."""

from collections.abc import Iterable
from dataclasses import replace

from engine.values.items import ItemReading, Source, VisualReading
from engine.values.text import FOREIGN


def keep_printed(items: Iterable[ItemReading], visual: VisualReading) -> tuple[ItemReading, ...]:
    """Return the items; those whose value was taken from the page, or agrees with it, with the text printed there.

    Letters of other scripts are left out, since nobody read which they are: ``05 8月/AUG 2029`` is ``05 8/AUG 2029``.
    """
    return tuple(
        replace(item, printed=_latin(visual.values[item.item].printed))
        if item.source in {Source.VIZ, Source.BOTH} and item.item in visual.values
        else item
        for item in items
    )


def _latin(text: str) -> str:
    return " ".join(text.replace(FOREIGN, "").split())
