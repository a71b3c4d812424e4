"""What a word of the page may be: the value of an item, its label, another value or label, or nothing of these."""

from typing import Final

from engine.values.items import MRZ_LINES, Item

ITEMS: Final = tuple(item for item in Item if item not in MRZ_LINES)
NOTHING: Final = 0
OTHER_VALUE: Final = len(ITEMS) + 1
OTHER_LABEL: Final = 2 * len(ITEMS) + 2
COUNT: Final = OTHER_LABEL + 1
NAMES: Final = (
    "nothing",
    *(item.english for item in ITEMS),
    "other value",
    *(f"label of {item.english}" for item in ITEMS),
    "other label",
)
"""Of the tags in the order in which the network answers."""


def value_tag(item: Item | None) -> int:
    """Return the tag of words of an item's value; None means a field that is no item."""
    return OTHER_VALUE if item is None else 1 + ITEMS.index(item)


def label_tag(item: Item | None) -> int:
    """Return the tag of words of an item's label; None means that of a field that is no item."""
    return OTHER_LABEL if item is None else OTHER_VALUE + 1 + ITEMS.index(item)
