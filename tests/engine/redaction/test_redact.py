"""Redacted pictures: what shows, what does not, and that nothing is returned while a withheld value can be read."""

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

import engine
from engine import Engine, Item, PassportReading
from engine.errors import MrzNotFound, RedactionRefused
from engine.redaction import redact as conductor
from engine.redaction.audit import still_readable
from engine.redaction.chinese_rows import chinese_rows
from engine.redaction.cover import base_mask
from engine.redaction.redact import Redacted, unplaced, wish_of
from engine.redaction.sheets import lie_of
from engine.values.chinese import NO_CHINESE
from engine.values.mrz import MrzFormat
from engine.values.pictures import OtherDocument, Pixels, Point, Quad

IMAGES = Path(__file__).parents[2] / "images"
PAGE = IMAGES / "chn_2012_specimen.jpg"
FACE = np.s_[330:560, 110:340]
"""Rows and columns of the face on it."""
KEPT = (Item.NATIONALITY, Item.ISSUE_DATE)


@pytest.fixture(scope="module")
def opened() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def reading(opened: Engine) -> PassportReading:
    return opened.recognize(PAGE)


@pytest.fixture(scope="module")
def redacted(opened: Engine) -> Redacted:
    return opened.redact(PAGE, keep=KEPT)


def darkness(pixels: Pixels, reading: PassportReading, item: Item) -> float:
    """Share of an item's place that is black."""
    quad = reading[item].quad
    assert quad is not None
    place = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(place, np.round(np.array(quad)).astype(np.int32), 1)
    return float((pixels[place > 0].max(axis=1) == 0).mean())


class TestAPage:
    def test_shows_what_is_kept_and_nothing_else(self, redacted: Redacted, reading: PassportReading) -> None:
        assert redacted.kept == KEPT and redacted.absent == () and not redacted.whole_page
        for item in Item:
            black = darkness(redacted.pixels, reading, item)
            assert black < 0.1 if item in KEPT else black == 1.0, item

    def test_covers_the_portrait_and_leaves_labels_and_paper(
        self, redacted: Redacted, reading: PassportReading
    ) -> None:
        assert redacted.pixels[FACE].max() == 0
        assert 0.3 < redacted.covered < 0.9

    def test_holds_no_passport(self, redacted: Redacted, opened: Engine) -> None:
        try:
            left = opened.recognize(redacted.pixels)
        except MrzNotFound:
            return
        assert left.mrz.lines == ()
        assert {item.item for item in left if item.value} <= set(KEPT)

    def test_covers_values_in_the_holders_own_script(self, redacted: Redacted, reading: PassportReading) -> None:
        """The Chinese name stands above the Latin one, and is no item."""
        quad = reading.surname.quad
        assert quad is not None
        a, b, _, d = (np.array(corner) for corner in quad)
        up = a - d
        above = np.array([a + 0.4 * up, b + 0.4 * up, b + 1.6 * up, a + 1.6 * up])
        place = np.zeros(redacted.pixels.shape[:2], np.uint8)
        cv2.fillConvexPoly(place, np.round(above).astype(np.int32), 1)
        assert redacted.pixels[place > 0].max() == 0

    def test_the_portrait_may_stay(self, opened: Engine) -> None:
        shown = opened.redact(PAGE, keep_portrait=True)
        assert (shown.pixels[FACE].max(axis=2) > 0).mean() > 0.99
        assert shown.kept == ()

    def test_the_whole_page_may_be_covered(self, opened: Engine) -> None:
        whole = opened.redact(PAGE, keep=["sex"], whole_page=True)
        assert whole.whole_page and whole.kept == (Item.SEX,) and whole.covered > 0.99


@pytest.mark.parametrize("name", ["uto_photo_rotated90.jpg", "contract_sample.jpg"])
def test_turned_and_small_pages_lose_their_values_too(name: str, opened: Engine) -> None:
    before = opened.recognize(IMAGES / name)
    made = opened.redact(IMAGES / name)
    assert all(darkness(made.pixels, before, item.item) == 1.0 for item in before if item.quad)


def test_a_mirrored_picture_stays_mirrored(opened: Engine, reading: PassportReading) -> None:
    pixels = np.ascontiguousarray(cv2.imread(str(PAGE))[:, ::-1])
    made = opened.redact(pixels, keep=["nationality"])
    assert made.kept == (Item.NATIONALITY,)
    upright = np.ascontiguousarray(made.pixels[:, ::-1])
    assert darkness(upright, reading, Item.SURNAME) == 1.0
    assert darkness(upright, reading, Item.NATIONALITY) < 0.1


class TestTheFile:
    def test_has_no_metadata(self, opened: Engine, tmp_path: Path) -> None:
        with Image.open(PAGE) as opened_image:
            image = opened_image.copy()
        exif = image.getexif()
        exif[0x010E], exif[0x0112] = "OUYANG XIAOMEI", 6
        sent = io.BytesIO()
        turned = image.transpose(Image.Transpose.ROTATE_90)
        turned.save(sent, "JPEG", exif=exif, icc_profile=b"p" * 200, comment=b"OUYANG")
        made = opened.redact(sent.getvalue())
        for name in ("a.png", "a.jpg"):
            made.save(tmp_path / name)
            data = (tmp_path / name).read_bytes()
            assert b"OUYANG" not in data and b"Exif" not in data
            with Image.open(tmp_path / name) as written:
                assert dict(written.getexif()) == {} and "icc_profile" not in written.info
                assert written.size == image.size, "upright"

    def test_other_formats_are_refused(self, redacted: Redacted, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"choose .png or .jpg"):
            redacted.save(tmp_path / "a.gif")

    def test_repr_tells_no_value(self, redacted: Redacted) -> None:
        assert "CHN" not in repr(redacted)


class TestTheAudit:
    @pytest.mark.parametrize("item", [Item.SURNAME, Item.PASSPORT_NUMBER, Item.EXPIRY_DATE, Item.BIRTH_PLACE])
    def test_finds_a_value_that_was_missed(
        self, item: Item, redacted: Redacted, reading: PassportReading, opened: Engine
    ) -> None:
        pixels, photo = redacted.pixels.copy(), cv2.imread(str(PAGE))
        place = np.zeros(pixels.shape[:2], np.uint8)
        quad = reading[item].quad
        assert quad is not None
        cv2.fillConvexPoly(place, np.round(np.array(quad)).astype(np.int32), 1)
        seen = cv2.dilate(place, np.ones((15, 15), np.uint8)) > 0
        pixels[seen] = photo[seen]
        assert item in self.found(pixels, reading, opened)
        assert self.found(redacted.pixels, reading, opened) == set()

    def test_finds_a_zone_that_was_missed(self, reading: PassportReading, opened: Engine) -> None:
        pixels = cv2.imread(str(PAGE))
        pixels[: round(reading.mrz_quads[0][0].y) - 30] = 0
        assert {Item.PASSPORT_NUMBER, Item.MRZ_LINE_2} <= self.found(pixels, reading, opened)

    def found(self, pixels: Pixels, reading: PassportReading, opened: Engine) -> set[Item]:
        lie = lie_of(reading.mrz.format, reading.mrz_quads)
        return still_readable(pixels, reading, wish_of(KEPT, False), lie, opened._readers, opened._limits)

    def test_what_it_finds_makes_the_page_black_then_refuses(
        self, opened: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = [{Item.SURNAME}, set(), {Item.SURNAME}, {Item.SURNAME}]
        monkeypatch.setattr(conductor, "still_readable", lambda *_: answers.pop(0))
        assert opened.redact(PAGE).whole_page
        with pytest.raises(RedactionRefused, match="surname") as refused:
            opened.redact(PAGE)
        assert "OUYANG" not in str(refused.value)


class TestTheNameInChineseCharacters:
    @pytest.mark.parametrize("keep", [KEPT, (Item.SURNAME, Item.GIVEN_NAMES), tuple(Item)])
    def test_is_covered_whatever_is_kept(self, reading: PassportReading, keep: tuple[Item, ...]) -> None:
        """No item stands for it, so nobody can ask for it to stay."""
        quad = reading.chinese_name.quad
        assert quad is not None
        left, top = (int(value) for value in np.min(quad, axis=0))
        right, bottom = (int(value) for value in np.max(quad, axis=0))
        covered = base_mask(reading, wish_of(keep, True), [], np.zeros((1039, 1476), np.bool_))
        assert covered[top : bottom + 1, left : right + 1].all()

    def test_is_covered_with_its_whole_row_where_nobody_read_it(self, reading: PassportReading) -> None:
        quad = reading.chinese_name.quad
        unread = replace(reading, chinese=NO_CHINESE)
        covered = base_mask(unread, wish_of(KEPT, True), [], np.zeros((1039, 1476), np.bool_))
        assert quad is not None
        assert _inside(covered, quad).all()


class TestPlacesInChineseCharacters:
    @pytest.mark.parametrize("known", [True, False])
    def test_are_covered_read_or_not(self, reading: PassportReading, known: bool) -> None:
        told = reading if known else replace(reading, chinese=NO_CHINESE)
        covered = base_mask(told, wish_of(KEPT, True), [], np.zeros((1039, 1476), np.bool_))
        for text in reading.chinese.by_item.values():
            assert text.quad is not None
            assert _inside(covered, text.quad).mean() > 0.97

    def test_stay_with_the_place_that_is_kept(self, reading: PassportReading) -> None:
        covered = base_mask(reading, wish_of([Item.BIRTH_PLACE], True), [], np.ones((1039, 1476), np.bool_))
        kept, other = reading.chinese.birth_place.quad, reading.chinese.issue_place.quad
        assert kept is not None and other is not None
        assert not _inside(covered, kept).any()
        assert _inside(covered, other).all()

    def test_of_other_states_nothing_more_is_covered(self, reading: PassportReading) -> None:
        foreign = replace(reading.mrz, fields=replace(reading.mrz.fields, issuing_state="UTO"))
        assert chinese_rows(replace(reading, chinese=NO_CHINESE, mrz=foreign), ()) == []


def _inside(covered: np.ndarray, quad: Quad) -> np.ndarray:
    """What is covered of the upright box within a quad."""
    left, top = (int(value) for value in np.min(quad, axis=0))
    right, bottom = (int(value) for value in np.max(quad, axis=0))
    return np.asarray(covered[top : bottom + 1, left : right + 1])


class TestOtherDocuments:
    def test_are_covered_whole(self, reading: PassportReading) -> None:
        """Of what they say nothing is known, so nothing of them may show."""
        zone = (Point(2100, 900), Point(2900, 900), Point(2900, 960), Point(2100, 960))
        both = replace(reading, other_documents=(OtherDocument(MrzFormat.TD3, zone),))
        covered = base_mask(both, wish_of(KEPT, False), [], np.zeros((1039, 3200), np.bool_))
        assert covered[300:1000, 2000:3000].all()
        assert not covered[:200, 2000:3000].any()

    def test_a_zone_that_is_still_read_is_a_failure_whoever_it_is_of(
        self, reading: PassportReading, opened: Engine
    ) -> None:
        other = cv2.imread(str(IMAGES / "chn_1997_specimen.jpg"))
        lie = lie_of(reading.mrz.format, reading.mrz_quads)
        wish = wish_of([], False)
        assert still_readable(other, reading, wish, lie, opened._readers, opened._limits) == set(Item)


def test_a_page_whose_zone_is_not_read_is_refused(opened: Engine) -> None:
    pixels = cv2.imread(str(PAGE))[:820]
    with pytest.raises((RedactionRefused, MrzNotFound), match="machine readable zone"):
        opened.redact(np.ascontiguousarray(pixels))


class TestTheWish:
    def test_a_line_of_the_zone_shows_more_than_itself(self) -> None:
        with pytest.raises(RedactionRefused, match="passport_number"):
            wish_of(["mrz_line_2", "surname"], False)

    def test_unknown_items_are_refused_with_the_choices(self) -> None:
        with pytest.raises(RedactionRefused, match="choose from document_type"):
            wish_of(["pasport"], False)

    def test_names_in_english_and_chinese(self) -> None:
        assert wish_of(["签发日期", "issue_date", Item.SEX], False).keep == {Item.ISSUE_DATE, Item.SEX}

    def test_a_value_without_a_place_is_looked_for_in_all_print(self, reading: PassportReading) -> None:
        items = tuple(replace(i, quad=None) if i.item is Item.ISSUING_STATE else i for i in reading)
        unknown = replace(reading, items=items)
        wish = wish_of([], False)
        assert unplaced(unknown, wish, ["Country code CHN"]) == set()
        assert unplaced(unknown, wish, ["MACHNO"]) == {Item.ISSUING_STATE}, "short values are words of their own"
        assert unplaced(unknown, wish_of(["issuing_state"], False), []) == set()


def test_pictures_without_a_passport_are_refused() -> None:
    with pytest.raises(MrzNotFound):
        engine.redact(IMAGES / "negative_bank_card.jpg")
