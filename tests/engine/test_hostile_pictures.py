"""Pictures made to hurt: each is decoded or refused, quickly, within the limits, and never anything else."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from engine.decode import MAX_CHUNKS, MAX_SCANS, MAX_SIDE, Limits, decode_photo
from engine.errors import BadImage, ImageTooLarge, NotAnImage, UnsupportedFormat


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.new(mode, size)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def header(width: int, height: int, bits: int = 8, color: int = 0) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0)


def tiff(width: int, height: int, *entries: tuple[int, int, int, int], data: bytes = b"") -> bytes:
    """A little-endian TIFF of one page; ``entries`` are tag, type, count and value beside the two sizes."""
    tags = sorted([(256, 4, 1, width), (257, 4, 1, height), *entries])
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return struct.pack("<2sHI", b"II", 42, 8) + directory + struct.pack("<I", 0) + data


class TestDeclaredSizes:
    @pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 1), (2**31 - 1, 2**31 - 1), (8001, 8000)])
    def test_png(self, size: tuple[int, int]) -> None:
        with pytest.raises(ImageTooLarge):
            decode_photo(png(header(*size), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")))

    @pytest.mark.parametrize("size", [(60_000, 60_000), (2**32 - 1, 2**32 - 1), (2**32 - 1, 1)])
    def test_tiff(self, size: tuple[int, int]) -> None:
        gray = ((258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (279, 4, 1, 10))
        with pytest.raises(ImageTooLarge):
            decode_photo(tiff(*size, *gray))

    def test_webp(self) -> None:
        lossy = encoded(picture(), "WEBP")
        start = lossy.index(b"\x9d\x01\x2a") + 3  # the frame's sizes, 14 bits each
        huge = lossy[:start] + struct.pack("<HH", 16383, 16383) + lossy[start + 4 :]
        with pytest.raises(ImageTooLarge):
            decode_photo(huge)

    def test_jpeg_and_bmp(self) -> None:
        jpeg = encoded(picture("L"), "JPEG")
        start = jpeg.index(b"\xff\xc0") + 5
        with pytest.raises(ImageTooLarge):
            decode_photo(jpeg[:start] + struct.pack(">HH", 65500, 65500) + jpeg[start + 4 :])
        bmp = encoded(picture("L"), "BMP")
        with pytest.raises(ImageTooLarge):
            decode_photo(bmp[:18] + struct.pack("<ii", 60_000, 60_000) + bmp[26:])


class TestBombs:
    def test_png_with_text_that_expands(self) -> None:
        text = zlib.compress(bytes(20_000_000))
        data = png(
            header(8, 8), (b"zTXt", b"Comment\0\0" + text), (b"IDAT", zlib.compress(bytes(72))), (b"IEND", b"")
        )
        with pytest.raises(NotAnImage):
            decode_photo(data)

    def test_png_with_a_profile_that_expands(self) -> None:
        profile = zlib.compress(bytes(20_000_000))
        data = png(header(8, 8), (b"iCCP", b"x\0\0" + profile), (b"IDAT", zlib.compress(bytes(72))), (b"IEND", b""))
        with pytest.raises(NotAnImage):
            decode_photo(data)

    def test_png_with_more_pixels_than_it_declares(self) -> None:
        data = png(header(8, 8), (b"IDAT", zlib.compress(bytes(20_000_000))), (b"IEND", b""))
        assert decode_photo(data).gray.shape == (8, 8)

    def test_jpeg_with_scans_without_end(self) -> None:
        jpeg = encoded(picture("L", (640, 480)), "JPEG", progressive=True)
        scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
        assert decode_photo(jpeg[:-2] + scan * 50 + b"\xff\xd9").gray.shape == (480, 640)
        with pytest.raises(NotAnImage, match="scans"):
            decode_photo(jpeg[:-2] + scan * MAX_SCANS + b"\xff\xd9")

    def test_tiff_whose_pages_form_a_circle(self) -> None:
        data = bytearray(encoded(picture("L"), "TIFF"))
        directory = struct.unpack_from("<I", data, 4)[0]
        count = struct.unpack_from("<H", data, directory)[0]
        struct.pack_into("<I", data, directory + 2 + 12 * count, directory)
        assert decode_photo(bytes(data)).gray.shape == (48, 64)

    def test_tiff_of_many_pages_is_its_first(self) -> None:
        pages = [picture("L", (8 + n, 8)) for n in range(50)]
        assert decode_photo(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])).gray.shape == (8, 8)

    def test_sixty_megapixels_are_decoded_and_one_limit_above_is_not(self) -> None:
        data = encoded(picture("1", (10_000, 6_000)), "PNG")
        assert decode_photo(data).gray.shape == (6_000, 10_000)
        with pytest.raises(ImageTooLarge):
            decode_photo(data, Limits(max_pixels=59_999_999))


class TestCost:
    """What would take seconds is refused in milliseconds, before anything is decoded."""

    JPEG = encoded(picture("L", (640, 480)), "JPEG")

    @pytest.mark.parametrize("size", [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (64_000_000, 1)])
    @pytest.mark.parametrize("mode", ["L", "1"])
    def test_ribbons(self, size: tuple[int, int], mode: str) -> None:
        data = png(header(*size, bits=8 if mode == "L" else 1), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
        with pytest.raises(ImageTooLarge, match="long"):
            decode_photo(data)
        with pytest.raises(ImageTooLarge, match="long"):
            decode_photo(np.zeros(size, np.uint8))

    def test_a_fax_of_one_row(self) -> None:
        fax = encoded(Image.new("1", (1_000_000, 1), 1), "TIFF", compression="group4")
        with pytest.raises(ImageTooLarge, match="long"):
            decode_photo(fax)

    def test_the_longest_side(self) -> None:
        assert decode_photo(encoded(picture("L", (MAX_SIDE, 2)), "PNG")).gray.shape == (2, MAX_SIDE)

    FILLINGS = (b"\xff", b"\xff\x00", b"\xff\xd0", b"\xff\xfe\x00\x02", b"\xff\xe1\x00\x00", b"\xff\xfe\x00\x03\xff")

    @pytest.mark.parametrize("filling", FILLINGS)
    def test_a_jpeg_filled_up(self, filling: bytes) -> None:
        start, rest = self.JPEG[:2], self.JPEG[2:]
        assert decode_photo(start + filling * 100 + rest).gray.shape == (480, 640)
        for place in (0, rest.index(b"\xff", 2)):  # before and behind the first segment
            with pytest.raises(NotAnImage, match="segments"):
                decode_photo(start + rest[:place] + filling * 1_000_000 + rest[place:])

    @pytest.mark.parametrize("filling", [bytes(1_000_000), b"\xff\xd8" * 500_000])
    def test_a_jpeg_of_rubbish(self, filling: bytes) -> None:
        with pytest.raises(NotAnImage, match="segments"):
            decode_photo(self.JPEG[:2] + filling + self.JPEG[2:])

    def test_what_segments_hold_is_not_counted(self) -> None:
        profile = b"\xff\xe2\xff\xff" + b"\xff\xfe\xff" * 21_844 + b"\xff"
        assert len(profile) == 65_537
        assert decode_photo(self.JPEG[:2] + profile * 20 + self.JPEG[2:]).gray.shape == (480, 640)

    def test_a_large_jpeg_with_many_scans(self) -> None:
        jpeg = encoded(picture("L", (5000, 5000)), "JPEG", progressive=True)
        scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
        with pytest.raises(NotAnImage, match="scans for its size"):
            decode_photo(jpeg[:-2] + scan * 50 + b"\xff\xd9")

    def test_a_png_of_empty_chunks(self) -> None:
        def data(chunks: int) -> bytes:
            return png(
                header(8, 8), *[(b"tEXt", b"a\0")] * chunks, (b"IDAT", zlib.compress(bytes(72))), (b"IEND", b"")
            )

        assert decode_photo(data(1000)).gray.shape == (8, 8)
        with pytest.raises(NotAnImage, match="chunks"):
            decode_photo(data(MAX_CHUNKS))


class TestKindsOfPixels:
    @pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "LAB"])
    def test_color_spaces_of_tiff(self, mode: str) -> None:
        assert decode_photo(encoded(picture(mode), "TIFF")).gray.shape == (48, 64)

    def test_cmyk_jpeg(self) -> None:
        assert decode_photo(encoded(picture("CMYK"), "JPEG")).gray.shape == (48, 64)

    @pytest.mark.parametrize("high", [np.inf, -np.inf, np.nan, 3.4e38])
    def test_floats_without_bounds(self, high: float) -> None:
        values = np.zeros((48, 64), np.float32)
        values[:24, :32], values[0, 0] = high, -3.4e38
        assert decode_photo(encoded(Image.fromarray(values), "TIFF")).gray.shape == (48, 64)

    def test_sixteen_bits_a_channel(self) -> None:
        rows = b"".join(b"\0" + bytes(range(48)) for _ in range(8))
        data = png(header(8, 8, bits=16, color=2), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
        assert decode_photo(data).gray.shape == (8, 8)

    def test_a_palette_shorter_than_its_indices(self) -> None:
        rows = b"".join(b"\0" + bytes([255] * 8) for _ in range(8))
        chunks = ((b"PLTE", b"\x10\x20\x30"), (b"tRNS", b"\x80"), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
        assert decode_photo(png(header(8, 8, color=3), *chunks)).gray.shape == (8, 8)


class TestPolyglots:
    JPEG = encoded(picture("L"), "JPEG")

    @pytest.mark.parametrize(
        "tail", [b"PK\x03\x04" + bytes(100), b"<script>alert(1)</script>", b"%PDF-1.7", b"GIF89a"]
    )
    def test_a_jpeg_with_something_behind_is_the_jpeg(self, tail: bytes) -> None:
        assert decode_photo(self.JPEG + tail).gray.shape == (48, 64)

    @pytest.mark.parametrize("head", [b"GIF89a", b"<svg>", b"\x00\x00\x01\x00", b"8BPS"])
    def test_something_with_a_jpeg_behind_is_refused(self, head: bytes) -> None:
        with pytest.raises(UnsupportedFormat):
            decode_photo(head + self.JPEG)

    def test_a_pdf_with_a_jpeg_behind_is_no_jpeg(self) -> None:
        with pytest.raises(BadImage):
            decode_photo(b"%PDF-1.7\n" + self.JPEG)

    @pytest.mark.parametrize("head", [b"PK\x03\x04", b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"\n", b"\xef\xbb\xbf"])
    def test_other_heads_are_no_pictures(self, head: bytes) -> None:
        with pytest.raises(NotAnImage):
            decode_photo(head + self.JPEG)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow remarks on files that are cut off
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF"])
def test_cut_off_anywhere(kind: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (24, 32), np.uint8)
    data = encoded(Image.fromarray(noise), kind)
    for length in range(1, len(data) - 3, max(1, len(data) // 60)):
        try:
            decode_photo(data[:length])
        except BadImage:
            continue
        assert length > len(data) // 2, f"{length} of {len(data)} bytes were taken for a picture"
