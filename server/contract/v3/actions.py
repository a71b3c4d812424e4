"""The actions that are served, and their warnings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine import Caution, Warning

from ..facts import Facts
from ..faults import Refused
from .errors import NO_PASSPORT
from .mlid_passport_ocr import mlid_passport_ocr
from .passport_ocr import passport_ocr

VERSION: Final = "2018-11-19"

WARNINGS: Final[Mapping[Warning, int]] = {
    Warning.PAGE_CUT: -9101,  # the edge of the document is incomplete
    Warning.GRAY: -9102,  # a copy: only one without colour is noticed
    Warning.GLARE: -9107,  # a reflection
    Warning.BLURRED: -9108,
}
"""Codes of the warnings that have one. -9103 (photographed from a screen) and -9104 (edited) are never looked for."""


@dataclass(frozen=True, slots=True)
class Action:
    """What may be asked for: its name, the parameter by which a portrait is wanted, and what it answers.

    One that ``asks_for_zone`` has nothing to say in its main fields of a page read without its machine readable zone.
    """

    name: str
    portrait: str
    fields: Callable[[Facts], dict[str, Any]]
    asks_for_zone: bool = False
    warns: bool = False

    def answer(self, facts: Facts, cautions: Iterable[Caution]) -> dict[str, Any]:
        """Return the answer but for ``RequestId``.

        Raises:
            Refused: -9020 there is no zone, and this action asks for one: no success with empty fields.
        """
        if self.asks_for_zone and not facts["zone"]["lines"]:
            raise Refused(NO_PASSPORT)
        codes = sorted((WARNINGS[c.warning] for c in cautions if c.warning in WARNINGS), reverse=True)
        return self.fields(facts) | ({"WarnCardInfos": codes} if self.warns else {})


ACTIONS: Final[Mapping[str, Action]] = {
    action.name: action
    for action in (
        Action("PassportOCR", "CropPortrait", passport_ocr),
        Action("MLIDPassportOCR", "RetImage", mlid_passport_ocr, asks_for_zone=True, warns=True),
    )
}
