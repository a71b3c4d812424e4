"""What is known about the page when its lines are given to items."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.values.items import Item
from engine.values.mrz import MrzReading
from engine.visual.items.labels_on_page import PlacedLabel, owner, place_labels, split_columns
from engine.visual.items.phrases import IDEOGRAPH, Phrase, ReadLine
from engine.visual.text.fold import fold


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything read on the page.

    ``phrases`` are the lines that hold values (whole lines, labels left out); ``labels`` the labels with their
    places; ``mrz`` what the machine readable zone lets expect.
    """

    phrases: tuple[Phrase, ...]
    labels: tuple[PlacedLabel, ...]
    mrz: MrzReading


@dataclass
class Claims:
    """Which characters of which lines have been given to an item: each stands for one item only."""

    taken: list[tuple[Item, Phrase]] = field(default_factory=list)

    def claim(self, item: Item, phrase: Phrase) -> None:
        """Give ``phrase`` to ``item``."""
        self.taken.append((item, phrase))

    def free(self, phrase: Phrase) -> bool:
        """Return whether no character of ``phrase`` has been given away."""
        return not any(t.overlaps(phrase) for _, t in self.taken)

    def left_of(self, phrase: Phrase) -> list[Phrase]:
        """Return the pieces of ``phrase`` that have not been given away."""
        held = sorted((t.start, t.stop) for _, t in self.taken if t.overlaps(phrase))
        starts = [phrase.start, *(stop for _, stop in held)]
        stops = [*(start for start, _ in held), phrase.stop]
        pieces = (phrase.part(a - phrase.start, b - phrase.start) for a, b in zip(starts, stops, strict=True))
        return [piece for piece in pieces if piece.stop > piece.start]


def page_text(lines: Sequence[ReadLine], mrz: MrzReading) -> PageText:
    """Sort what was read into labels and possible values."""
    fields = mrz.fields
    known = {fold(value) for value in (fields.document_number, fields.surname, fields.given_names)} - {""}
    labels, plain = place_labels(lines, known)
    whole = (Phrase(line, 0, len(line.text.chars)) for i, line in enumerate(lines) if i not in plain)
    phrases = tuple(part for phrase in whole if phrase.text.strip() for part in split_columns(phrase, labels))
    return PageText(phrases, (*labels, *_passed_on(phrases, labels)), mrz)


def _passed_on(phrases: Sequence[Phrase], labels: Sequence[PlacedLabel]) -> list[PlacedLabel]:
    """Labels whose value stands in another script above the Latin one: that line passes its label on."""
    passed = []
    for phrase in phrases:
        if any(c.isalnum() and c != IDEOGRAPH for c in phrase.text):
            continue
        label = owner(labels, phrase.area)
        if label is not None and phrase.text.count(IDEOGRAPH) > 1:
            passed.append(PlacedLabel(label.label, 0.9 * label.likeness, phrase.area))
    return passed
