"""The generators of training lines: same seed same line, truth that fits the picture."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from models.training.draw.lines import latin_lines, mrz_lines
from models.training.draw.lines.projection import DrawnLine
from models.training.draw.people import latin_text
from models.training.draw.people import mrz_text as line_text
from models.training.draw.type import fonts

Draw = Callable[..., DrawnLine]


@pytest.fixture(scope="module", autouse=True)
def _fonts() -> None:
    if not fonts.is_fetched():
        pytest.skip("no fonts in the cache: run `make fonts` where Debian packages can be had")


@pytest.fixture(params=[mrz_lines.draw_line, latin_lines.draw_line], ids=["mrz", "latin"])
def draw(request: pytest.FixtureRequest) -> Draw:
    found: Draw = request.param
    return found


def test_same_seed_same_line(draw: Draw) -> None:
    one, two = (draw(np.random.default_rng(8)) for _ in range(2))
    assert one.text == two.text
    assert np.array_equal(one.pixels, two.pixels)
    assert np.array_equal(one.centres, two.centres)


@pytest.mark.parametrize("severity", [0.0, 0.3, 1.0])
def test_truth_fits_the_picture(draw: Draw, severity: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        line = draw(rng, severity)
        assert line.pixels.dtype == np.uint8
        assert line.pixels.ndim == 2
        assert len(line.centres) == len(line.text)
        assert all(a < b for a, b in itertools.pairwise(line.centres))
        assert np.all(line.centres > -0.5 * line.text_height)
        assert np.all(line.centres < line.pixels.shape[1] + 0.5 * line.text_height)


@pytest.mark.parametrize(("draw", "margin"), [(mrz_lines.draw_line, 0.2), (latin_lines.draw_line, 0.4)])
def test_clean_lines_keep_the_crop_convention(draw: Draw, margin: float) -> None:
    """Ink of capitals begins ``margin`` heights below the upper edge and ends as far above the lower one."""
    rng = np.random.default_rng(1)
    for _ in range(10):
        line = draw(rng, 0.0, text="HEINEHEINE")
        dark = np.flatnonzero(line.pixels.min(1) < 130)
        assert dark[0] / line.text_height == pytest.approx(margin, abs=0.13)
        assert (len(line.pixels) - 1 - dark[-1]) / line.text_height == pytest.approx(margin, abs=0.13)


def test_centres_lie_on_the_ink() -> None:
    line = mrz_lines.draw_line(np.random.default_rng(2), 0.0, text="IIIIIIII")
    columns = 255 - line.pixels.min(0).astype(int)
    for centre in line.centres:
        assert columns[round(float(centre))] > 120


def test_given_text_and_length_are_drawn() -> None:
    rng = np.random.default_rng(4)
    assert mrz_lines.draw_line(rng, text="P<UTO").text == "P<UTO"
    assert {len(mrz_lines.draw_line(rng, length=9).text) for _ in range(20)} == {9}
    assert latin_lines.draw_line(rng, text="女/F").text == "一/F"


def test_documents_of_every_format_have_lines_of_its_length() -> None:
    rng = np.random.default_rng(5)
    shapes = {tuple(len(line) for line in line_text.document(rng)) for _ in range(300)}
    assert shapes == {(44, 44), (36, 36), (30, 30, 30)}


def test_passport_check_digits_hold() -> None:
    rng = np.random.default_rng(6)
    lines = [
        lines for lines in (line_text.document(rng) for _ in range(50)) if lines[0][0] == "P" and len(lines[0]) == 44
    ]
    for _, second in lines:
        assert line_text.check_digit(second[:9]) == second[9]
        assert line_text.check_digit(second[13:19]) == second[19]
        assert line_text.check_digit(second[:10] + second[13:20] + second[21:43]) == second[43]


def test_some_second_lines_have_no_filler() -> None:
    rng = np.random.default_rng(7)
    seconds = [lines[1] for lines in (line_text.document(rng) for _ in range(400)) if len(lines[0]) == 44]
    assert any("<" not in second for second in seconds)


def test_text_becomes_classes() -> None:
    assert latin_text.classes("新疆/XINJIANG") == "一一/XINJIANG"
    assert latin_text.classes("10月/OCT") == "10一/OCT"
    assert latin_text.classes("Șț N.º 5–6 ’x") == "Şţ N.° 5-6 'x"
    assert latin_text.classes("ḗ Ệ ẹ") == "e Ệ ẹ"
    assert len(set(latin_text.ALPHABET)) == len(latin_text.ALPHABET)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("М. КИЇВ/UKR", "Ж. ЖЖЖЖ/UKR"),
        ("ΑΘΗΝΑ", "ΩΩΩΩΩ"),
        ("서울/SEOUL", "가가/SEOUL"),
        ("とうきょう", "あああああ"),
        ("ไทย THAI", "กกก THAI"),
    ],
    ids=["Cyrillic", "Greek", "Hangul", "Kana", "Thai"],
)
def test_each_script_has_its_class(text: str, wanted: str) -> None:
    assert latin_text.classes(text) == wanted


def test_latin_text_stays_in_the_alphabet() -> None:
    rng = np.random.default_rng(9)
    for _ in range(300):
        assert set(latin_text.classes(latin_text.random_text(rng))) <= set(latin_text.ALPHABET)
