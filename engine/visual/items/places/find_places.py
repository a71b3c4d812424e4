"""Finds what the machine readable zone does not carry: place of birth, place of issue, authority.

The network says which lines they are; where it is in doubt the rules are asked as well.
"""

from collections.abc import Mapping

from engine.tables.labels import Label
from engine.values.items import Item, VisualValue
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.places.by_network import told_by_network
from engine.visual.items.places.by_rules import find_by_rules
from engine.visual.items.places.found_place import FoundPlace, found_place
from engine.visual.items.places.own_labels import LABELS
from engine.visual.items.tagging.tagged_page import SURE


def find_places(page: PageText, claims: Claims, expected: Mapping[Item, Position]) -> dict[Item, VisualValue]:
    """Return the places and the authority.

    Args:
        page: what was read.
        claims: what other items hold already.
        expected: where a known layout prints these items, mm; {} where the layout is not known.
    """
    told = _authority_first(page, {item: found for item in LABELS if (found := told_by_network(page, claims, item))})
    for found in told.values():
        found.claim(claims)
    for item in LABELS:
        by_network = told.get(item)
        if by_network and by_network.share >= SURE:
            continue
        others = Claims([entry for entry in claims.taken if by_network is None or entry[0] is not item])
        by_rules = find_by_rules(page, others, item, expected.get(item))
        if by_rules and by_network is None:
            by_rules.claim(claims)
            told[item] = by_rules
        elif by_rules and by_network and by_rules.says_same_as(by_network):
            told[item] = max(by_rules, by_network, key=lambda found: found.value.confidence)
    return {item: found.value for item, found in told.items()}


def _authority_first(page: PageText, told: dict[Item, FoundPlace]) -> dict[Item, FoundPlace]:
    """``told`` with a doubtful place of issue as the authority, where none was told: nearly all pages print that.

    Not under a label of its own.
    """
    lone = told.get(Item.ISSUE_PLACE)
    if lone is None or lone.share >= SURE or Item.AUTHORITY in told:
        return told
    if best_fit(page.labels, (Label.ISSUE_PLACE,), lone.parts[0].area) > 0:
        return told
    rest: dict[Item, FoundPlace] = {item: found for item, found in told.items() if item is not Item.ISSUE_PLACE}
    return {
        **rest,
        Item.AUTHORITY: found_place(Item.AUTHORITY, lone.parts, lone.share, page.mrz.fields.issuing_state),
    }
