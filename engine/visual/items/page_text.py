"""The page as it was read, sorted into labels and possible values, and which of it has been given to an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.values.items import Item
from engine.values.mrz import MrzReading
from engine.visual.items.labels_on_page import LocatedLabel, locate_labels, nearest_label, split_columns
from engine.visual.items.layouts import has_layout
from engine.visual.items.tagging.tagged_page import TaggedPage, tag_page
from engine.visual.items.text_spans import IDEOGRAPH, RecognisedLine, TextSpan
from engine.visual.text.fold import fold


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything read on the page.

    ``spans`` are the lines that may hold values, parted where a line runs through two fields; ``labels`` the labels
    with their areas; ``mrz`` the machine readable zone, which tells many values beforehand; ``tagged`` what the
    network says of every word, None where a known layout tells the values apart.
    """

    spans: tuple[TextSpan, ...]
    labels: tuple[LocatedLabel, ...]
    mrz: MrzReading
    tagged: TaggedPage | None = None


@dataclass
class Claims:
    """Which characters of which lines have been given to an item: each stands for one item only."""

    taken: list[tuple[Item, TextSpan]] = field(default_factory=list)

    def claim(self, item: Item, span: TextSpan) -> None:
        """Give ``span`` to ``item``."""
        self.taken.append((item, span))

    def is_free(self, span: TextSpan) -> bool:
        """Return whether no character of ``span`` has been given away."""
        return not any(t.overlaps(span) for _, t in self.taken)

    def unclaimed(self, span: TextSpan) -> list[TextSpan]:
        """Return the pieces of ``span`` that have not been given away."""
        held = sorted((t.start, t.stop) for _, t in self.taken if t.overlaps(span))
        starts = [span.start, *(stop for _, stop in held)]
        stops = [*(start for start, _ in held), span.stop]
        pieces = (span.part(a - span.start, b - span.start) for a, b in zip(starts, stops, strict=True))
        return [piece for piece in pieces if piece.stop > piece.start]

    def free_pieces(self, spans: Iterable[TextSpan]) -> list[TextSpan]:
        """Return the pieces of all ``spans`` that have not been given away."""
        return [piece for span in spans for piece in self.unclaimed(span)]


def page_text(lines: Sequence[RecognisedLine], mrz: MrzReading) -> PageText:
    """Sort what was read into labels and possible values."""
    fields = mrz.fields
    expected = {fold(value) for value in (fields.document_number, fields.surname, fields.given_names)}
    labels, behind = locate_labels(lines, (expected | {fields.issuing_state, fields.nationality}) - {""})
    whole = (TextSpan(line, behind.get(i, 0), len(line.text.chars)) for i, line in enumerate(lines))
    spans = tuple(part for span in whole if span.text.strip() for part in split_columns(span, labels))
    tagged = None if has_layout(fields.issuing_state) else tag_page(lines, fields)
    return PageText(spans, (*labels, *_handed_down(spans, labels)), mrz, tagged)


def _handed_down(spans: Sequence[TextSpan], labels: Sequence[LocatedLabel]) -> list[LocatedLabel]:
    """A line in another script stands between a label and the Latin value: it then acts as that label itself."""
    handed = []
    for span in spans:
        if any(c.isalnum() and c != IDEOGRAPH for c in span.text):
            continue
        label = nearest_label(labels, span.area)
        if label is not None and span.text.count(IDEOGRAPH) > 1:
            handed.append(LocatedLabel(label.label, 0.9 * label.similarity, span.area))
    return handed
