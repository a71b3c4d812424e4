"""Tables of truth as people have them: what is understood, and what is said of the rest."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.measure.truth import Document, ProblemKind, TableRefused, Truth, load_truth
from engine.measure.truth.cells import CellRefused, cell_value
from engine.measure.truth.columns import UnknownColumn, column_of
from engine.measure.truth.match import Pictures
from engine.values.items import Item
from tests.benchmarks.conftest import LINES

NAMES = ("anna.jpg", "ben.jpg", "carla.png")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in NAMES:
        (folder / name).touch()
    return folder


def load(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Truth:
    (folder / name).write_text(text, encoding=encoding)
    return load_truth(folder, pictures(folder))


def pictures(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".jpg", ".png"))


def kinds(truth: Truth) -> list[str]:
    return [problem.kind for problem in truth.problems]


def values(document: Document) -> dict[str, str]:
    return {item.name.lower(): truth.value for item, truth in document.items.items()}


class TestColumns:
    @pytest.mark.parametrize("item", list(Item))
    def test_every_item_by_english_and_chinese_name(self, item: Item) -> None:
        assert column_of(item.value) is item
        assert column_of(item.name.lower()) is item
        assert column_of(f" {item.english.title()} ") is item

    @pytest.mark.parametrize(
        ("header", "suggestion"),
        [("pasport_number", "passport_number"), ("surnam", "surname"), ("Expiry dat", "expiry_date"), ("zzzz", "")],
    )
    def test_an_unknown_one_is_told_with_the_nearest(self, header: str, suggestion: str) -> None:
        with pytest.raises(UnknownColumn) as caught:
            column_of(header)
        assert caught.value.suggestion == suggestion


class TestCells:
    @pytest.mark.parametrize(
        ("item", "cell", "value"),
        [
            (Item.BIRTH_DATE, "740812", "740812"),
            (Item.BIRTH_DATE, 10203, "010203"),
            (Item.BIRTH_DATE, 10203.0, "010203"),
            (Item.BIRTH_DATE, "1974-08-12", "740812"),
            (Item.BIRTH_DATE, "19740812", "740812"),
            (Item.BIRTH_DATE, "12 AUG/AOUT 74", "740812"),
            (Item.BIRTH_DATE, "25/12/1982", "821225"),
            (Item.BIRTH_DATE, "12/25/1982", "821225"),
            (Item.BIRTH_DATE, "1974-08-12 00:00:00", "740812"),
            (Item.SEX, "female", "F"),
            (Item.SEX, "男", "M"),
            (Item.NATIONALITY, "uto", "UTO"),
            (Item.BIRTH_PLACE, "New   York ", "New York"),
            (Item.ISSUE_PLACE, "-", ""),
            (Item.ISSUE_PLACE, "无", ""),
            (Item.ISSUE_PLACE, " ", None),
            (Item.ISSUE_PLACE, None, None),
            (Item.MRZ_LINE_1, "p«uto eriksson", "P<<UTOERIKSSON"),
        ],
    )
    def test_values(self, item: Item, cell: object, value: str | None) -> None:
        assert cell_value(item, cell) == value

    @pytest.mark.parametrize(
        ("item", "cell", "advice"),
        [
            (Item.BIRTH_DATE, "01/02/1974", "1974-08-12"),
            (Item.BIRTH_DATE, "soon", "1974-08-12"),
            (Item.SEX, "yes", "M, F or X"),
            (Item.SURNAME, "?", "still open"),
        ],
    )
    def test_what_may_mean_two_things_is_refused(self, item: Item, cell: object, advice: str) -> None:
        with pytest.raises(CellRefused, match=advice) as caught:
            cell_value(item, cell)
        assert str(cell) not in str(caught.value) or cell == "?"


class TestCsv:
    def test_english_headers(self, folder: Path) -> None:
        text = "file,passport number,Surname,date of birth\nanna.jpg,L898902C3,ERIKSSON,1974-08-12\n"
        truth = load(folder, "truth.csv", text)
        assert values(truth.documents[0]) == {
            "passport_number": "L898902C3",
            "surname": "ERIKSSON",
            "birth_date": "740812",
        }
        assert not truth.documents[0].negative
        assert truth.documents[0].mrz == ()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_chinese_headers_in_any_encoding(self, folder: Path, encoding: str) -> None:
        truth = load(folder, "truth.csv", "文件;护照号码;性别\nben;EA1234567;女\n", encoding)
        assert values(truth.documents[0]) == {"passport_number": "EA1234567", "sex": "F"}

    def test_the_lines_alone_say_what_they_hold(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", f"file,mrz_line_1,mrz_line_2\nanna.jpg,{LINES[0]},{LINES[1]}\n")
        document = truth.documents[0]
        assert document.mrz == LINES
        assert document.doc == "TD3"
        assert values(document)["passport_number"] == "L898902C3"
        assert values(document)["expiry_date"] == "120415"

    def test_the_lines_in_one_cell(self, folder: Path) -> None:
        truth = load(
            folder, "truth.csv", f'file,mrz\nanna.jpg,"{LINES[0]}\n{LINES[1]}"\nben.jpg,{LINES[0]}|{LINES[1]}\n'
        )
        assert [document.mrz for document in truth.documents] == [LINES, LINES]

    def test_everything_that_is_not_judged_is_named(self, folder: Path) -> None:
        text = "file,pasport_number,surname,#mine\nanna.jpg,X1,ERIKSSON,a\nbem.jpg,X2,BERG,b\nanna.jpg,X3,OTHER,c\n"
        truth = load(folder, "truth.csv", text)
        assert [d.file for d in truth.documents] == ["anna.jpg"]
        assert values(truth.documents[0]) == {"surname": "ERIKSSON"}
        said = {problem.kind: f"{problem.where} {problem.advice}" for problem in truth.problems}
        assert "pasport_number did you mean passport_number?" in said[ProblemKind.UNKNOWN_COLUMN]
        assert "there is no picture bem.jpg: did you mean ben.jpg?" in said[ProblemKind.TRUTH_WITHOUT_PICTURE]
        assert "row 4" in said[ProblemKind.TWICE]
        without = [p for p in truth.problems if p.kind is ProblemKind.PICTURE_WITHOUT_TRUTH]
        assert [p.where for p in without] == ["ben.jpg", "carla.png"]
        assert without[0].advice.endswith("did you mean bem.jpg?")
        assert not any(word in str(truth.problems) for word in ("ERIKSSON", "X1", "BERG"))

    def test_the_first_line_of_a_table_without_headers_is_repeated_nowhere(self, folder: Path) -> None:
        """It may hold the first passport's values."""
        truth = load(folder, "truth.csv", "ERIKSSON,L898902C3,740812\nBERG,X2,750101\n")
        assert truth.documents == ()
        assert truth.problems
        assert not any(word in str(truth.problems) for word in ("ERIKSSON", "L898902C3", "740812", "BERG"))

    def test_an_empty_row_is_no_negative(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", "file,surname\nanna.jpg,\n")
        assert truth.documents == ()
        assert 'write "-" as mrz_line_1' in truth.problems[0].advice

    def test_a_dash_for_the_zone_is_one(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", "file,mrz_line_1\nanna.jpg,-\n")
        assert truth.documents[0].negative
        assert truth.documents[0].items == {}

    def test_cells_left_open_do_not_matter_then(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", "file,checked,mrz_line_1,mrz_line_2,surname\nanna.jpg,yes,-,?,?\n")
        assert truth.documents[0].negative
        assert ProblemKind.CELL not in kinds(truth)

    def test_nothing_printed_differs_from_nothing_known(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", "file,surname,issue_place,birth_place\nanna.jpg,BERG,-,\n")
        assert values(truth.documents[0]) == {"surname": "BERG", "issue_place": ""}

    def test_a_value_that_contradicts_its_zone_is_left_out_and_named(self, folder: Path) -> None:
        text = f"file,mrz,passport_number,sex\nanna.jpg,{LINES[0]}|{LINES[1]},L898902C8,F\n"
        truth = load(folder, "truth.csv", text)
        assert kinds(truth)[0] == ProblemKind.CONTRADICTION
        assert truth.documents[0].contradicted == (Item.PASSPORT_NUMBER,)
        assert "passport_number" not in values(truth.documents[0])
        assert values(truth.documents[0])["sex"] == "F"

    def test_rows_nobody_has_checked_do_not_count(self, folder: Path) -> None:
        truth = load(folder, "truth.csv", "file,checked,surname\nanna.jpg,,BERG\nben.jpg,yes,BERG\n")
        assert [d.file for d in truth.documents] == ["ben.jpg"]
        assert kinds(truth)[0] == ProblemKind.NOT_CHECKED

    def test_a_row_with_too_many_cells_is_refused(self, folder: Path) -> None:
        with pytest.raises(TableRefused, match="row 2 has more cells"):
            load(folder, "truth.csv", "file,birth_place\nanna.jpg,Paris, France\n")

    def test_folders_are_conditions(self, folder: Path) -> None:
        (folder / "phone").mkdir()
        (folder / "phone" / "dora.jpg").touch()
        truth = load(folder, "truth.csv", "file,surname,tags\ndora.jpg,BERG,glare; at night\n")
        assert truth.documents[0].tags == ("glare", "at_night", "phone")
        assert truth.documents[0].file == "phone/dora.jpg"

    def test_two_pictures_of_one_name_are_told_apart_by_their_path(self, folder: Path) -> None:
        for name in ("a", "b"):
            (folder / name).mkdir()
            (folder / name / "dora.jpg").touch()
        truth = load(folder, "truth.csv", "file,surname\ndora.jpg,BERG\nb/dora.jpg,BERG\n")
        assert [d.file for d in truth.documents] == ["b/dora.jpg"]
        assert "write the path, as in a/dora.jpg" in truth.problems[0].advice


class TestOtherTables:
    def test_json_lines(self, folder: Path) -> None:
        rows = [
            {"file": "anna.jpg", "passport_number": "L898902C3", "mrz": LINES},
            {"file": "ben.jpg", "mrz": None},
        ]
        truth = load(folder, "manifest.jsonl", "\n".join(map(json.dumps, rows)))
        assert truth.documents[0].mrz == LINES
        assert len(truth.documents) == 1, "null is unknown, not a picture without a passport"

    def test_a_spreadsheet(self, folder: Path) -> None:
        book = Workbook()
        sheet = book.active
        sheet.append(["file", "护照号码", "birth_date"])
        sheet.append(["anna.jpg", "00123", "010203"])
        book.save(folder / "truth.xlsx")
        truth = load_truth(folder, pictures(folder))
        assert values(truth.documents[0]) == {"passport_number": "00123", "birth_date": "010203"}

    @pytest.mark.parametrize(
        ("name", "text", "advice"),
        [
            ("truth.jsonl", "{", "line 1 is no JSON"),
            ("truth.jsonl", "[1]\n", "something else than objects"),
            ("truth.csv", "\n", "is empty"),
            ("truth.xlsx", "no zip", "damaged|no spreadsheet"),
        ],
    )
    def test_damaged_ones_are_refused_with_advice(self, folder: Path, name: str, text: str, advice: str) -> None:
        with pytest.raises(TableRefused, match=advice):
            load(folder, name, text)

    def test_no_table(self, folder: Path) -> None:
        with pytest.raises(TableRefused, match="--init writes one"):
            load_truth(folder, pictures(folder))

    def test_two_tables(self, folder: Path) -> None:
        (folder / "truth.jsonl").touch()
        with pytest.raises(TableRefused, match="choose one with --truth"):
            load(folder, "truth.csv", "file\n")

    @pytest.mark.parametrize("name", ["truth.xls", "truth.ods", "truth.txt"])
    def test_what_is_not_read(self, folder: Path, name: str) -> None:
        (folder / name).touch()
        with pytest.raises(TableRefused, match=r"save it as .xlsx|truth is one of"):
            load_truth(folder, pictures(folder), folder / name)


class TestMatching:
    @pytest.mark.parametrize(
        ("file", "found"),
        [
            ("a/dora.jpg", "a/dora.jpg"),
            ("dora.jpg", "a/dora.jpg"),
            ("DORA", "a/dora.jpg"),
            ("dora.JPG", "a/dora.jpg"),
            ("/elsewhere/a/dora.jpg", "a/dora.jpg"),
            ("a\\dora.jpg", "a/dora.jpg"),
            ("./a/dora.jpg", "a/dora.jpg"),
            ("b/dora.jpg", None),
            ("dora.png", None),
        ],
    )
    def test_truth_is_never_given_to_another_picture(self, tmp_path: Path, file: str, found: str | None) -> None:
        (tmp_path / "a").mkdir()
        dora = tmp_path / "a" / "dora.jpg"
        dora.touch()
        assert Pictures(tmp_path, [dora]).find(file) == ([tmp_path / found] if found else [])
