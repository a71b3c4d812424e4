"""The name in Chinese: what of the pieces is told, and what the engine reads off the committed pictures."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

import engine
from engine.page import SIZES, PlacedPage
from engine.values.chinese import NO_CHINESE, NOT_READ, ChineseText
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo, Point, Quad
from engine.visual.han import read_chinese as read_chinese_module
from engine.visual.han import read_name
from engine.visual.han.decode import Decoded
from engine.visual.han.piece import Piece
from engine.visual.han.read_chinese import is_mainland, read_chinese
from engine.visual.han.read_name import read_chinese_name
from engine.visual.han.weigh import probability
from tests.engine.readings import mrz_reading

HERE = Path(__file__).parent
IMAGES = Path(__file__).parents[3] / "images"
CHINA = (
    "POCHNOUYANG<<XIAOMEI<<<<<<<<<<<<<<<<<<<<<<<<",
    "EA12345678CHN9010036F2908055<<<<<<<<<<<<<<02",
)


def quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def told(*pieces: Piece, zone: float = 1.0) -> ChineseText:
    return read_name._told(pieces, zone)


def piece(bound: Decoded | None, free: Decoded) -> Piece:
    return Piece(bound, free, quad(10, 10, 60, 30))


SURE = Decoded("欧阳晓梅", -0.01, 0.9999)


class TestWhatIsTold:
    def test_a_name_that_fits_and_is_plainly_shown(self) -> None:
        name = told(piece(SURE, SURE))
        assert name.value == "欧阳晓梅"
        assert name.confidence > 0.97
        assert name.fits
        assert name.quad is not None

    def test_a_zone_that_is_not_sure_makes_the_name_no_surer(self) -> None:
        assert told(piece(SURE, SURE), zone=0.7).confidence <= 0.7
        assert told(piece(SURE, SURE), zone=0.4) is NOT_READ

    def test_nothing_where_several_names_are_as_likely(self) -> None:
        assert told(piece(Decoded("王祯", -1.0, 0.3), Decoded("王桢", -0.9, 0.3))) is NOT_READ

    def test_another_name_that_is_plainly_shown_is_told_with_a_doubt(self) -> None:
        name = told(piece(Decoded("王伟", -9.0, 0.9), SURE))
        assert name.value == "欧阳晓梅"
        assert not name.fits
        assert name.confidence == pytest.approx(0.8)
        unspelt = told(piece(None, SURE))
        assert (unspelt.value, unspelt.fits) == ("欧阳晓梅", False)

    def test_nothing_where_neither_is_sure(self) -> None:
        assert told(piece(Decoded("王伟", -9.0, 0.9), Decoded("丑丑", -4.0, 0.2))) is NOT_READ
        assert told(piece(None, Decoded("丑丑", -4.0, 0.2))) is NOT_READ

    def test_more_evidence_is_never_less_probable(self) -> None:
        assert probability(5.0, 0.0) >= probability(2.0, 0.0)
        assert probability(5.0, 0.0) >= probability(5.0, 1.0)


class TestWhereItIsLookedFor:
    @pytest.mark.parametrize(
        ("lines", "mainland"),
        [
            (CHINA, True),
            ((CHINA[0], "K" + CHINA[1][1:]), False),
            ((CHINA[0], "MA" + CHINA[1][2:]), False),
            ((CHINA[0].replace("CHN", "TWN"), CHINA[1]), False),
            ((CHINA[0].replace("CHN", "UTO"), CHINA[1]), False),
        ],
    )
    def test_on_passports_of_the_mainland_alone(self, lines: tuple[str, str], mainland: bool) -> None:
        assert is_mainland(mrz_reading(lines)) is mainland

    def test_nothing_is_opened_for_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read_chinese_module, "read_beside", None)
        lines = (CHINA[0].replace("CHN", "UTO"), CHINA[1])
        photo, page = Photo(np.zeros((8, 8), np.uint8)), PlacedPage(None, np.eye(3), ())  # type: ignore[arg-type]
        assert read_chinese(photo, page, mrz_reading(lines), ()) is NO_CHINESE

    def test_nothing_is_found_where_no_latin_name_was(self) -> None:
        photo, page = Photo(np.zeros((8, 8), np.uint8)), PlacedPage(None, np.eye(3), ())  # type: ignore[arg-type]
        items = [ItemReading(item, "OUYANG", 0.9) for item in (Item.SURNAME, Item.GIVEN_NAMES)]
        assert read_chinese_name(photo, page, mrz_reading(CHINA), items) is NOT_READ


class TestWhateverThePictureShows:
    @pytest.mark.parametrize("seed", range(12))
    def test_nothing_is_told_of_noise_and_nothing_fails(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        coarse = rng.integers(0, 256, (88, 125)).astype(np.uint8)
        pixels = cv2.resize(coarse, (1000, 704), interpolation=int(rng.integers(0, 3)))
        page = PlacedPage(SIZES[MrzFormat.TD3], np.diag([8.0, 8.0, 1.0]), ())
        x, y, wide, high = rng.uniform((-50, -50, 1, 1), (1000, 700, 300, 40))
        first = quad(x, y, x + wide, y + high)
        second = quad(x, y + 80, x + wide, y + 80 + high) if seed % 2 else first
        items = [
            ItemReading(item, value, 0.99, place)
            for item, value, place in ((Item.SURNAME, "OUYANG", first), (Item.GIVEN_NAMES, "XIAOMEI", second))
        ]
        name = read_chinese_name(Photo(np.asarray(pixels, np.uint8)), page, mrz_reading(CHINA), items)
        assert not name.value or name.confidence < 0.9


class TestNamesWithADot:
    """Strips of pages drawn by `models.training.han.pages`: invented names, in a face the network never saw."""

    @pytest.mark.parametrize(("file", "spelt"), [("narrow_dot", True), ("wide_dot", True), ("narrow_dot", False)])
    def test_is_read_with_its_dot(self, file: str, spelt: bool) -> None:
        strip = json.loads((HERE / f"{file}.json").read_text(encoding="utf-8"))
        pixels = cv2.imread(str(HERE / f"{file}.png"), cv2.IMREAD_GRAYSCALE)
        page = PlacedPage(SIZES[MrzFormat.TD3], np.diag([strip["px_per_mm"]] * 2 + [1.0]), ())
        parts = strip["latin"] if spelt else strip["latin"][::-1]
        names = zip((Item.SURNAME, Item.GIVEN_NAMES), parts, strip["quads"], strict=True)
        items = [ItemReading(item, value, 0.99, quad(*place)) for item, value, place in names]
        name = read_chinese_name(Photo(np.asarray(pixels, np.uint8)), page, mrz_reading(CHINA), items)
        assert name.value == strip["native"]
        assert name.confidence > 0.9


class TestCommittedPictures:
    def test_the_name_of_the_page_of_2012(self) -> None:
        reading = engine.recognize(IMAGES / "chn_2012_specimen.jpg")
        name = reading.chinese_name
        assert name.value == "欧阳晓梅"
        assert name.confidence > 0.9
        assert name.fits
        assert name.quad is not None
        above = np.array(name.quad).mean(axis=0), np.array(reading.surname.quad).mean(axis=0)
        assert above[0][1] < above[1][1]
        assert set(reading.crops(IMAGES / "chn_2012_specimen.jpg")) >= {"chinese_name"}
        assert "欧" not in repr(name) + repr(reading)

    def test_with_the_zone_alone_it_is_not_looked_for(self) -> None:
        assert engine.recognize(IMAGES / "chn_2012_specimen.jpg", items="mrz").chinese_name is NOT_READ

    def test_a_page_of_another_state_has_none(self) -> None:
        assert engine.recognize(IMAGES / "uto_photo_rotated90.jpg").chinese_name is NOT_READ
