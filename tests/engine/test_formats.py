"""Every format through the front door: the zone as printed, the items as far as the document has them."""

import numpy as np
import pytest

import engine
from engine import Item
from models.training.draw.pages.draw import draw_page
from models.training.draw.type.fonts import is_fetched

pytestmark = pytest.mark.skipif(not is_fetched(), reason="no fonts: run `make fonts`")

IN_EVERY_ZONE = (
    Item.ISSUING_STATE,
    Item.PASSPORT_NUMBER,
    Item.SEX,
    Item.BIRTH_DATE,
    Item.MRZ_LINE_1,
    Item.MRZ_LINE_2,
)
ELSEWHERE = (Item.NATIONALITY, Item.EXPIRY_DATE)
FORMATS = {"td1": "TD1", "td2": "TD2", "mrv_a": "MRV-A", "mrv_b": "MRV-B", "fra_id": "FRA-ID"}


@pytest.mark.parametrize("layout", FORMATS)
def test_a_card_or_visa_is_read_and_fills_its_items(layout: str) -> None:
    page = draw_page(np.random.default_rng(11), layout, 8.0)
    reading = engine.recognize(page.pixels)
    assert reading.mrz is not None
    assert reading.mrz.lines == page.truth.mrz
    assert reading.mrz.format == FORMATS[layout]
    for item in (*IN_EVERY_ZONE, *(() if layout == "fra_id" else ELSEWHERE)):
        assert reading[item].value == page.truth.items[item].value, item
    for item in (Item.SURNAME, Item.GIVEN_NAMES):
        assert reading[item].value.upper() == page.truth.items[item].value.upper()
