import random

import numpy as np
import pytest

from engine.values.items import Item
from engine.visual.items.tagging.word_features import COUNT, KNOWN_AUTHORITY
from engine.visual.items.tagging.word_tags import NOTHING, OTHER_LABEL, label_tag, value_tag
from models.training.assignment.documents import Document
from models.training.assignment.examples import draw_example, draw_page
from models.training.assignment.layouts import Print
from models.training.assignment.reading import see

PAGES = [draw_page(random.Random(seed)) for seed in range(40)]


def test_the_same_seed_draws_the_same_page() -> None:
    one, two = (draw_example(random.Random(7)) for _ in range(2))
    assert np.array_equal(one.arrays.numbers, two.arrays.numbers)
    assert np.array_equal(one.tags, two.tags)


def test_most_pages_show_the_items_that_only_the_page_tells() -> None:
    for item in (Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.AUTHORITY):
        shown = sum(value_tag(item) in tags for _, _, tags in PAGES)
        assert shown > 0.6 * len(PAGES)


def test_words_of_a_value_are_those_of_the_document() -> None:
    right = total = 0
    for document, words, tags in PAGES:
        for item in document.values:
            printed = "".join(text for text, tag in document.values[item] if tag == value_tag(item))
            read = [word.text.strip("/") for word, tag in zip(words, tags, strict=True) if tag == value_tag(item)]
            total += len(read)
            right += sum(text in printed for text in read)
    assert right > 0.6 * total


def test_a_label_is_tagged_with_its_item() -> None:
    tags = {tag for _, _, tags in PAGES for tag in tags}
    assert {label_tag(item) for item in (Item.BIRTH_PLACE, Item.SEX)} | {NOTHING, OTHER_LABEL} <= tags


def test_a_document_prints_names_and_has_a_zone_mostly() -> None:
    documents: list[Document] = [document for document, _, _ in PAGES]
    assert all(Item.SURNAME in document.values for document in documents)
    assert sum(bool(document.fields.document_number) for document in documents) > 0.8 * len(documents)


def test_an_example_has_a_tag_for_every_word() -> None:
    example = draw_example(random.Random(3))
    assert example.arrays.numbers.shape == (len(example.tags), COUNT)
    assert example.arrays.numbers[:, KNOWN_AUTHORITY].max() <= 1


@pytest.mark.parametrize("seed", range(5))
def test_lines_in_one_row_may_be_merged_but_words_keep_their_tags(seed: int) -> None:
    prints = [Print((("OSLO", 7),), 40, 30, 2, 1.5, "value"), Print((("NOR", 2),), 47, 30, 2, 1.5, "value")]
    seen = see(random.Random(seed), prints)
    assert {tag for word, tag in seen if len(word.text) >= 2} <= {7, 2}
