"""The front door: what it takes, and what it says to what it does not take."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import engine
from engine.decode import Limits, decode_photo
from engine.errors import BadImage, EmptyImage, ImageTooLarge, NotAnImage

SPECIMEN = Path(__file__).parents[1] / "images" / "chn_2012_specimen.jpg"
DATA = SPECIMEN.read_bytes()


class Unseekable(io.RawIOBase):
    """A stream such as a pipe or a socket gives."""

    def __init__(self) -> None:
        self._rest = DATA

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        part, self._rest = self._rest[:1000][: len(view)], self._rest[min(1000, len(view)) :]
        view[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("opened", [lambda: io.BytesIO(DATA), lambda: SPECIMEN.open("rb"), Unseekable])
def test_file_objects_are_read(opened: Callable[[], io.BufferedReader]) -> None:
    with opened() as file:
        assert (decode_photo(file).gray == decode_photo(DATA).gray).all()
        assert not file.closed


def test_limits_hold_for_file_objects() -> None:
    with pytest.raises(ImageTooLarge):
        decode_photo(io.BytesIO(DATA), Limits(max_bytes=len(DATA) - 1))
    with pytest.raises(EmptyImage):
        decode_photo(io.BytesIO())


def test_a_file_opened_for_text_is_told_how_to_open_it(tmp_path: Path) -> None:
    with pytest.raises(NotAnImage, match='"rb"'), SPECIMEN.open(encoding="latin-1") as file:
        decode_photo(file)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [3, None, object(), ["a.jpg"]])
def test_other_objects_are_refused_with_what_may_be_passed(source: object) -> None:
    with pytest.raises(NotAnImage, match="pass a path, bytes"):
        engine.recognize(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["https://example.org/p.jpg", "HTTP://x/", "data:image/jpeg;base64,/9j/", "s3://b/k"])
def test_urls_are_refused_with_a_word(url: str) -> None:
    with pytest.raises(NotAnImage, match="URL"):
        engine.recognize(url)


@pytest.mark.parametrize("length", [300, 3000, 30_000, len(DATA)])
def test_base64_in_place_of_a_path_gives_a_short_error(length: int) -> None:
    text = base64.b64encode(DATA[:length]).decode()
    for given in (text, Path(text)):
        with pytest.raises(NotAnImage, match="base64") as raised:
            engine.recognize(given)
        assert len(str(raised.value)) < 200
        assert raised.value.__cause__ is None


def test_a_missing_file_is_still_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        engine.recognize(tmp_path / "missing.jpg")
    with pytest.raises(BadImage):
        engine.recognize("\0")


@pytest.mark.parametrize("items", ["MRZ", "", "viz", None, ["mrz"]])
def test_unknown_items_are_refused_with_the_choices(items: object) -> None:
    with pytest.raises(ValueError, match="all, mrz"):
        engine.recognize(DATA, items=items)  # type: ignore[arg-type]


def test_the_release_has_a_name() -> None:
    from importlib import metadata

    from engine import passport_ocr

    assert engine.__version__ == metadata.version("passport-ocr") == passport_ocr.__version__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = engine.nonsense  # type: ignore[attr-defined]
