import json
from pathlib import Path

import pytest

from engine.measure.truth import derive_items, load_documents
from engine.values.items import Item
from engine.values.pictures import Box
from tests.benchmarks.conftest import LINES

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
VIZ = {
    "passport_no": "L8 98902C3",
    "surname": "ERIKSSON",
    "given_names": "ANNA  MARIA",
    "sex": "K",
    "date_of_birth": "08/12/1974",
    "date_of_issue": "04/16/2007",
    "date_of_expiry": "04/15/2012",
    "authority": None,
}


def test_items_of_a_real_page_month_order_learnt_from_the_zone() -> None:
    items, contradicted = derive_items({"mrz": LINES, "viz": VIZ})
    values = {item: truth.value for item, truth in items.items()}
    assert contradicted == ()
    assert values == {
        Item.MRZ_LINE_1: LINES[0],
        Item.MRZ_LINE_2: LINES[1],
        Item.ISSUING_STATE: "UTO",
        Item.PASSPORT_NUMBER: "L898902C3",
        Item.NATIONALITY: "UTO",
        Item.BIRTH_DATE: "740812",
        Item.SEX: "F",
        Item.EXPIRY_DATE: "120415",
        Item.SURNAME: "ERIKSSON",
        Item.GIVEN_NAMES: "ANNA MARIA",
        Item.ISSUE_DATE: "070416",
    }


def test_an_item_that_page_and_zone_contradict_is_left_out() -> None:
    items, contradicted = derive_items({"mrz": LINES, "viz": {"date_of_expiry": "16 APR 2012"}})
    assert contradicted == (Item.EXPIRY_DATE,)
    assert Item.EXPIRY_DATE not in items


def test_three_line_zone() -> None:
    lines = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122<1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
    items, _ = derive_items({"mrz": lines, "viz": None})
    assert items[Item.PASSPORT_NUMBER].value == "D23145890"
    assert items[Item.BIRTH_DATE].value == "740812"
    assert items[Item.SEX].value == "X"
    assert items[Item.NATIONALITY].value == "UTO"
    assert Item.SURNAME not in items  # unknown how the page prints it


def test_long_number_of_a_three_line_zone_is_unknown() -> None:
    lines = ["I<UTO123456789<01<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<<<<<<<<<<<<<<<<"]
    assert Item.PASSPORT_NUMBER not in derive_items({"mrz": lines})[0]


def test_generated_set(dataset: Path) -> None:
    good, _, empty = load_documents(dataset)
    assert good.path == dataset / "images" / "good.png"
    assert good.items[Item.SURNAME].box == Box(10, 30, 40, 10)
    assert good.items[Item.MRZ_LINE_2].box == Box(0, 56, 80, 5)
    assert good.items[Item.ISSUE_PLACE].value == ""
    assert Item.AUTHORITY not in good.items  # not on the picture, nor in its zone
    assert empty.negative and not good.negative


def test_a_missing_picture_or_manifest_is_named(dataset: Path) -> None:
    (dataset / "images" / "bad.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"bad\.png"):
        load_documents(dataset)
    with pytest.raises(FileNotFoundError, match=r"manifest\.jsonl"):
        load_documents(dataset / "images")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real specimens (../shared/samples) are not here")
def test_every_printed_date_of_the_real_specimens_is_understood() -> None:
    documents = {d.file: d for d in load_documents(SAMPLES)}
    for row in map(json.loads, (SAMPLES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["viz"] and row["viz"]["date_of_issue"]:
            assert Item.ISSUE_DATE in documents[row["file"]].items, row["file"]
