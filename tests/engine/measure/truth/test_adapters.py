"""Data sets and annotations of other programs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.measure.truth import ProblemKind, TableRefused, load_truth
from engine.measure.truth.fiftyone import is_fiftyone
from engine.measure.truth.label_studio import is_label_studio, task
from engine.measure.truth.prefill import KINDS, Prefilled, table_path, write_prefilled
from engine.result.reading import PassportReading
from engine.values.items import Item, ItemReading
from engine.values.pictures import Box
from tests.benchmarks.conftest import LINES
from tests.doubles import QUAD, fixed_reading


def reading(values: dict[Item, str]) -> PassportReading:
    items = tuple(ItemReading(i, values.get(i, ""), 0.9, QUAD if i in values else None) for i in Item)
    return replace(fixed_reading(), items=items)


def via(name: str, fields: dict[str, str], box: bool = True) -> dict[str, object]:
    shape = {"name": "rect", "x": 10, "y": 20, "width": 30, "height": 8} if box else {"name": "polygon"}
    regions = [
        {"shape_attributes": shape, "region_attributes": {"field_name": field, **({"value": text} if text else {})}}
        for field, text in fields.items()
    ]
    return {"_via_img_metadata": {f"{name}123": {"filename": name, "regions": regions}}}


def put(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((40, 60, 3), 255, np.uint8)).save(path)
    return path


FIELDS = {"surname": "BERG", "name": "ANNA", "birth_date": "12 AUG 1974", "gender": "Ž/F", "photo": ""}


class TestMidv:
    def test_2020_values_come_from_the_template(self, tmp_path: Path) -> None:
        scan = picture(tmp_path / "templates/images/lva_passport/00.jpg")
        photo = picture(tmp_path / "photo/images/lva_passport/00.jpg")
        fields = FIELDS | {"mrz_line0": LINES[0], "mrz_line1": LINES[1]}
        put(tmp_path / "templates/annotations/lva_passport.json", via("00.jpg", fields))
        put(tmp_path / "photo/annotations/lva_passport.json", via("00.jpg", {"doc_quad": ""}, box=False))
        truth = load_truth(tmp_path, [scan, photo])
        document = next(d for d in truth.documents if "photo" in d.tags)
        assert document.mrz == LINES
        assert document.items[Item.GIVEN_NAMES].value == "ANNA"
        assert document.items[Item.SEX].value == "F"
        template = next(d for d in truth.documents if "templates" in d.tags)
        assert template.items[Item.SURNAME].box == Box(10, 20, 30, 8)
        assert template.tags[:2] == ("templates", "lva_passport")

    def test_500_the_lines_are_known_by_their_form(self, tmp_path: Path) -> None:
        frame = picture(tmp_path / "16_deu_passport_new/images/CA/CA16_01.tif")
        fields = {
            "field01": {"value": "ERIKSSON", "quad": [[0, 0]] * 4},
            "field02": {"value": LINES[1], "quad": [[0, 90]] * 4},
            "field03": {"value": LINES[0], "quad": [[0, 80]] * 4},
            "photo": {"quad": [[0, 0]] * 4},
        }
        put(tmp_path / "16_deu_passport_new/ground_truth/16_deu_passport_new.json", fields)
        truth = load_truth(tmp_path, [frame])
        assert truth.documents[0].mrz == LINES
        assert truth.documents[0].tags[:2] == ("CA", "16_deu_passport_new")
        assert truth.problems == ()

    def test_a_damaged_annotation_is_named(self, tmp_path: Path) -> None:
        picture(tmp_path / "photo/images/lva_passport/00.jpg")
        put(tmp_path / "photo/annotations/lva_passport.json", [])
        with pytest.raises(TableRefused, match="lva_passport"):
            load_truth(tmp_path, [])


class TestLabelStudio:
    @pytest.mark.parametrize(
        "address",
        ["/data/local-files/?d=set/anna.png", "/data/upload/3/0a1b2c3d-anna.png", "https://host/x/anna.png"],
    )
    def test_a_corrected_task_is_truth(self, tmp_path: Path, address: str) -> None:
        anna = picture(tmp_path / "anna.png")
        made = task("anna.png", reading({Item.SURNAME: "BERG", Item.PASSPORT_NUMBER: "X1"}), "1")
        made["data"]["image"] = address
        result = made.pop("predictions")[0]["result"]
        result[0]["value"] |= {"x": 10, "y": 25, "width": 50, "height": 5}
        result[0] |= {"original_width": 60, "original_height": 40}
        put(tmp_path / "labels.json", [made | {"annotations": [{"result": result}]}])
        truth = load_truth(tmp_path, [anna])
        assert truth.problems == ()
        stated = truth.documents[0].items
        assert {item: t.value for item, t in stated.items()} == {Item.PASSPORT_NUMBER: "X1", Item.SURNAME: "BERG"}
        assert stated[Item.PASSPORT_NUMBER].box == Box(6, 10, 30, 2)

    def test_a_prediction_alone_is_no_truth(self, tmp_path: Path) -> None:
        anna = picture(tmp_path / "anna.png")
        put(tmp_path / "labels.json", [task("anna.png", reading({Item.SURNAME: "BERG"}), "1")])
        truth = load_truth(tmp_path, [anna])
        assert truth.documents == ()
        assert truth.problems[0].kind is ProblemKind.NOT_CHECKED

    def test_an_unknown_label_is_named(self, tmp_path: Path) -> None:
        anna = picture(tmp_path / "anna.png")
        region = {"id": "a", "value": {"rectanglelabels": ["Surnam"]}}, {"id": "a", "value": {"text": ["BERG"]}}
        known = {"id": "b", "value": {"rectanglelabels": ["sex"]}}, {"id": "b", "value": {"text": ["F"]}}
        tasks = [{"data": {"image": "anna.png"}, "annotations": [{"result": [*region, *known]}]}]
        put(tmp_path / "labels.json", tasks)
        truth = load_truth(tmp_path, [anna])
        assert [p.kind for p in truth.problems] == [ProblemKind.UNKNOWN_COLUMN]
        assert "surname" in truth.problems[0].advice


class TestPrefilled:
    @pytest.mark.parametrize("kind", KINDS)
    def test_what_is_written_is_read_back_once_it_is_checked(self, tmp_path: Path, kind: str) -> None:
        anna = picture(tmp_path / "anna.png")
        read = reading({Item.SURNAME: "BERG", Item.BIRTH_DATE: "010203"})
        path = table_path(tmp_path, kind)
        written = write_prefilled([Prefilled(anna, "anna.png", read)], path, kind)
        assert all(file.is_file() for file in written)
        truth = load_truth(tmp_path, [anna], path)
        assert truth.documents == ()
        assert {p.kind for p in truth.problems} == {ProblemKind.NOT_CHECKED}

    def test_a_checked_fiftyone_sample_is_truth(self, tmp_path: Path) -> None:
        anna, path = picture(tmp_path / "anna.png"), tmp_path / "labels.json"
        write_prefilled([Prefilled(anna, "anna.png", reading({Item.SURNAME: "BERG"}))], path, "fiftyone")
        path.write_text(path.read_text(encoding="utf-8").replace("false", "true"), encoding="utf-8")
        truth = load_truth(tmp_path, [anna])
        assert {item: t.value for item, t in truth.documents[0].items.items()} == {Item.SURNAME: "BERG"}

    def test_what_was_not_read_is_left_open(self, tmp_path: Path) -> None:
        anna = picture(tmp_path / "anna.png")
        path = tmp_path / "truth.csv"
        write_prefilled([Prefilled(anna, "anna.png", reading({Item.SURNAME: "BERG"}))], path, "csv")
        path.write_text(path.read_text(encoding="utf-8").replace("anna.png,,", "anna.png,yes,"), encoding="utf-8")
        truth = load_truth(tmp_path, [anna])
        assert {item: t.value for item, t in truth.documents[0].items.items()} == {Item.SURNAME: "BERG"}
        assert [p.kind for p in truth.problems] == [ProblemKind.CELL]
        assert "given names" in truth.problems[0].where

    def test_a_table_is_never_overwritten(self, tmp_path: Path) -> None:
        path = tmp_path / "truth.csv"
        path.touch()
        with pytest.raises(TableRefused, match="left as it is"):
            write_prefilled([], path, "csv")


def test_other_json_is_neither() -> None:
    rows = [{"file": "a.jpg", "surname": "BERG"}]
    assert not is_label_studio(rows)
    assert not is_fiftyone(rows)
