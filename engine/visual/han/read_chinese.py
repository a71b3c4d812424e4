"""Reads what a passport of mainland China prints in Chinese characters: the name, two places, the authority."""

from collections.abc import Sequence
from typing import Final

from engine.page import PlacedPage
from engine.values.chinese import NO_CHINESE, ChinesePrint
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzReading
from engine.values.pictures import Photo
from engine.visual.han.read_beside import read_beside
from engine.visual.han.read_name import read_chinese_name

_REGIONS: Final = ("H", "K", "M")
"""First letters of the numbers of Hong Kong's and Macao's passports, whose zones say CHN as well."""


def read_chinese(photo: Photo, page: PlacedPage, mrz: MrzReading, items: Sequence[ItemReading]) -> ChinesePrint:
    """Return what is printed in Chinese characters; nothing on passports of other states and regions.

    Args:
        photo: the picture.
        page: where its page lies.
        mrz: the decoded machine readable zone.
        items: the items as both zones say; their Latin print tells where to look and what for.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    if not is_mainland(mrz):
        return NO_CHINESE
    beside = read_beside(photo, page, items)
    return ChinesePrint(
        read_chinese_name(photo, page, mrz, items),
        beside[Item.BIRTH_PLACE],
        beside[Item.ISSUE_PLACE],
        beside[Item.AUTHORITY],
    )


def is_mainland(mrz: MrzReading) -> bool:
    """Whether the passport is one of mainland China, not of Hong Kong or Macao, whose names are spelt otherwise."""
    fields = mrz.fields
    return fields.issuing_state == "CHN" and fields.document_number[:1] not in _REGIONS
