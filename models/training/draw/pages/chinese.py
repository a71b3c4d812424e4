"""Data pages of Chinese ordinary passports and of Hong Kong, Macao and Taiwan."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from engine.values.items import Item
from engine.values.mrz import MrzFormat
from models.training.draw.pages import figures
from models.training.draw.pages.backgrounds import security_paper
from models.training.draw.pages.canvas import TextStyle
from models.training.draw.pages.records import Page
from models.training.draw.pages.sheet import Mark, Sheet, choose_font, day_text, marked, misregister, print_zone
from models.training.draw.people.chinese_names import DOUBLE_SURNAMES
from models.training.draw.people.identities import (
    Identity,
    invent_chinese,
    invent_hong_kong,
    invent_macao,
    invent_taiwanese,
    mrz_lines,
)
from models.training.draw.people.languages import MONTHS
from models.training.draw.type.fonts import font_paths

WIDTH, HEIGHT = 125.0, 88.0
"""A TD3 page in mm (ICAO 9303-4 §2)."""

MONTHS_ENGLISH = MONTHS["eng"]


@dataclass(frozen=True, slots=True)
class _Fonts:
    label: TextStyle
    value: TextStyle


def blank_page(rng: np.random.Generator, px_per_mm: float) -> Sheet:
    """A passport page with its security print, and the zone's band paler on some."""
    width, height = round(WIDTH * px_per_mm), round(HEIGHT * px_per_mm)
    pixels = security_paper(rng, width, height, px_per_mm)
    if rng.random() < 0.5:
        band = pixels[round((HEIGHT - 23.2) * px_per_mm) :]
        white = np.full_like(band, int(rng.integers(225, 256)))
        share = float(rng.uniform(0.3, 1.0))
        cv2.addWeighted(band, 1 - share, white, share, 0, dst=band)
    return Sheet(pixels, px_per_mm)


def _fonts(
    rng: np.random.Generator,
    label_cap: float,
    value_cap: float,
    face: Path | None = None,
    *,
    traditional: bool = False,
) -> _Fonts:
    # Only the two WenQuanYi fonts, first in the list, hold traditional characters.
    chinese = font_paths("cjk")[: 2 if traditional else 4]
    cjk = chinese[int(rng.integers(len(chinese)))] if face is None else face
    label = replace(choose_font(rng, "latin_sans"), cjk=cjk, cap=label_cap * float(rng.uniform(0.92, 1.08)))
    colour = int(rng.integers(20, 110))
    label = replace(label, ink=(colour, colour // 2, colour // 2) if rng.random() < 0.5 else (colour,) * 3)
    value = choose_font(rng, "ocr_b", "latin_sans", "latin_sans", "latin_mono")
    value = replace(
        value, cjk=cjk, cap=value_cap * float(rng.uniform(0.95, 1.05)), ink=(int(rng.integers(10, 60)),) * 3
    )
    return _Fonts(label, replace(value, opacity=float(rng.uniform(0.85, 1.0))))


def draw_1997(
    rng: np.random.Generator,
    px_per_mm: float,
    identity: Identity | None = None,
    *,
    face: Path | None = None,
    clean: bool = False,
) -> Page:
    """The version of 1997, where the contract's sample has things.

    There 4.03 px are a millimetre and the page's corner is at (2.8, 354.6) px. Characters are set in ``face``, else
    in any Chinese one.
    """
    identity = identity or invent_chinese(rng, "1997")
    sheet, fonts = blank_page(rng, px_per_mm), _fonts(rng, 1.25, 2.7, face)
    if not clean:
        misregister(rng, sheet)
    figures.place_holder(rng, sheet, (6.0, 15.5, 29.5, 38.5))
    sheet.label("护照", 6.0, 7.6, replace(fonts.label, cap=2.6))
    sheet.label("PASSPORT", 17.5, 7.6, replace(fonts.label, cap=1.9), 18.0)
    bilingual = rng.random() < 0.7
    for field in _fields_1997(identity, beside=("", "", " ", "/")[int(rng.integers(4))], bilingual=bilingual):
        _print_field(sheet, fonts, field)
    _print_authority_1997(sheet, fonts, identity)
    return _finish(rng, sheet, identity, "chn_1997", clean=clean)


@dataclass(frozen=True, slots=True)
class _Field:
    """A label, and under it a value with its baseline at (``x``, ``y``) mm."""

    label: str
    text: str
    x: float
    y: float
    marks: tuple[Mark, ...]
    width: float = 45.0
    cap: float | None = None


def _print_field(sheet: Sheet, fonts: _Fonts, field: _Field, gap: float = 4.3) -> None:
    value = fonts.value if field.cap is None else replace(fonts.value, cap=field.cap)
    gap = max(gap, value.cap + 1.4)
    sheet.label(field.label, field.x, field.y - gap, fonts.label, field.width)
    sheet.value(field.text, field.x, field.y, value, field.marks, field.width)


_COLUMNS_1997 = (39.9, 74.1)
"""Millimetres from the page's left edge at which the two columns of values begin."""


def _fields_1997(identity: Identity, *, beside: str, bilingual: bool) -> list[_Field]:
    """The labelled values; ``beside`` is what divides Chinese and Latin names, "" where only Latin is printed."""
    sex = _sex_1997(identity)
    birth, issue = _places_1997(identity, bilingual=bilingual)
    surname, given = _names_1997(identity, beside)
    left, right, number = *_COLUMNS_1997, identity.number
    return [
        _Field("类型/Type", "P", left, 8.6, (marked("P", Item.DOCUMENT_TYPE),), 14, 2.3),
        _Field("国家码/Country Code", "CHN", 56.2, 8.6, (marked("CHN", Item.ISSUING_STATE),), 24, 2.4),
        _Field("护照号/Passport No.", number, 88.4, 10.3, (marked(number, Item.PASSPORT_NUMBER),), 34, 3.3),
        _Field("姓/Surname", surname, left, 20.5, (marked(surname, Item.SURNAME, identity.surname),), 60),
        _Field("名/Given names", given, left, 29.0, (marked(given, Item.GIVEN_NAMES, identity.given_names),), 60),
        _Field("性别/Sex", sex, left, 37.5, (marked(sex, Item.SEX, identity.sex),), 30),
        _Field(
            "出生地点/Place of birth",
            birth,
            right,
            37.5,
            (marked(birth, Item.BIRTH_PLACE, identity.birth_place),),
            46,
        ),
        _date_field("出生日期/Date of birth", identity.birth_date, left, 45.6, Item.BIRTH_DATE),
        _Field(
            "签发地点/Place of issue",
            issue,
            right,
            45.6,
            (marked(issue, Item.ISSUE_PLACE, identity.issue_place),),
            46,
        ),
        _date_field("签发日期/Date of issue", identity.issue_date, left, 53.6, Item.ISSUE_DATE),
        _date_field("有效期至/Date of expiry", identity.expiry_date, right, 53.6, Item.EXPIRY_DATE),
    ]


def _sex_1997(identity: Identity) -> str:
    return f"{'女' if identity.sex == 'F' else '男'}/{identity.sex}"


def _places_1997(identity: Identity, *, bilingual: bool) -> tuple[str, str]:
    """Places of birth and of issue as printed."""
    if not bilingual:
        return identity.birth_place, identity.issue_place
    birth = f"{identity.native_birth_place}/{identity.birth_place}"
    return birth, f"{identity.native_issue_place}/{identity.issue_place}"


def _names_1997(identity: Identity, beside: str) -> tuple[str, str]:
    """Surname and given names as printed."""
    if not beside:
        return identity.surname, identity.given_names
    native = identity.native_name
    cut = 2 if native[:2] in DOUBLE_SURNAMES else 1
    return f"{native[:cut]}{beside}{identity.surname}", f"{native[cut:]}{beside}{identity.given_names}"


def _date_field(label: str, day: datetime.date, x: float, y: float, item: Item) -> _Field:
    text = day_text(day, MONTHS_ENGLISH)
    return _Field(label, text, x, y, (marked(text, item),), 31)


def _print_authority_1997(sheet: Sheet, fonts: _Fonts, identity: Identity) -> None:
    sheet.label("签发机关/Authority", 39.9, 60.0, fonts.label, 30)
    sheet.value(identity.native_authority, 74.4, 60.2, replace(fonts.value, cap=2.2), (), 48)
    _print_authority(sheet, fonts, identity.authority, (74.4, 64.6), 2.2, 46.0)


def _print_authority(
    sheet: Sheet, fonts: _Fonts, text: str, place: tuple[float, float], cap: float, room: float
) -> None:
    """Print the authority, in the labels' narrower font where the values' would have to shrink much."""
    style = replace(fonts.value, cap=cap)
    if sheet.canvas.width_of(text, style) > 1.15 * room:
        style = replace(style, latin=fonts.label.latin)
    sheet.value(text, *place, style, (marked(text, Item.AUTHORITY),), room)


def draw_2012(
    rng: np.random.Generator,
    px_per_mm: float,
    identity: Identity | None = None,
    *,
    face: Path | None = None,
    clean: bool = False,
) -> Page:
    """The e-passport: the version of 2012 and, with the authority named since 2018, the present one.

    Characters are set in ``face``, else in any Chinese one.
    """
    identity = identity or invent_chinese(rng, "2018" if rng.random() < 0.6 else "2012")
    sheet, fonts = blank_page(rng, px_per_mm), _fonts(rng, 1.2, 2.3, face)
    if not clean:
        misregister(rng, sheet)
    figures.place_holder(rng, sheet, (5.5, 16.5, 30.0, 40.0))
    if rng.random() < 0.6:
        figures.place_portrait(rng, sheet.canvas, (104.0, 36.0, 15.0, 19.0), ghost=True)
    sheet.label("护照", 6.0, 8.0, replace(fonts.label, cap=2.8))
    sheet.label("PASSPORT", 18.0, 8.0, replace(fonts.label, cap=2.0), 18.0)
    sheet.label("中华人民共和国", 6.0, 13.5, replace(fonts.label, cap=1.8), 30)
    for field in _fields_2012(identity):
        _print_field(sheet, fonts, field, 3.9)
    _print_name_2012(sheet, fonts, identity)
    _print_authority_2012(sheet, fonts, identity)
    layout = "chn_2018" if "Immigration" in identity.authority else "chn_2012"
    return _finish(rng, sheet, identity, layout, clean=clean)


def _fields_2012(identity: Identity) -> list[_Field]:
    sex = f"{'女' if identity.sex == 'F' else '男'}/{identity.sex}"
    birth = f"{identity.native_birth_place}/{identity.birth_place}"
    issue = f"{identity.native_issue_place}/{identity.issue_place}"
    nation = "中国/CHINESE"
    number = identity.number
    return [
        _Field("类型/Type", "P", 40.0, 8.6, (marked("P", Item.DOCUMENT_TYPE),), 14, 2.3),
        _Field("国家码/Country Code", "CHN", 58.0, 8.6, (marked("CHN", Item.ISSUING_STATE),), 24, 2.3),
        _Field("护照号码/Passport No.", number, 88.0, 9.4, (marked(number, Item.PASSPORT_NUMBER),), 34, 3.1),
        _Field("性别/Sex", sex, 40.0, 33.6, (marked(sex, Item.SEX, identity.sex),), 18),
        _Field("国籍/Nationality", nation, 60.0, 33.6, (marked(nation, Item.NATIONALITY, "CHINESE"),), 26),
        _bilingual_date("出生日期/Date of birth", identity.birth_date, 89.0, 33.6, Item.BIRTH_DATE),
        _Field(
            "出生地点/Place of birth", birth, 40.0, 42.0, (marked(birth, Item.BIRTH_PLACE, identity.birth_place),), 44
        ),
        _bilingual_date("签发日期/Date of issue", identity.issue_date, 89.0, 42.0, Item.ISSUE_DATE),
        _Field(
            "签发地点/Place of issue", issue, 40.0, 50.4, (marked(issue, Item.ISSUE_PLACE, identity.issue_place),), 44
        ),
        _bilingual_date("有效期至/Date of expiry", identity.expiry_date, 89.0, 50.4, Item.EXPIRY_DATE),
    ]


def _bilingual_date(label: str, day: datetime.date, x: float, y: float, item: Item) -> _Field:
    text = f"{day.day:02d} {day.month}月/{MONTHS_ENGLISH[day.month - 1]} {day.year}"
    return _Field(label, text, x, y, (marked(text, item),), 33)


def _print_name_2012(sheet: Sheet, fonts: _Fonts, identity: Identity) -> None:
    sheet.label("姓名/Name", 40.0, 13.6, fonts.label, 30)
    sheet.value(identity.native_name, 40.0, 18.4, replace(fonts.value, cap=2.6), (), 60)
    text = f"{identity.surname}, {identity.given_names}"
    cut = len(identity.surname)
    marks = (Mark(Item.SURNAME, 0, cut), Mark(Item.GIVEN_NAMES, cut + 2, len(text)))
    sheet.value(text, 40.0, 24.2, fonts.value, marks, 70)


def _print_authority_2012(sheet: Sheet, fonts: _Fonts, identity: Identity) -> None:
    sheet.label("签发机关/Authority", 40.0, 54.4, fonts.label, 30)
    sheet.value(identity.native_authority, 40.0, 58.6, replace(fonts.value, cap=2.0), (), 48)
    _print_authority(sheet, fonts, identity.authority, (40.0, 62.4), 1.95, 50.0)
    sheet.label("持照人签名/Bearer's signature", 92.0, 54.4, fonts.label, 30)


def _finish(rng: np.random.Generator, sheet: Sheet, identity: Identity, layout: str, *, clean: bool) -> Page:
    """Signature, overprints and the zone; ``clean`` leaves out what may lie over values."""
    if rng.random() < 0.6:
        figures.signature(rng, sheet.canvas, 94.0, 60.5, 24.0)
    if not clean:
        clutter(rng, sheet, identity.number)
    print_zone(rng, sheet, mrz_lines(identity), HEIGHT)
    return sheet.page(identity, MrzFormat.TD3, layout)


def clutter(rng: np.random.Generator, sheet: Sheet, number: str) -> None:
    """Things that lie over the print on some pages: holograms, overprints, stamps, holes."""
    if rng.random() < 0.4:
        figures.hologram(rng, sheet.canvas)
    if rng.random() < 0.12:
        style = replace(
            choose_font(rng, "latin_sans"), cap=float(rng.uniform(6, 10)), opacity=float(rng.uniform(0.2, 0.55))
        )
        style = replace(style, ink=((40, 40, 190), (150, 150, 150), (190, 110, 60))[int(rng.integers(3))])
        word = ("SPECIMEN", "样本", "SAMPLE", "VOID", "COPY")[int(rng.integers(5))]
        word = word if word.isascii() else "SPECIMEN"
        centre = float(rng.uniform(45, 85)), float(rng.uniform(25, 50))
        figures.overprint(rng, sheet.canvas, word, style, centre, float(rng.uniform(-35, 35)))
    if rng.random() < 0.08:
        figures.round_stamp(rng, sheet.canvas, (float(rng.uniform(30, 100)), float(rng.uniform(20, 60))))
    if rng.random() < 0.15:
        edge = float(rng.uniform(115, 119)), float(rng.uniform(8, 20))
        figures.perforation(rng, sheet.canvas, number, *edge)


def draw_hong_kong(rng: np.random.Generator, px_per_mm: float) -> Page:
    """A Hong Kong SAR page: labels in Chinese and English, names one under the other."""
    return _draw_region(rng, px_per_mm, invent_hong_kong(rng), "hkg", _title_hong_kong, "DEC-MMM")


def draw_macao(rng: np.random.Generator, px_per_mm: float) -> Page:
    """A Macao SAR page: labels in Chinese, Portuguese and English."""
    return _draw_region(rng, px_per_mm, invent_macao(rng), "mac", _title_macao, "d/m/y")


def draw_taiwan(rng: np.random.Generator, px_per_mm: float) -> Page:
    """A page of Taiwan: names as ``SURNAME, GIVEN-NAMES`` on one line, Chinese name above."""
    return _draw_region(rng, px_per_mm, invent_taiwanese(rng), "twn", _title_taiwan, "DEC-MMM")


def _title_hong_kong(sheet: Sheet, fonts: _Fonts) -> None:
    sheet.label("中華人民共和國 香港特別行政區", 30.0, 6.0, replace(fonts.label, cap=1.7), 60)
    sheet.label("HONG KONG SPECIAL ADMINISTRATIVE REGION PEOPLE'S REPUBLIC OF CHINA", 30.0, 9.0, fonts.label, 70)


def _title_macao(sheet: Sheet, fonts: _Fonts) -> None:
    sheet.label("中華人民共和國 澳門特別行政區", 30.0, 6.0, replace(fonts.label, cap=1.7), 60)
    sheet.label("REGIÃO ADMINISTRATIVA ESPECIAL DE MACAU / MACAO SAR", 30.0, 9.0, fonts.label, 70)


def _title_taiwan(sheet: Sheet, fonts: _Fonts) -> None:
    sheet.label("中華民國", 40.0, 7.0, replace(fonts.label, cap=2.6), 30)
    sheet.label("REPUBLIC OF CHINA", 64.0, 7.0, replace(fonts.label, cap=2.2), 50)


def _draw_region(
    rng: np.random.Generator, px_per_mm: float, identity: Identity, layout: str,
    title: Callable[[Sheet, _Fonts], None], dates: str,
) -> Page:  # fmt: skip
    sheet, fonts = blank_page(rng, px_per_mm), _fonts(rng, 1.15, 2.2, traditional=True)
    misregister(rng, sheet)
    figures.place_holder(rng, sheet, (4.5, 17.0, 30.0, 38.5))
    sheet.label("護照", 5.0, 8.0, replace(fonts.label, cap=2.6))
    sheet.label("PASSPORT", 5.0, 12.4, replace(fonts.label, cap=1.8), 25)
    title(sheet, fonts)
    fields = _fields_taiwan(identity) if layout == "twn" else _fields_region(identity, dates)
    for field in fields:
        _print_field(sheet, fonts, field, 3.4)
    if layout != "twn":
        _print_authority_region(sheet, fonts, identity.authority)
    return _finish(rng, sheet, identity, layout, clean=False)


def _print_authority_region(sheet: Sheet, fonts: _Fonts, authority: str) -> None:
    """The authority: over two lines where it is long."""
    sheet.label("簽發機關 Authority", 38.0, 53.4, fonts.label, 40)
    lines = authority.split(", ") if len(authority) > 50 else [authority]
    texts = [f"{line}," for line in lines[:-1]] + lines[-1:]
    style = replace(fonts.value, cap=1.7)
    sheet.value_lines(texts, (38.0, 56.8), style, Item.AUTHORITY, room=54, pitch=2.9)


def _region_date(label: str, day: datetime.date, x: float, y: float, item: Item, style: str) -> _Field:
    text = day.strftime("%d/%m/%Y") if style == "d/m/y" else day_text(day, MONTHS_ENGLISH)
    return _Field(label, text, x, y, (marked(text, item),), 34)


def _fields_region(identity: Identity, dates: str) -> list[_Field]:
    place = f"{identity.native_birth_place}/{identity.birth_place}"
    left, right, number = 38.0, 82.0, identity.number
    sex = f"{'女' if identity.sex == 'F' else '男'}/{identity.sex}"
    nation = "中國/CHINESE"
    return [
        _Field("類別 Type", "P", left, 14.8, (marked("P", Item.DOCUMENT_TYPE),), 16),
        _Field("簽發國代碼 Code of issuing State", "CHN", 57.0, 14.8, (marked("CHN", Item.ISSUING_STATE),), 24),
        _Field("護照號碼 Passport No.", number, 90.0, 14.8, (marked(number, Item.PASSPORT_NUMBER),), 32, 2.6),
        _Field("姓 Surname", identity.surname, left, 21.8, (marked(identity.surname, Item.SURNAME),), 60),
        _Field("中文姓名 Name in Chinese", identity.native_name, 98.0, 21.8, (), 24),
        _Field(
            "名 Given names", identity.given_names, left, 28.8, (marked(identity.given_names, Item.GIVEN_NAMES),), 70
        ),
        _Field("國籍 Nationality", nation, left, 35.8, (marked(nation, Item.NATIONALITY, "CHINESE"),), 40),
        _region_date("出生日期 Date of birth", identity.birth_date, left, 42.8, Item.BIRTH_DATE, dates),
        _Field("性別 Sex", sex, right, 42.8, (marked(sex, Item.SEX, identity.sex),), 18),
        _Field(
            "出生地點 Place of birth",
            place,
            right,
            35.8,
            (marked(place, Item.BIRTH_PLACE, identity.birth_place),),
            40,
        ),
        _region_date("簽發日期 Date of issue", identity.issue_date, left, 49.8, Item.ISSUE_DATE, dates),
        _region_date("屆滿日期 Date of expiry", identity.expiry_date, right, 49.8, Item.EXPIRY_DATE, dates),
    ]


def _fields_taiwan(identity: Identity) -> list[_Field]:
    name = f"{identity.surname}, {identity.given_names}"
    cut, left, number = len(identity.surname), 38.0, identity.number
    names = (Mark(Item.SURNAME, 0, cut), Mark(Item.GIVEN_NAMES, cut + 2, len(name)))
    nation, place, authority = identity.nationality, identity.birth_place, identity.authority
    return [
        _Field("型式/Type", "P", left, 13.6, (marked("P", Item.DOCUMENT_TYPE),), 16),
        _Field("代碼/Code", "TWN", 60.0, 13.6, (marked("TWN", Item.ISSUING_STATE),), 16),
        _Field("護照號碼/Passport No.", number, 90.0, 13.6, (marked(number, Item.PASSPORT_NUMBER),), 32),
        _Field("Name (Surname, Given names)", name, left, 26.4, names, 60),
        _Field("姓名", identity.native_name, left, 20.0, (), 40),
        _Field("國籍/Nationality", nation, left, 32.4, (marked(nation, Item.NATIONALITY),), 45),
        _Field("身分證統一編號/Personal Id. No.", identity.personal_number, 88.0, 32.4, (), 34),
        _Field("性別/Sex", identity.sex, left, 39.6, (marked(identity.sex, Item.SEX),), 16),
        _region_date("出生日期/Date of birth", identity.birth_date, 60.0, 39.6, Item.BIRTH_DATE, "DEC"),
        _Field("出生地/Place of birth", place, 96.0, 39.6, (marked(place, Item.BIRTH_PLACE),), 28),
        _region_date("發照日期/Date of issue", identity.issue_date, left, 46.8, Item.ISSUE_DATE, "DEC"),
        _region_date("效期截止日期/Date of expiry", identity.expiry_date, left, 54.0, Item.EXPIRY_DATE, "DEC"),
        _Field("發照機關/Authority", authority, left, 61.2, (marked(authority, Item.AUTHORITY),), 70),
    ]
