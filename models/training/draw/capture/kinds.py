"""The kinds of pictures a set is made of, and how each is taken from a page."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import cv2
import numpy as np

from models.training.draw.capture import light, photos, scans, surfaces
from models.training.draw.capture.geometry import homography_map, shift
from models.training.draw.capture.picture import Picture, cropped, picture_of, resized, turned
from models.training.draw.capture.web import found_on_the_web
from models.training.draw.pages.records import NOTHING, Page

Take = Callable[[np.random.Generator, Page], Picture]


def _scan(dpi: int, mode: str = "colour") -> Take:
    return lambda rng, page: scans.scan(rng, page, dpi, mode)


def _photo(low: float, high: float) -> Take:
    return lambda rng, page: photos.photograph(rng, page, float(rng.uniform(low, high)))


def spread(rng: np.random.Generator, page: Page, *, above: bool | None = None) -> Page:
    """The open passport: another page above the data page (below it on some), a fold between them."""
    height, width = page.pixels.shape[:2]
    other = surfaces.lined_paper(rng, width, height) if rng.random() < 0.3 else surfaces.plain(rng, width, height)
    other = np.asarray(cv2.addWeighted(other, 0.25, np.full_like(page.pixels, 235), 0.75, 0), np.uint8)
    _scatter_text(rng, other)
    above = rng.random() < 0.85 if above is None else above
    pixels = np.vstack((other, page.pixels) if above else (page.pixels, other))
    fold = np.ones((pixels.shape[0], 1), np.float32)
    reach = max(2, height // 12)
    dip = 1 - float(rng.uniform(0.15, 0.5)) * np.exp(-np.abs(np.arange(-reach, reach)) / (reach / 4))
    fold[height - reach : height + reach, 0] = dip
    truth = page.truth.moved(homography_map(shift(0, height if above else 0)))
    return Page(light.scaled_by(pixels, fold), page.px_per_mm, truth)


def _scatter_text(rng: np.random.Generator, pixels: np.ndarray) -> None:
    """Endorsement-page print: a few lines and a number."""
    height, width = pixels.shape[:2]
    text = surfaces.printed_paper(rng, width // 2, height // 3)
    area = pixels[height // 5 : height // 5 + text.shape[0], width // 5 : width // 5 + text.shape[1]]
    np.minimum(area, text, out=area)


def _spread_scan(rng: np.random.Generator, page: Page) -> Picture:
    dpi = int(rng.choice((94, 150, 200)))
    return scans.scan(rng, spread(rng, page), dpi).tagged("spread")


def _spread_photo(rng: np.random.Generator, page: Page) -> Picture:
    return photos.photograph(rng, spread(rng, page), float(rng.uniform(2, 5))).tagged("spread")


def _upload(rng: np.random.Generator, page: Page) -> Picture:
    return scans.web_upload(rng, page)


def _upload_spread(rng: np.random.Generator, page: Page) -> Picture:
    """The contract's sample: about 500 px wide, the data page in the lower part."""
    return scans.web_upload(rng, spread(rng, page)).tagged("spread")


def _cut(rng: np.random.Generator, page: Page) -> Picture:
    """Only the zone, cut out by hand."""
    whole = resized(picture_of(page), float(rng.uniform(5, 9)) / page.px_per_mm)
    corners = np.array([p for quad in whole.truth.mrz_quads for p in quad])
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    edge = rng.uniform(2, 22, 4)
    width, height = whole.size
    box = (
        max(0, int(left - edge[0])),
        max(0, int(top - edge[1])),
        min(width, int(right + edge[2])),
        min(height, int(bottom + edge[3])),
    )
    pixels = light.noise(rng, light.defocus(whole.pixels, float(rng.uniform(0.2, 0.8))), 2.0)
    cut = cropped(replace(whole, pixels=pixels, quality=int(rng.integers(60, 92))), *box)
    return cut.tagged("scan", "cropped_mrz_only")


def _tight(rng: np.random.Generator, page: Page) -> Picture:
    """A page cut slightly too tightly on one or two sides, never into the zone."""
    done = scans.scan(rng, page, int(rng.choice((150, 200))), "colour")
    width, height = done.size
    left, top = int(width * rng.uniform(0, 0.02)), int(height * rng.uniform(0, 0.04))
    return cropped(done, left, top, width - int(width * rng.uniform(0, 0.02)), height).tagged("tight")


def _page_cut(rng: np.random.Generator, page: Page) -> Picture:
    """A page whose upper part lies beyond the picture's edge, with some of its values or without any."""
    done = (
        scans.scan(rng, page, int(rng.choice((150, 200))))
        if rng.random() < 0.5
        else photos.photograph(rng, page, 2.0)
    )
    values = [item.quad for item in done.truth.items.values() if item.quad is not None]
    middles = sorted(sum(corner.y for corner in quad) / 4 for quad in values)
    zone = min(corner.y for quad in done.truth.mrz_quads for corner in quad)
    top = round(min(float(rng.uniform(0.3 * middles[0], middles[-1])), zone - 0.05 * done.size[1]))
    cut = cropped(done, 0, max(0, top), *done.size)
    return cut.tagged("values_cut" if middles[0] < top else "tight")


def _sideways(rng: np.random.Generator, page: Page) -> Picture:
    done = (
        scans.scan(rng, page, 150) if rng.random() < 0.4 else photos.photograph(rng, page, float(rng.uniform(1, 4)))
    )
    return turned(done, int(rng.integers(1, 4)))


def _exif(rng: np.random.Generator, page: Page) -> Picture:
    done = photos.photograph(rng, page, float(rng.uniform(1, 4)))
    return replace(done, exif_orientation=int(rng.choice((3, 6, 8, 6, 8)))).tagged("exif")


def _screenshot(rng: np.random.Generator, page: Page) -> Picture:
    done = photos.photograph(rng, page, float(rng.uniform(0.8, 2)), hard=0.7)
    pixels = surfaces.cell_phone_chrome(rng, done.pixels.copy())
    if rng.random() < 0.5 and done.truth.mrz_quads:
        corners = np.array([p for quad in done.truth.mrz_quads for p in quad])
        (left, top), (right, bottom) = corners.min(axis=0) - 8, corners.max(axis=0) + 8
        cv2.rectangle(pixels, (int(left), int(top)), (int(right), int(bottom)), (40, 40, 230), 2)
    quality = None if rng.random() < 0.5 else 90
    return replace(done, pixels=pixels, quality=quality).tagged("screenshot", "overlay")


KINDS: Mapping[str, tuple[float, Take]] = {
    "scan94": (0.09, _upload),
    "scan94_spread": (0.05, _upload_spread),
    "scan150": (0.10, _scan(150)),
    "scan200": (0.10, _scan(200)),
    "scan300": (0.06, _scan(300)),
    "scan400": (0.02, _scan(400)),
    "scan_gray": (0.05, _scan(200, "gray")),
    "copy": (0.04, _scan(200, "copy")),
    "binarised": (0.03, _scan(300, "binarised")),
    "infrared": (0.02, _scan(200, "infrared")),
    "tight": (0.03, _tight),
    "mrz_crop": (0.02, _cut),
    "spread_scan": (0.04, _spread_scan),
    "spread_photo": (0.05, _spread_photo),
    "photo2": (0.12, _photo(1.2, 2.5)),
    "photo5": (0.06, _photo(3, 6)),
    "photo12": (0.02, _photo(8, 12)),
    "sideways": (0.05, _sideways),
    "exif": (0.03, _exif),
    "screenshot": (0.02, _screenshot),
    "web": (0.0, found_on_the_web),
    "page_cut": (0.0, _page_cut),
}
"""Share of a mixed set, and the way the picture is taken."""

UNSEEN: Mapping[str, float] = {
    "web": 0.66, "scan150": 0.05, "scan200": 0.05, "scan300": 0.02, "scan_gray": 0.02, "copy": 0.02,
    "binarised": 0.02, "infrared": 0.02, "spread_scan": 0.02, "spread_photo": 0.02, "photo2": 0.06, "photo5": 0.02,
    "screenshot": 0.02,
}  # fmt: skip
"""Shares of the kinds for random pages, about those of pictures that come from anywhere."""


def take(rng: np.random.Generator, page: Page, kind: str | None = None) -> Picture:
    """Take a picture of ``page`` in the way named, else in one drawn by the shares of `KINDS`, or of `UNSEEN`."""
    if kind is None:
        usual = {name: share for name, (share, _) in KINDS.items()}
        of_kinds = UNSEEN if page.truth.layout == "random" else usual
        shares = np.array(list(of_kinds.values()))
        kind = str(rng.choice(list(of_kinds), p=shares / shares.sum()))
    return KINDS[kind][1](rng, page).tagged(f"kind:{kind}")


def negative(rng: np.random.Generator) -> Picture:
    """A picture without any machine readable zone: a desk, a letter, a bank card."""
    width, height = (int(v) for v in rng.integers(500, 1500, 2))
    pixels = surfaces.surface(rng, width, height)
    which = rng.random()
    if which < 0.4:
        card = surfaces.bank_card(rng)
        factor = min(width / card.shape[1], height / card.shape[0]) * float(rng.uniform(0.5, 0.9))
        card = np.asarray(cv2.resize(card, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
        x, y = int(rng.integers(0, width - card.shape[1] + 1)), int(rng.integers(0, height - card.shape[0] + 1))
        pixels[y : y + card.shape[0], x : x + card.shape[1]] = card
    elif which < 0.75:
        pixels = surfaces.printed_paper(rng, width, height)
    pixels = light.noise(rng, light.uneven_light(rng, pixels, 0.3), float(rng.uniform(1, 5)))
    return Picture(pixels, NOTHING, ("negative",), quality=int(rng.integers(60, 92)))
