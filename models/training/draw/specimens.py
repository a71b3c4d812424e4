"""The few pictures that tests and the README need, and the contract's sample redrawn.

``python -m models.training.draw.specimens tests/images`` makes the committed ones again, byte for byte with the same
library versions.
"""

import argparse
import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from models.training.draw.capture import light, photos, surfaces
from models.training.draw.capture.geometry import shift
from models.training.draw.capture.kinds import spread
from models.training.draw.capture.picture import Picture, picture_of, resized, turned, warped
from models.training.draw.manifest import save_pictures
from models.training.draw.pages import chinese, figures
from models.training.draw.pages.canvas import Canvas
from models.training.draw.pages.draw import SCALE
from models.training.draw.pages.generic import draw_generic
from models.training.draw.pages.records import NOTHING, Page
from models.training.draw.pages.sheet import choose_font
from models.training.draw.people.identities import Identity, invent
from models.training.draw.people.states import STATES

CONTRACT_SCALE = 4.03
"""Pixels a millimetre in the contract's sample."""

CONTRACT_CORNER = 2.8
"""Pixels left of the page there; its data page begins 354.6 px down, which is one page's height."""

_HOLDER_1997 = Identity(
    state="CHN",
    code="PO",
    code_printed="P",
    surname="WANG",
    given_names="LIN",
    sex="F",
    nationality="CHINESE",
    nationality_code="CHN",
    birth_date=datetime.date(1987, 7, 4),
    issue_date=datetime.date(2010, 1, 6),
    expiry_date=datetime.date(2020, 1, 5),
    birth_place="XINJIANG",
    authority="Ministry of Public Security",
    number="G60317245",
    issue_place="XINJIANG",
    native_name="王琳",
    native_birth_place="新疆",
    native_issue_place="新疆",
    native_authority="公安部出入境管理局",
)

_HOLDER_2012 = replace(
    _HOLDER_1997,
    surname="OUYANG",
    given_names="XIAOMEI",
    birth_date=datetime.date(1990, 10, 3),
    issue_date=datetime.date(2019, 8, 6),
    expiry_date=datetime.date(2029, 8, 5),
    birth_place="SHAANXI",
    authority="National Immigration Administration, PRC",
    number="EA1234567",
    issue_place="BEIJING",
    optional_data="MLPOKNABMLQKA7",
    native_name="欧阳晓梅",
    native_birth_place="陕西",
    native_issue_place="北京",
    native_authority="中华人民共和国国家移民管理局",
)


def contract_sample(seed: int = 5) -> Picture:
    """The contract document's sample at its size, with an invented holder: an open passport, about 508 px wide."""
    rng = np.random.default_rng((seed, 1997))
    page = spread(rng, chinese.draw_1997(rng, SCALE, _HOLDER_1997, clean=True), above=True)
    small = resized(picture_of(page), CONTRACT_SCALE / SCALE)
    ground = np.full((small.size[1] + 2, small.size[0] + 5, 3), 205, np.uint8)
    laid = warped(small, shift(CONTRACT_CORNER, 0.0), ground)
    pixels = light.noise(rng, light.defocus(laid.pixels, 0.35), 1.5)
    return replace(laid, pixels=pixels, quality=85).tagged("photo", "spread", "lowres", "contract_sample")


def specimen_2012(seed: int = 8) -> Picture:
    """A clean scan at 300 dpi of a Chinese page of today."""
    rng = np.random.default_rng((seed, 2012))
    page = chinese.draw_2012(rng, SCALE, _HOLDER_2012, clean=True)
    _stamp_specimen(rng, page, (96.0, 21.0))
    return _clean_scan(rng, page)


def specimen_1997(seed: int = 3) -> Picture:
    """The same of the version of 1997."""
    rng = np.random.default_rng((seed, 1998))
    page = chinese.draw_1997(rng, SCALE, _HOLDER_1997, clean=True)
    _stamp_specimen(rng, page, (92.0, 24.0))
    return resized(_clean_scan(rng, page), 2 / 3)


def _stamp_specimen(rng: np.random.Generator, page: Page, centre: tuple[float, float]) -> None:
    style = replace(choose_font(rng, "latin_sans"), cap=5.0, ink=(60, 60, 190), opacity=0.45)
    figures.overprint(rng, Canvas(page.pixels, page.px_per_mm), "SPECIMEN", style, centre, 8.0)


def _clean_scan(rng: np.random.Generator, page: Page) -> Picture:
    picture = picture_of(page).tagged("scan", "dpi300")
    return replace(picture, pixels=light.noise(rng, light.defocus(picture.pixels, 0.6), 1.2), quality=80)


def rotated_photo(seed: int = 2) -> Picture:
    """A small phone photo of a page of Utopia, lying sideways."""
    rng = np.random.default_rng((seed, 90))
    page = draw_generic(rng, SCALE, invent(rng, STATES["UTO"]), clean=True)
    taken = photos.photograph(rng, page, 1.2, hard=0.5)
    return replace(turned(taken, 1), quality=68)


def bank_card(seed: int = 1) -> Picture:
    """A payment card on a desk: nothing to read here."""
    rng = np.random.default_rng((seed, 0))
    pixels = surfaces.wood(rng, 900, 640)
    card = cv2.resize(surfaces.bank_card(rng), (642, 405), interpolation=cv2.INTER_AREA)
    pixels[110:515, 120:762] = card
    return Picture(light.noise(rng, pixels, 2.0), NOTHING, ("negative",), quality=80)


def committed() -> Mapping[str, Picture]:
    """File name (without suffix) and picture of each committed specimen."""
    return {
        "chn_2012_specimen": specimen_2012(),
        "chn_1997_specimen": specimen_1997(),
        "contract_sample": contract_sample(),
        "uto_photo_rotated90": rotated_photo(),
        "negative_bank_card": bank_card(),
    }


def main() -> None:
    """Write the committed specimens and their manifest into a folder."""
    parser = argparse.ArgumentParser(description="Make the committed specimens again.")
    parser.add_argument("folder", type=Path)
    cv2.setNumThreads(1)
    save_pictures(parser.parse_args().folder, committed())


if __name__ == "__main__":
    main()
