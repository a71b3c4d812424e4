import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.values.items import Item
from models.training.draw.pages.records import ItemTruth, PrintedLine, Truth, box_of, hull, upright_quad

QUAD = upright_quad(9.5, 19.5, 29.5, 24.5)


def test_moving_the_truth_moves_every_quad_and_nothing_else() -> None:
    truth = Truth(
        "TD3",
        "UTO",
        "generic_uto",
        ("A", "B"),
        (QUAD, QUAD),
        {Item.SEX: ItemTruth("F", "F", QUAD), Item.ISSUE_PLACE: ItemTruth("")},
        (PrintedLine("F", QUAD, False),),
        QUAD,
    )
    moved = truth.moved(lambda points: points + np.array([10.0, -4.0]))
    shifted = upright_quad(19.5, 15.5, 39.5, 20.5)
    assert moved.mrz_quads == (shifted, shifted)
    assert moved.items[Item.SEX] == ItemTruth("F", "F", shifted)
    assert moved.items[Item.ISSUE_PLACE].quad is None
    assert moved.lines[0].quad == shifted
    assert moved.portrait == shifted
    assert moved.mrz == truth.mrz


def test_a_box_counts_whole_pixels() -> None:
    assert box_of(QUAD, 100, 100) == (10, 20, 20, 5)


def test_a_box_is_cut_at_the_picture_and_none_outside() -> None:
    assert box_of(QUAD, 20, 22) == (10, 20, 10, 2)
    assert box_of(QUAD, 8, 100) is None


@given(st.floats(0, 50), st.floats(0, 50), st.floats(1, 50), st.floats(1, 50))
def test_a_hull_of_one_quad_is_that_quad(x: float, y: float, width: float, height: float) -> None:
    quad = upright_quad(x, y, x + width, y + height)
    assert hull([quad]) == quad
