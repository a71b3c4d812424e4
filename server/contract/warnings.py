"""Warnings as clients get them: in a header always, beside the data on request; nothing that was read is in them."""

from collections.abc import Sequence
from typing import Final

from engine.values.items import Item
from engine.values.warnings import Caution

HEADER: Final = "X-Passport-Warnings"
"""Header of an answer whose picture has warnings: a list of structured fields (RFC 9651)."""
HEADER_EXAMPLE: Final = 'GLARE;items="passport_number birth_date", GRAY'


def warnings_header(cautions: Sequence[Caution]) -> dict[str, str]:
    """The header that tells of ``cautions``, none where there are none.

    Each warning's code is a token, the English names of the items it concerns stand in its parameter ``items``:
    ``CONTRADICTION;items="passport_number sex", GRAY``. All of that are names of ours in ASCII, so that no text of a
    page can end a line of the head.
    """
    return {HEADER: ", ".join(map(_member, cautions))} if cautions else {}


def _member(caution: Caution) -> str:
    names = " ".join(item_name(item) for item in caution.items)
    return caution.warning.name + (f';items="{names}"' if names else "")


def item_name(item: Item) -> str:
    """What a client calls an item in ASCII: ``passport_number``, as in the library."""
    return item.name.lower()
