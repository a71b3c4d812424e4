"""Pages of PDF files, drawn by PDFium (the extra ``pdf``). Nothing in a file is run: no scripts, no forms.

PDFium works in one thread at a time, so all of it happens under one lock, and nothing of it is left behind.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from PIL import Image

from engine.errors import ImageTooLarge, NotAnImage, UnsupportedFormat

DOTS_PER_POINT: Final = 200 / 72
"""Pages that are no scans are drawn at 200 dpi."""
LONGEST: Final = 4500
"""Pixels of the longer side of a page, whatever size it claims."""
MAX_OBJECTS: Final = 10_000
"""Parts of a page: text, lines, pictures. Scans have a few, typeset pages some hundreds."""
_LARGE: Final = 0.1
"""Share of the page from which a picture on it is taken for a scan or a photo."""
_DEPTH: Final = 4
"""How deep pictures are looked for in forms within forms."""
_LOCK: Final = threading.Lock()


def count_pdf_pages(data: bytes) -> int:
    """Return the number of pages.

    Raises:
        UnsupportedFormat: PDFium is not installed.
        NotAnImage: the file is damaged, protected or has no page.
    """
    with _document(data) as document:
        count = len(document)
    if count < 1:
        raise NotAnImage("the PDF has no page")
    return count


def draw_pdf_page(data: bytes, number: int, most_pixels: int) -> Image.Image:
    """Draw a page as fine as the pictures on it are, on white.

    Args:
        data: the file.
        number: of the page, from 1.
        most_pixels: that the page, and any picture on it, may have.

    Raises:
        UnsupportedFormat: PDFium is not installed.
        NotAnImage: the file is damaged, or has no such page.
        ImageTooLarge: the page would have more pixels, or has far too many parts.
    """
    with _document(data) as document:
        if not 1 <= number <= len(document):
            raise NotAnImage(f"the file has no page {number}")
        page = document[number - 1]
        try:
            scale = _scale(page, most_pixels)
            width, height = (max(1, round(side * scale)) for side in page.get_size())
            if width * height > most_pixels:
                raise ImageTooLarge(f"the page has {width * height} pixels; the limit is {most_pixels}")
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=True)
            image: Image.Image = bitmap.to_pil().convert("RGB")  # a copy: the bitmap's memory is given back
            bitmap.close()
            return image
        finally:
            page.close()


def _scale(page: Any, most_pixels: int) -> float:
    """Pixels per point: as the finest large picture on the page has them, else `DOTS_PER_POINT`; up to `LONGEST`."""
    width, height = page.get_size()
    finest = max(_large_pictures(page, width * height, most_pixels), default=DOTS_PER_POINT)
    return float(min(finest, LONGEST / max(1.0, width, height)))


def _large_pictures(page: Any, area: float, most_pixels: int) -> Iterator[float]:
    """The pixels per point of each picture that covers a good part of the page, before any picture is decoded."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    parts = page.get_objects(max_depth=_DEPTH)
    for part in islice(parts, MAX_OBJECTS):
        if part.type == FPDF_PAGEOBJ_IMAGE:
            columns, rows = part.get_px_size()
            if columns * rows > most_pixels:
                raise ImageTooLarge(f"a picture in the PDF has {columns * rows} pixels; the limit is {most_pixels}")
            left, bottom, right, top = part.get_bounds()
            if (right - left) * (top - bottom) >= _LARGE * area > 0:
                yield max(columns, rows) / max(right - left, top - bottom)
    if next(parts, None) is not None:
        raise ImageTooLarge(f"the page has more than {MAX_OBJECTS} parts")


@contextmanager
def _document(data: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise UnsupportedFormat(
            "PDF is read only where its library is: pip install 'passport-ocr[pdf]', or send a JPEG of the page"
        ) from None
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            raise NotAnImage("the PDF is damaged, or protected by a password: send a JPEG of the page") from None
        try:
            yield document
        except (pypdfium2.PdfiumError, ValueError, ArithmeticError):  # the latter two where a page has no size
            raise NotAnImage("the page of the PDF is damaged: send a JPEG of it") from None
        finally:
            document.close()
