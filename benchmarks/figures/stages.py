"""One picture a stage of the engine, for the page "Stage by stage": what each hands on to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageOps

from engine import PassportReading, recognize
from engine.decode import decode_color, decode_photo
from engine.imaging.warp import QUICK, cut_view
from engine.locate.search import locate_mrz
from engine.mrz.formats import LAYOUTS
from engine.page import PageView, PlacedPage, place_page, view_page
from engine.quality.glare import glare_mask
from engine.readers.select import open_mrz_reader
from engine.rectify.cut_lines import rectify_band
from engine.result.lettering import text_width, write_text
from engine.values.mrz import Field, MrzFormat
from engine.values.pictures import LineImage, Photo, Pixels, Quad
from engine.visual.lines.find_lines import find_lines
from engine.visual.lines.text_map import map_text

Color: TypeAlias = tuple[int, int, int]

WIDTH: Final = 860
"""Of every picture, px."""
TEAL, ORANGE, RED, INK = (0, 150, 136), (230, 126, 34), (200, 30, 30), (31, 41, 51)
FIELD_COLORS: Final[Mapping[Field, Color]] = {
    Field.DOCUMENT_CODE: (120, 120, 120),
    Field.ISSUING_STATE: (142, 68, 173),
    Field.NAMES: (0, 121, 107),
    Field.DOCUMENT_NUMBER: (21, 101, 192),
    Field.NATIONALITY: (142, 68, 173),
    Field.BIRTH_DATE: (191, 87, 0),
    Field.SEX: (120, 120, 120),
    Field.EXPIRY_DATE: (191, 87, 0),
    Field.OPTIONAL_DATA: (84, 110, 122),
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A picture on its way: the file, the decoded photo, and all that is read in it."""

    file: Path
    photo: Photo
    reading: PassportReading

    @property
    def page(self) -> PlacedPage:
        """Where its page lies."""
        page = place_page(self.reading.mrz.format, self.reading.mrz_quads)
        assert page is not None
        return page

    @property
    def view(self) -> PageView:
        """The page, flattened."""
        return view_page(self.photo, self.page)


def open_specimen(file: Path) -> Specimen:
    """Decode and read ``file``."""
    return Specimen(file, decode_photo(file), recognize(file))


def decoded(specimen: Specimen) -> Image.Image:
    """1: the file in colour, and the upright gray photo that is read."""
    colour = Image.fromarray(np.ascontiguousarray(decode_color(specimen.file)[..., ::-1]))
    return _beside(colour, _gray(specimen.photo.gray))


def located(specimen: Specimen) -> Image.Image:
    """2: the place where the network sees a zone; the thick side is where its text begins."""
    sheet = _gray(specimen.photo.gray)
    band = locate_mrz(specimen.photo)[0]
    _outline(sheet, band.quad, ORANGE)
    a, _, _, d = band.quad
    ImageDraw.Draw(sheet).line([tuple(a), tuple(d)], fill=RED, width=12)
    return _fit(sheet)


def rectified(specimen: Specimen) -> Image.Image:
    """3: the lines of the zone, cut out straight."""
    return _below([_fit(_gray(image.pixels)) for image in _zone_lines(specimen)])


def read(specimen: Specimen) -> Image.Image:
    """4: the first characters of a line, and below each what was read and how surely."""
    image = _zone_lines(specimen)[-1]
    (text,) = open_mrz_reader("ctc").read([image])
    shown = text.chars[:18]
    right = round(shown[-1].end) + 8
    factor = WIDTH / right
    strip = _gray(image.pixels[:, :right]).resize((WIDTH, round(image.pixels.shape[0] * factor)))
    sheet = Image.new("RGB", (WIDTH, strip.height + 90), "white")
    sheet.paste(strip, (0, 0))
    draw = ImageDraw.Draw(sheet)
    for char in shown:
        middle = (char.start + char.end) / 2 * factor
        write_text(draw, (middle - text_width(char.char, 22) / 2, strip.height + 4), char.char, 22, INK)
        bar = round(50 * char.probability)
        draw.rectangle([middle - 9, sheet.height - 6 - bar, middle + 9, sheet.height - 6], fill=TEAL)
    return sheet


def zone_decoded(specimen: Specimen) -> Image.Image:
    """5: the lines by their fields, and the check digits."""
    mrz = specimen.reading.mrz
    sheet = Image.new("RGB", (WIDTH, 40 * len(mrz.lines) + 60), "white")
    draw = ImageDraw.Draw(sheet)
    pitch = (WIDTH - 20) / len(mrz.lines[0])
    for row, line in enumerate(mrz.lines):
        for column, char in enumerate(line):
            field = _field_at(row, column)
            color = FIELD_COLORS[field] if field else RED
            place = 10 + column * pitch + (pitch - text_width(char, 20)) / 2
            write_text(draw, (place, 10 + 40 * row), char, 20, color)
    checks = "   ".join(
        f"{check.covers.replace('_', ' ')} {'holds' if check.ok else 'does not hold'}" for check in mrz.checks
    )
    write_text(draw, (10, sheet.height - 40), f"check digits:   {checks}", 14, RED)
    return sheet


def placed(specimen: Specimen) -> Image.Image:
    """6: the outline of the page, as the lines of its zone tell it."""
    sheet = _gray(specimen.photo.gray)
    size = specimen.page.size
    corners = np.array([[0, 0], [size.width, 0], [size.width, size.height], [0, size.height]], np.float64)
    outline = cv2.perspectiveTransform(corners.reshape(1, -1, 2), specimen.page.to_photo)[0]
    draw = ImageDraw.Draw(sheet)
    draw.line([*map(tuple, outline), tuple(outline[0])], fill=TEAL, width=5)
    for quad in specimen.reading.mrz_quads:
        _outline(sheet, quad, ORANGE)
    return _fit(sheet)


def visual_lines(specimen: Specimen) -> Image.Image:
    """7: the flattened page and the lines of text found on it."""
    view = specimen.view
    sheet = _gray(view.pixels)
    draw = ImageDraw.Draw(sheet)
    for line in find_lines(view, map_text(view)):
        ends = [(x, line.baseline_at(x)) for x in (line.left, line.right)]
        top = [(x, y - line.cap_height) for x, y in reversed(ends)]
        draw.polygon([*ends, *top], outline=TEAL)
    return _fit(sheet)


def fused(specimen: Specimen) -> Image.Image:
    """8: the fifteen items, as ``reading.annotate`` draws them."""
    return _fit(Image.fromarray(np.ascontiguousarray(specimen.reading.annotate(specimen.file)[..., ::-1])))


def reflected(specimen: Specimen) -> Image.Image:
    """9: the page with a reflection painted on it, and the part that the search for reflections marks."""
    page = _whole_page(specimen)
    rows, columns = np.indices(page.shape)
    distance = np.hypot((columns - 0.62 * page.shape[1]) / 34, (rows - 0.4 * page.shape[0]) / 16)
    lit = np.asarray(np.clip(page + 400 * np.exp(-(distance**2)), 0, 255), np.uint8)
    marked = np.stack([lit] * 3, axis=-1)
    marked[glare_mask(lit) > 0] = RED
    return _beside(_gray(lit), Image.fromarray(marked))


STAGES: Final[Mapping[str, Callable[[Specimen], Image.Image]]] = {
    "1-decode": decoded,
    "2-locate": located,
    "3-rectify": rectified,
    "4-read": read,
    "5-decode-mrz": zone_decoded,
    "6-place": placed,
    "7-visual": visual_lines,
    "8-fuse": fused,
    "9-quality": reflected,
}
"""Every stage by the name of its picture."""


def _zone_lines(specimen: Specimen) -> tuple[LineImage, ...]:
    return rectify_band(specimen.photo, locate_mrz(specimen.photo)[0])


def _field_at(row: int, column: int) -> Field | None:
    """Which field of a TD3 zone a character belongs to; None for check digits."""
    spans = ((field.field, span) for field in LAYOUTS[MrzFormat.TD3].fields for span in field.spans)
    return next((field for field, span in spans if span.line == row and span.start <= column < span.stop), None)


def _whole_page(specimen: Specimen) -> Pixels:
    """The page at 2 px/mm, h×w gray."""
    size = specimen.page.size
    return cut_view(
        specimen.photo.gray,
        specimen.page.to_photo @ np.diag((0.5, 0.5, 1.0)),
        (round(2 * size.width), round(2 * size.height)),
        QUICK,
    )


def _gray(pixels: Pixels) -> Image.Image:
    """The picture lightened, to be looked at."""
    return ImageOps.autocontrast(Image.fromarray(pixels), cutoff=1).convert("RGB")


def _outline(sheet: Image.Image, quad: Quad, color: Color) -> None:
    ImageDraw.Draw(sheet).line([*map(tuple, quad), tuple(quad[0])], fill=color, width=5)


def _fit(image: Image.Image) -> Image.Image:
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


def _beside(left: Image.Image, right: Image.Image) -> Image.Image:
    half = (WIDTH - 20) // 2
    parts = [
        part.resize((half, round(part.height * half / part.width)), Image.Resampling.LANCZOS)
        for part in (left, right)
    ]
    sheet = Image.new("RGB", (WIDTH, max(part.height for part in parts)), "white")
    sheet.paste(parts[0], (0, 0))
    sheet.paste(parts[1], (WIDTH - half, 0))
    return sheet


def _below(parts: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH, sum(part.height + 8 for part in parts)), "white")
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height + 8
    return sheet
