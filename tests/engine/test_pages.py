"""Every kind of file people have: several pages, PDF, HEIC, AVIF, JPEG that lacks its end, mirrored pictures."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import engine
from engine import Warning
from engine.decode import MAX_PAGES, Limits, decode_color, decode_photo, open_pages
from engine.errors import BadImage, ImageTooLarge, MrzNotFound, NotAnImage, UnsupportedFormat

IMAGES = Path(__file__).parents[1] / "images"
SPECIMEN = IMAGES / "chn_2012_specimen.jpg"
HEIC = IMAGES / "files" / "chn_2012_specimen.heic"
NUMBER = "EA1234567"


def specimen() -> Image.Image:
    with Image.open(SPECIMEN) as image:
        return image.convert("RGB")


def blank(width: int = 300, height: int = 200) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def saved(kind: str, *pages: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    pages[0].save(buffer, kind, **({"save_all": True, "append_images": pages[1:]} if pages[1:] else {}), **options)
    return buffer.getvalue()


class TestPages:
    @pytest.mark.parametrize("kind", ["TIFF", "PDF"])
    def test_pages_are_looked_at_until_one_is_a_passport(self, kind: str) -> None:
        if kind == "PDF":
            pytest.importorskip("pypdfium2")
        data = saved(kind, blank(), blank(), specimen(), blank())
        reading = engine.recognize(data)
        assert (reading.page, reading.passport_number.value) == (3, NUMBER)
        assert reading.to_dict()["page"] == 3
        assert reading.annotate(data).shape[1] > reading.width  # the page that was read is drawn on, not the first
        assert reading.crops(data)["passport_number"].shape[1] > 100

    def test_one_page_is_page_one(self) -> None:
        assert engine.recognize(SPECIMEN).page == 1

    def test_of_pages_without_a_passport_that_is_said(self) -> None:
        with pytest.raises(MrzNotFound, match="on 3 pages"):
            engine.recognize(saved("TIFF", blank(), blank(), blank()))

    def test_a_damaged_page_does_not_matter_where_another_is_good(self) -> None:
        data = bytearray(saved("TIFF", blank(), specimen(), compression="jpeg"))
        start = data.index(b"\xff\xda")
        data[start - 40 : start + 2] = bytes(42)  # the first page
        assert engine.recognize(bytes(data)).page == 2

    def test_no_more_pages_than_the_limit(self) -> None:
        pages = open_pages(saved("TIFF", *[Image.new("L", (8, 8))] * (MAX_PAGES + 5)))
        assert list(pages) == list(range(1, MAX_PAGES + 1))

    def test_pages_obey_the_limit_on_pixels_together(self) -> None:
        pages = open_pages(saved("TIFF", *[Image.new("L", (100, 100))] * 3), Limits(max_pixels=20_000))
        assert pages.photo(1).width == pages.photo(2).width == 100
        with pytest.raises(ImageTooLarge, match="together"):
            pages.photo(3)

    @pytest.mark.parametrize("number", [0, 3, -1, 10**6])
    def test_pages_that_are_not_there(self, number: int) -> None:
        data = saved("TIFF", blank(), blank())
        for decode in (decode_photo, decode_color):
            with pytest.raises(NotAnImage):
                decode(data, page=number)


class TestPdf:
    @pytest.fixture(autouse=True)
    def library(self) -> None:
        pytest.importorskip("pypdfium2")

    def test_a_scan_is_drawn_as_fine_as_it_is(self) -> None:
        for resolution in (72.0, 300.0):
            data = saved("PDF", specimen(), resolution=resolution)
            photo = decode_photo(data)
            assert abs(photo.width - specimen().width) <= 1
            assert engine.recognize(data).passport_number.value == NUMBER
        assert decode_color(data).shape == (photo.height, photo.width, 3)

    def test_a_page_without_pictures_is_drawn_at_200_dpi(self) -> None:
        assert decode_photo(pdf(size=(144, 72))).gray.shape == (200, 400)

    def test_what_is_protected_by_a_password_says_so(self) -> None:
        encrypt = b"/Encrypt <</Filter/Standard/V 1/R 2/P -4/O <%s>/U <%s>>>" % (b"0" * 64, b"1" * 64)
        with pytest.raises(NotAnImage, match="password"):
            decode_photo(pdf(trailer=encrypt + b"/ID [<00><00>]"))


class TestWithoutLibraries:
    @pytest.mark.parametrize(
        ("library", "data", "extra"),
        [("pypdfium2", saved("PDF", blank()), "pdf"), ("pi_heif", HEIC.read_bytes(), "heic")],
    )
    def test_the_error_names_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, library: str, data: bytes, extra: str
    ) -> None:
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(UnsupportedFormat, match=rf"passport-ocr\[{extra}\]"):
            engine.recognize(data)


class TestPhones:
    def test_heic(self) -> None:
        pytest.importorskip("pi_heif")
        reading = engine.recognize(HEIC)
        assert reading.passport_number.value == NUMBER
        assert reading.annotate(HEIC).ndim == 3

    def test_avif(self) -> None:
        assert engine.recognize(saved("AVIF", specimen(), quality=60)).passport_number.value == NUMBER

    def test_animated_avif_is_refused(self) -> None:
        with pytest.raises(UnsupportedFormat, match="animated"):
            decode_photo(saved("AVIF", blank(), specimen().resize((300, 200))))

    def test_a_mirrored_picture_is_read_and_told_so(self) -> None:
        image = np.asarray(specimen())[..., ::-1]
        straight = engine.recognize(np.ascontiguousarray(image))
        mirrored_image = np.ascontiguousarray(image[:, ::-1])
        mirrored = engine.recognize(mirrored_image)
        assert [i.value for i in mirrored] == [i.value for i in straight]
        assert [w.warning for w in mirrored.warnings] == [Warning.MIRRORED]
        for item, other in zip(mirrored, straight, strict=True):
            if item.quad and other.quad:
                turned = [(straight.width - 1 - p.x, p.y) for p in other.quad]
                assert np.allclose(item.quad, turned, atol=8), item.item
        crop, same = mirrored.crops(mirrored_image)["mrz"], straight.crops(image)["mrz"]
        assert crop.shape == pytest.approx(same.shape, abs=8)
        assert engine.recognize(np.pad(crop, ((200, 60), (60, 60), (0, 0)), mode="edge"), items="mrz").mrz.checks_ok

    def test_a_picture_without_a_passport_is_no_mirrored_one(self) -> None:
        with Image.open(IMAGES / "negative_bank_card.jpg") as image, pytest.raises(MrzNotFound):
            engine.recognize(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))


class TestJpegWithoutItsEnd:
    WHOLE = SPECIMEN.read_bytes()

    @pytest.mark.parametrize("progressive", [False, True])
    @pytest.mark.parametrize("lost", [1, 2])
    def test_is_read_where_only_the_marker_is_missing(self, lost: int, progressive: bool) -> None:
        data = saved("JPEG", specimen(), progressive=progressive, quality=90)
        assert np.array_equal(decode_photo(data[:-lost]).gray, decode_photo(data).gray)
        assert np.array_equal(decode_color(data[:-lost]), decode_color(data))

    @pytest.mark.parametrize("lost", [40, 400, 4000, 40_000])
    @pytest.mark.parametrize("progressive", [False, True])
    def test_is_refused_where_more_is_missing(self, lost: int, progressive: bool) -> None:
        data = saved("JPEG", specimen(), progressive=progressive, quality=90)
        with pytest.raises(NotAnImage, match="cut off"):
            decode_photo(data[:-lost])


class TestSixteenBits:
    @pytest.mark.parametrize("bits", range(9, 17))
    def test_files_that_use_few_of_them_look_the_same(self, bits: int) -> None:
        gray = np.asarray(specimen().convert("L"))
        gray = np.maximum(gray, np.uint8(gray.max() == 0))
        values = gray.astype(np.uint16) << (bits - 8)
        values[0, 0] = 2**bits - 1  # white is used
        for kind in ("PNG", "TIFF"):
            photo = decode_photo(saved(kind, Image.fromarray(values)))
            assert np.array_equal(photo.gray[1:], gray[1:])

    def test_a_black_picture_stays_black(self) -> None:
        assert decode_photo(saved("PNG", Image.fromarray(np.zeros((8, 8), np.uint16)))).gray.max() == 0


def pdf(
    size: tuple[float, float] = (200, 100), *, content: bytes = b"", more: str = "", trailer: bytes = b""
) -> bytes:
    """A PDF of one page; ``more`` are further objects, the first of them number 5."""
    width, height = size
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    )
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page.encode()]
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects += [one.encode("latin-1") for one in more.split("|") if one]
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


class TestHostile:
    def test_pdf_pages_of_any_size_are_drawn_small(self) -> None:
        pytest.importorskip("pypdfium2")
        for size in ((14_400, 14_400), (1e7, 1e7), (1e9, 1)):
            photo = decode_photo(pdf(size))
            assert max(photo.width, photo.height) <= 4500

    def test_pdf_pages_without_size(self) -> None:
        pytest.importorskip("pypdfium2")
        for size in ((0, 0), (-5, -5), (1e-9, 1e-9)):
            try:
                assert decode_photo(pdf(size)).gray.size < 10**7
            except BadImage:
                continue

    @pytest.mark.parametrize("deep", [False, True])
    def test_pictures_in_a_pdf_obey_the_limit_before_they_are_decoded(self, deep: bool) -> None:
        pytest.importorskip("pypdfium2")
        stream = "/Length 4>>stream\n\0\0\0\0\nendstream"
        image = (
            "<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8" + stream
        )
        draws = "/Length 5>>stream\n/J Do\nendstream"
        form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</J 6 0 R>>>>" + draws
        more = f"{form}|{image}" if deep else image
        with pytest.raises(ImageTooLarge, match="a picture in the PDF"):
            decode_photo(pdf(content=b"100 0 0 100 0 0 cm /I Do", more=more))

    def test_pdf_pages_of_very_many_parts(self) -> None:
        pytest.importorskip("pypdfium2")
        with pytest.raises(ImageTooLarge, match="parts"):
            decode_photo(pdf(content=b"0 0 m 9 9 l S " * 10_001))

    def test_pdf_forms_that_hold_themselves(self) -> None:
        pytest.importorskip("pypdfium2")
        form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 5 0 R>>>>"
        draws_itself = "/Length 5>>stream\n/I Do\nendstream"
        assert decode_photo(pdf(content=b"/I Do", more=form + draws_itself)).width > 0

    @pytest.mark.parametrize("kind", ["pdf", "heic", "avif"])
    def test_cut_off_or_damaged_anywhere(self, kind: str) -> None:
        if kind != "avif":
            pytest.importorskip({"pdf": "pypdfium2", "heic": "pi_heif"}[kind])
        noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (48, 64), np.uint8))
        data = HEIC.read_bytes() if kind == "heic" else saved(kind.upper(), noise)
        random = np.random.default_rng(2)
        for length in range(1, len(data), max(1, len(data) // 40)):
            damaged = bytearray(data)
            for place in random.integers(0, min(len(data), 1000), 5):
                damaged[place] = random.integers(0, 256)
            for hostile in (data[:length], bytes(damaged)):
                try:
                    assert decode_photo(hostile, Limits(max_pixels=2_000_000)).gray.size <= 2_000_000
                except BadImage:
                    continue

    @pytest.mark.parametrize("kind", ["heic", "avif"])
    def test_declared_sizes(self, kind: str) -> None:
        if kind == "heic":
            pytest.importorskip("pi_heif")
        data = HEIC.read_bytes() if kind == "heic" else saved("AVIF", blank())
        with pytest.raises(ImageTooLarge):
            decode_photo(data, Limits(max_pixels=10_000))
        with pytest.raises(ImageTooLarge):
            decode_photo(data, Limits(max_bytes=100))
        place = data.index(b"ispe") + 8
        huge = data[:place] + (30_000).to_bytes(4) * 2 + data[place + 8 :]
        with pytest.raises(BadImage):
            decode_photo(huge)
