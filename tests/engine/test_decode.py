import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.decode import EXIF_ORIENTATION, Limits, decode_color, decode_photo
from engine.errors import BadImage, EmptyImage, ImageTooLarge, NotAnImage, UnsupportedFormat
from engine.values.pictures import Box


def marked() -> Image.Image:
    """A 40×20 white picture whose top-left quarter is black."""
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 20, 10))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def corner(gray: np.ndarray) -> str:
    """Which quarter is black."""
    h, w = gray.shape
    rows, columns = {"top": h // 4, "bottom": 3 * h // 4}, {"left": w // 4, "right": 3 * w // 4}
    dark = [f"{r}-{c}" for r, y in rows.items() for c, x in columns.items() if gray[y, x] < 128]
    assert len(dark) == 1
    return dark[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF"])
def test_every_accepted_format(kind: str) -> None:
    gray = decode_photo(encoded(marked(), kind)).gray
    assert gray.shape == (20, 40)
    assert gray.dtype == np.uint8
    assert corner(gray) == "top-left"


def test_path_bytes_array_and_pil_agree(tmp_path: Path) -> None:
    data = encoded(marked(), "PNG")
    file = tmp_path / "a picture.png"
    file.write_bytes(data)
    expected = decode_photo(data).gray
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    for source in (file, str(file), bytearray(data), memoryview(data), marked(), bgr, bgr[..., 0]):
        assert np.array_equal(decode_photo(source).gray, expected)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_orientation_always_applies(orientation: int, kind: str) -> None:
    turned = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]  # the inverse transposition
    stored = marked() if turned is None else marked().transpose(Image.Transpose(turned))
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    data = encoded(stored, kind, exif=exif)
    assert corner(decode_photo(data).gray) == "top-left"
    assert corner(decode_color(data)[..., 0]) == "top-left"
    with Image.open(io.BytesIO(data)) as image:
        assert corner(decode_photo(image).gray) == "top-left"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_pixel_mode(mode: str) -> None:
    if mode in {"I;16", "I", "F"}:
        values = np.asarray(marked().convert("L")).astype(np.uint16) * 257
        image = Image.fromarray(values if mode == "I;16" else values.astype(np.int32 if mode == "I" else np.float32))
    else:
        image = marked().convert(mode)
    kind = "TIFF" if mode in {"CMYK", "F", "I"} else "PNG"
    assert corner(decode_photo(encoded(image, kind)).gray) == "top-left"


def test_transparency_shows_white_paper() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert decode_photo(encoded(clear, "PNG")).gray.min() == 255
    assert decode_photo(np.zeros((8, 8, 4), np.uint8)).gray.min() == 255


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyImage),
        (b"GIF89a" + bytes(20), UnsupportedFormat),
        (b"  <svg xmlns='x'/>", UnsupportedFormat),
        (bytes(4) + b"ftypmp42" + bytes(20), UnsupportedFormat),
        (b"hello", NotAnImage),
        (encoded(marked().resize((400, 200)), "JPEG")[:700], NotAnImage),
        (encoded(marked().resize((400, 200)), "PNG")[:200], NotAnImage),
    ],
)
def test_bad_bytes_name_their_fault(data: bytes, error: type[BadImage]) -> None:
    with pytest.raises(error):
        decode_photo(data)


def test_animation_is_refused() -> None:
    frames = [marked(), marked().rotate(180)]
    with pytest.raises(UnsupportedFormat):
        decode_photo(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:]))


def test_limits_come_before_decoding() -> None:
    data = encoded(marked(), "PNG")
    with pytest.raises(ImageTooLarge):
        decode_photo(data, Limits(max_bytes=len(data) - 1))
    with pytest.raises(ImageTooLarge):
        decode_photo(data, Limits(max_pixels=799))
    with pytest.raises(ImageTooLarge):
        decode_photo(marked(), Limits(max_pixels=799))
    assert decode_photo(data, Limits(max_bytes=len(data), max_pixels=800)).width == 40


def test_a_bomb_is_too_large() -> None:
    with pytest.raises(ImageTooLarge):
        decode_photo(encoded(Image.new("1", (16000, 16000)), "PNG"))


@pytest.mark.parametrize(
    "array", [np.zeros((2, 2, 2), np.uint8), np.zeros((4, 4), np.float32), np.zeros(4, np.uint8)]
)
def test_other_arrays_are_refused(array: np.ndarray) -> None:
    with pytest.raises(NotAnImage, match="pass H×W"):
        decode_photo(array)


def test_array_without_pixels_is_empty() -> None:
    with pytest.raises(EmptyImage):
        decode_photo(np.zeros((0, 5), np.uint8))


def test_a_callers_image_is_left_as_it_was() -> None:
    with Image.open(io.BytesIO(encoded(marked(), "JPEG"))) as image:
        decode_photo(image)
        assert image.mode == "RGB"


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_raise_bad_image(data: bytes) -> None:
    with pytest.raises(BadImage):
        decode_photo(data)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow remarks on broken metadata
@given(st.data())
def test_damaged_pictures_decode_or_raise_bad_image(data: st.DataObject) -> None:
    raw = bytearray(encoded(marked(), data.draw(st.sampled_from(["JPEG", "PNG", "BMP", "WEBP", "TIFF"]))))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        photo = decode_photo(bytes(raw), Limits(max_pixels=1_000_000))
    except BadImage:
        return
    assert photo.gray.ndim == 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_in_colour_is_that_part_of_the_whole(orientation: int) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (20, 40, 3), np.uint8)
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    part = Box(3, 5, 9, 7)
    for source in (encoded(Image.fromarray(noise), "PNG", exif=exif), Image.fromarray(noise), noise):
        whole = decode_color(source)
        assert np.array_equal(decode_color(source, part=part), whole[5:12, 3:12])
