"""Keeps with each item how it is printed: ``12 AUG/AOÛT 1984`` for 840812, ``UTOPIAN`` for UTO."""

from collections.abc import Iterable
from dataclasses import replace

from engine.values.items import ItemReading, Source, VisualReading


def keep_printed(items: Iterable[ItemReading], visual: VisualReading) -> tuple[ItemReading, ...]:
    """Return the items; those whose value was taken from the page, or agrees with it, with the text printed there."""
    return tuple(
        replace(item, printed=visual.values[item.item].printed)
        if item.source in {Source.VIZ, Source.BOTH} and item.item in visual.values
        else item
        for item in items
    )
