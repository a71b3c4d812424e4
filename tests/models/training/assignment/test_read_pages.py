"""Pages drawn in pixels and read by the engine: a word has the tag of the value on which it stands."""

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is installed by `make train` only")

from engine.values.items import Item
from engine.visual.items.tagging.word_features import ACROSS, DOWN, KNOWN_AUTHORITY, PAGE_MM
from engine.visual.items.tagging.word_tags import COUNT, value_tag
from models.training.assignment import read_pages as module
from models.training.assignment.examples import Example
from models.training.assignment.read_pages import (
    NO_VALUE,
    UNKNOWN,
    load_pages,
    moved,
    read_example,
    read_pages,
    trained_on,
)
from models.training.draw.samples import make_picture
from models.training.draw.type.fonts import FontsMissing
from models.training.loop import kept


@pytest.fixture(scope="module")
def page() -> Example:
    try:
        picture = make_picture(3, 1, kind="scan300", layout="generic")
    except FontsMissing:
        pytest.skip("no fonts to draw with")
    example = read_example(picture)
    assert example is not None
    return example


def test_words_are_values_or_none_or_not_known(page: Example) -> None:
    tags = set(page.tags.tolist())
    assert tags <= {*range(COUNT), NO_VALUE, UNKNOWN}
    assert {value_tag(item) for item in (Item.SURNAME, Item.BIRTH_PLACE, Item.ISSUE_DATE)} < tags
    assert (page.tags == NO_VALUE).mean() > 0.3  # labels


def test_a_page_is_moved_as_a_whole_and_stays_what_it_is(page: Example) -> None:
    one = moved(random.Random(1), page)
    assert np.array_equal(one.tags, page.tags)
    shift = one.arrays.boxes[:, 0] - page.arrays.numbers[:, 0] * PAGE_MM[0]
    assert np.ptp(shift) < 0.25 * np.ptp(page.arrays.boxes[:, 0])
    assert np.allclose(one.arrays.numbers[:, ACROSS[0]] * PAGE_MM[0], one.arrays.boxes[:, 0], atol=1e-3)
    assert np.allclose(one.arrays.numbers[:, DOWN[0]] * PAGE_MM[1], one.arrays.boxes[:, 1], atol=1e-3)


def test_half_of_the_pages_show_no_known_authority(page: Example) -> None:
    page.arrays.numbers[:, KNOWN_AUTHORITY] = 0.9
    shown = [moved(random.Random(seed), page).arrays.numbers[0, KNOWN_AUTHORITY] > 0 for seed in range(60)]
    assert 15 < sum(shown) < 45


def test_pages_are_kept_and_some_are_not_trained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Example
) -> None:
    drawn: list[int] = []

    def draw(number: int) -> list[Example]:
        drawn.append(number)
        return [page]

    monkeypatch.setattr(module, "_read_number", draw)
    monkeypatch.setattr(kept, "FILE", 3)
    read_pages(tmp_path, 4, 0)
    read_pages(tmp_path, 6, 0)
    assert drawn == [0, 1, 2, 3, 4, 5]
    assert len(load_pages(tmp_path)) == 6
    assert len(trained_on(tmp_path)) == 5
