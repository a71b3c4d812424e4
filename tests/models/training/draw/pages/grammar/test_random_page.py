from collections import Counter

import numpy as np
import pytest

from engine.values.items import Item
from models.training.draw.pages.draw import draw_page
from models.training.draw.pages.records import Page, upright_quad
from models.training.draw.people.scripts import script_of

pytestmark = pytest.mark.usefixtures("fonts")

SCALE = 6.0


@pytest.fixture(scope="module")
def pages(fonts: None) -> list[Page]:
    return [draw_page(np.random.default_rng((3, k)), "random", SCALE) for k in range(30)]


def test_a_page_is_the_same_for_the_same_seed() -> None:
    first, second = (draw_page(np.random.default_rng(4), "random", SCALE) for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.truth == second.truth


def test_printed_items_are_latin_and_stand_on_the_lines_that_hold_them(pages: list[Page]) -> None:
    for page in pages:
        lines = [line.text for line in page.truth.lines]
        for item, truth in page.truth.items.items():
            if item in (Item.MRZ_LINE_1, Item.MRZ_LINE_2) or truth.quad is None:
                continue
            assert any(truth.printed in line for line in lines) or "two lines" in truth.traits
            if item is not Item.SEX:
                assert not any(map(script_of, truth.printed))


def test_every_printed_item_says_how_its_page_is_laid_out(pages: list[Page]) -> None:
    for page in pages:
        for truth in (page.truth.items[i] for i in (Item.BIRTH_DATE, Item.ISSUE_DATE, Item.BIRTH_PLACE)):
            if truth.quad is not None:
                assert any(trait.startswith("labels ") for trait in truth.traits)
                assert any("column" in trait for trait in truth.traits)
                assert any(trait.endswith(" type") for trait in truth.traits)


def test_pages_are_of_many_kinds(pages: list[Page]) -> None:
    traits = Counter(t for page in pages for t in {t for line in page.truth.lines for t in line.traits})
    assert len({t for t in traits if t.startswith("labels ")}) >= 3
    assert len({t for t in traits if t.endswith(" type")}) >= 5
    assert {"1 column", "2 columns", "3 columns", "overprint", "portrait beside", "two lines", "bilingual"} <= set(
        traits
    )
    assert max(traits["labels above"], traits["2 columns"]) < len(pages)


def test_other_scripts_stand_beside_latin_values(pages: list[Page]) -> None:
    scripts = {script_of(c) for page in pages for line in page.truth.lines for c in line.text}
    assert len(scripts - {""}) >= 3


def test_no_value_is_printed_upon_another(pages: list[Page]) -> None:
    hidden = 0
    for page in pages:
        values = [line.quad for line in page.truth.lines if not line.label]
        hidden += sum(_overlap(a, b) > 0.3 for i, a in enumerate(values) for b in values[:i])
    assert hidden <= len(pages) // 10  # a field set apart from the others may touch one


def _overlap(one: tuple, two: tuple) -> float:  # type: ignore[type-arg]
    across = min(one[2].x, two[2].x) - max(one[0].x, two[0].x)
    down = min(one[2].y, two[2].y) - max(one[0].y, two[0].y)
    smaller = min((q[2].x - q[0].x) * (q[2].y - q[0].y) for q in (one, two))
    return max(across, 0.0) * max(down, 0.0) / smaller


def test_what_lies_over_and_beside_a_line_is_told() -> None:
    from models.training.draw.pages.grammar.random_page import surroundings

    changed = np.zeros((100, 400), np.bool_)
    changed[40:60, 200:230] = True
    beside = (0.0, 0.0, 9.0, 20.0)
    assert surroundings(upright_quad(100, 40, 300, 60), changed, [beside], 10.0) == ("overprint", "portrait beside")
    assert surroundings(upright_quad(100, 70, 300, 90), changed, [(12.0, 6.0, 25.0, 9.0)], 10.0) == ("picture under",)
    assert surroundings(upright_quad(200, 5, 300, 15), changed, [beside], 10.0) == ()
