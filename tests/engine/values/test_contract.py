from hypothesis import given
from hypothesis import strategies as st

from engine.values.contract import box_of, contract_data, empty_contract
from engine.values.items import Item, ItemReading, Source
from engine.values.pictures import Point
from engine.values.text import CharReading

NAMES = (
    "类别 签发国 护照号码 性别英文 国籍英文 出生日期 出生地英文 签发日期 签发地英文 有效期至 签发机关 "
    "机读码1 机读码2 英文姓 英文名"
)
KEYS = ["item", "itemcoord", "itemconf", "itemstring", "coords", "words", "candword"]
coordinate = st.floats(-50, 250)
point = st.builds(Point, coordinate, coordinate)


def test_fifteen_items_in_the_documents_order() -> None:
    assert [i.value for i in Item] == NAMES.split()
    data = empty_contract("42")
    assert list(data) == ["class", "session_id", "items"]
    assert data["session_id"] == "42"
    assert [i["item"] for i in data["items"]] == NAMES.split()


def test_an_item_not_read_is_empty_with_confidence_zero() -> None:
    for item in empty_contract()["items"]:
        assert list(item) == KEYS
        assert item["itemstring"] == ""
        assert item["itemconf"] == 0
        assert item["itemcoord"] == {"x": 0, "y": 0, "width": 0, "height": 0}
        assert item["coords"] == item["words"] == item["candword"] == []


def test_a_read_item_has_box_quad_words_and_candidates() -> None:
    quad = (Point(10.4, 20.6), Point(40.2, 21), Point(40, 30.1), Point(10, 30))
    characters = (CharReading("Q", 0.99), CharReading("I", 0.7, (("1", 0.2), ("L", 0.1))))
    reading = ItemReading(Item.GIVEN_NAMES, "QI", 0.97654321, quad, characters, Source.BOTH)
    (item,) = contract_data([reading], 100, 80)["items"]
    assert item["itemcoord"] == {"x": 10, "y": 20, "width": 31, "height": 11}
    assert item["coords"][0] == {"x": 10, "y": 21}
    assert item["itemconf"] == 0.9765
    assert item["words"] == [{"character": "Q", "confidence": 0.99}, {"character": "I", "confidence": 0.7}]
    assert item["candword"] == [
        {"position": 1, "candwords": [{"character": "1", "confidence": 0.2}, {"character": "L", "confidence": 0.1}]}
    ]


@given(st.tuples(point, point, point, point), st.integers(1, 200), st.integers(1, 200))
def test_boxes_stay_inside_the_picture(quad: tuple[Point, Point, Point, Point], width: int, height: int) -> None:
    box = box_of(quad, width, height)
    assert 0 <= box.x <= box.x + box.width <= width
    assert 0 <= box.y <= box.y + box.height <= height


def test_that_nothing_stands_here_is_no_candidate_character() -> None:
    characters = (CharReading("I", 0.7, (("", 0.2), ("L", 0.1))), CharReading("J", 0.7, (("", 0.3),)))
    (item,) = contract_data([ItemReading(Item.SURNAME, "IJ", 0.5, None, characters)], 9, 9)["items"]
    assert item["candword"] == [{"position": 0, "candwords": [{"character": "L", "confidence": 0.1}]}]
