"""What a person should know beside the fifteen items: warnings about the picture, and where its two zones differ."""

from dataclasses import dataclass, field
from enum import StrEnum

from engine.values.items import Item
from engine.values.pictures import Quad


class Warning(StrEnum):
    """What is amiss; the value says so and what to do. ``{items}`` stands for the items it concerns."""

    TOO_SMALL = "the text is very small: move closer or scan at 200 dpi or more"
    BLURRED = "the picture is blurred: retake it in focus and with a steady hand"
    GLARE = "a reflection lies over {items}: retake the picture without the lamp's reflection there"
    PAGE_CUT = "the page goes on beyond the edge of the picture: retake it with the whole page in view"
    GRAY = "the picture has no colour, like a copy: photograph or scan the passport itself in colour"
    LINE_LENGTH = "a line of the machine readable zone is not as long as its format asks: compare with the document"
    CHECK_DIGIT = "a check digit of the machine readable zone does not hold: compare with the document"
    REPAIRED = (
        "characters of the machine readable zone were hard to read and chosen so that its check digits hold: "
        "compare with the document"
    )
    NO_ZONE = (
        "no machine readable zone was read, the items are those of the page alone and nothing confirms them: "
        "show the whole page, and compare with the document"
    )
    HIDDEN = (
        "characters of the machine readable zone are hidden or damaged, in {items}: retake the picture without what "
        "covers them, or compare with the document"
    )
    MIRRORED = "the picture is mirrored: switch mirroring off in the camera, or photograph the passport itself"
    OTHER_DOCUMENTS = (
        "other documents are in view beside the one that was read: photograph the one that is meant alone"
    )
    CONTRADICTION = "the printed text and the machine readable zone differ in {items}: compare with the document"
    CHINESE_NAME = (
        "the name in Chinese characters is not read as the machine readable zone spells it: compare with the document"
    )
    CHINESE_PRINT = (
        "the Chinese characters of {items} name something else than the Latin letters: compare with the document"
    )


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning and the items it concerns, none where it concerns all. Holds nothing that was read."""

    warning: Warning
    items: tuple[Item, ...] = ()

    @property
    def advice(self) -> str:
        """What is amiss and what to do, in English; safe to log."""
        named = ", ".join(item.english for item in self.items) or "the page"
        return self.warning.value.format(items=named)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An item that the page and the machine readable zone give differently, as each was read.

    The confidences are the probabilities of either reading alone; ``quad`` (photo px) is where the printed one
    stands. Both values were read off a passport: not for logs, and not in ``repr``.
    """

    item: Item
    mrz: str = field(repr=False)
    printed: str = field(repr=False)
    mrz_confidence: float
    printed_confidence: float
    quad: Quad | None = None
