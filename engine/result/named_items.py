"""The fifteen items as attributes: ``reading.passport_number``."""

from abc import abstractmethod
from typing import Final, overload

from engine.values.items import Item, ItemReading


class _ItemNamed:
    """An attribute that looks its item up; on the class itself it is the `Item`."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self.__doc__ = f"The item {item.value}: {item.english}."

    @overload
    def __get__(self, reading: None, kind: type) -> Item: ...

    @overload
    def __get__(self, reading: "NamedItems", kind: type) -> ItemReading: ...

    def __get__(self, reading: "NamedItems | None", kind: type) -> Item | ItemReading:
        return self._item if reading is None else reading[self._item]


class NamedItems:
    """Gives a reading an attribute for each item; ``reading[item]`` is the subclass's."""

    __slots__ = ()

    document_type: Final = _ItemNamed(Item.DOCUMENT_TYPE)
    issuing_state: Final = _ItemNamed(Item.ISSUING_STATE)
    passport_number: Final = _ItemNamed(Item.PASSPORT_NUMBER)
    sex: Final = _ItemNamed(Item.SEX)
    nationality: Final = _ItemNamed(Item.NATIONALITY)
    birth_date: Final = _ItemNamed(Item.BIRTH_DATE)
    birth_place: Final = _ItemNamed(Item.BIRTH_PLACE)
    issue_date: Final = _ItemNamed(Item.ISSUE_DATE)
    issue_place: Final = _ItemNamed(Item.ISSUE_PLACE)
    expiry_date: Final = _ItemNamed(Item.EXPIRY_DATE)
    authority: Final = _ItemNamed(Item.AUTHORITY)
    mrz_line_1: Final = _ItemNamed(Item.MRZ_LINE_1)
    mrz_line_2: Final = _ItemNamed(Item.MRZ_LINE_2)
    surname: Final = _ItemNamed(Item.SURNAME)
    given_names: Final = _ItemNamed(Item.GIVEN_NAMES)

    @abstractmethod
    def __getitem__(self, item: Item | str) -> ItemReading:
        """Return one item."""
