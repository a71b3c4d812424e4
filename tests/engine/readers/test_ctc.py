import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import weights
from engine.errors import ModelDamaged, ReaderCrashed
from engine.imaging.network import Network
from engine.readers.ctc import CtcReader, net_input
from engine.readers.ctc_frames import decode_frames
from tests.engine.readers.lines import TEXTS, line_of, load_line


@pytest.fixture(scope="module")
def reader() -> CtcReader:
    return CtcReader("mrz_line_v1")


def frames_of(path: str, alphabet: str = "ABC", sure: float = 0.9) -> np.ndarray:
    """Frames whose most probable classes spell ``path``; ``-`` is blank."""
    rest = (1 - sure) / len(alphabet)
    frames = np.full((len(path), len(alphabet) + 1), rest, np.float32)
    for i, char in enumerate(path):
        frames[i, alphabet.find(char) + 1] = sure
    return frames


def spelled(path: str, *, even_pitch: bool = False) -> str:
    return "".join(s.char for s in decode_frames([frames_of(path)], "ABC", even_pitch=even_pitch)[0])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("", ""),
        ("---", ""),
        ("A", "A"),
        ("-AA-", "A"),
        ("A-A", "AA"),
        ("-AB-", "AB"),
        ("AAB--BC", "ABBC"),
        ("--C", "C"),
    ],
)
def test_repeats_merge_and_blanks_part(path: str, text: str) -> None:
    assert spelled(path) == text


@given(st.text("ABC-", max_size=30))
def test_frames_spell_what_ctc_says(path: str) -> None:
    merged = "".join(c for i, c in enumerate(path) if i == 0 or path[i - 1] != c)
    assert spelled(path) == merged.replace("-", "")


@given(st.lists(st.lists(st.floats(0.001, 1), min_size=4, max_size=4), min_size=1, max_size=20))
def test_probabilities_are_shares(rows: list[list[float]]) -> None:
    frames = np.array(rows, np.float32)
    for seen in decode_frames([frames / frames.sum(1, keepdims=True)], "ABC", even_pitch=False)[0]:
        assert seen.probability + sum(p for _, p in seen.alternatives) <= 1 + 1e-5
        assert 0 <= seen.centre <= len(rows) - 1
        assert seen.char not in [c for c, _ in seen.alternatives]


def test_a_share_rounded_up_is_still_a_probability() -> None:
    frames = np.array([[0.0, 1.0000002, 0.0, 0.0]], np.float32)
    ((seen,),) = decode_frames([frames], "ABC", even_pitch=False)
    assert seen.probability == 1.0


def test_a_frame_between_two_opinions_is_one_character_where_the_pitch_is_even() -> None:
    path = "-A--" * 3 + "-BC-" + "-A--" * 3
    assert spelled(path) == "AAABCAAA"
    assert spelled(path, even_pitch=True) == "AAABAAA"


def test_what_is_divided_among_frames_and_classes_is_seen() -> None:
    divided = np.array([[0.51, 0.39, 0.1, 0.0], [0.85, 0.1, 0.05, 0.0]], np.float32)
    frames = np.concatenate([frames_of("-B-"), divided, frames_of("-B-")])
    assert "".join(s.char for s in decode_frames([frames], "ABC", even_pitch=False)[0]) == "BAB"


def test_doubtful_ends_are_left_out() -> None:
    alphabet = "ABCDEFGH"
    background = np.array([[0.2, *[0.1] * 8]], np.float32)
    frames = np.concatenate([background, frames_of("-AB-A-", alphabet), background])
    assert "".join(s.char for s in decode_frames([frames], alphabet, even_pitch=False)[0]) == "ABA"


def test_the_second_opinion_and_absence_are_listed() -> None:
    frames = np.array([[0.9, 0.05, 0.03, 0.02], [0.2, 0.5, 0.3, 0.0], [0.9, 0.05, 0.05, 0.0]], np.float32)
    ((seen,),) = decode_frames([frames], "ABC", even_pitch=False)
    listed = dict(seen.alternatives)
    assert seen.char == "A"
    assert listed[""] == pytest.approx(0.9 * 0.2 * 0.9, abs=1e-6)
    assert listed["B"] == pytest.approx((1 - 0.162) * 0.38 / 1.0, abs=0.01)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_reads_drawn_lines(reader: CtcReader, name: str) -> None:
    (answer,) = reader.read([load_line(name)])
    assert answer.text == TEXTS[name]


def test_the_net_sees_no_difference_in_brightness_and_little_in_contrast() -> None:
    pixels = load_line(sorted(TEXTS)[0]).pixels.astype(float)
    picture = net_input(pixels.astype(np.uint8), 24)
    darker = net_input((pixels * 0.5).astype(np.uint8), 24)
    assert picture.shape == darker.shape
    assert abs(picture - darker).mean() < 0.1


def test_alphabet_and_version(reader: CtcReader) -> None:
    assert reader.version == "ctc-mrz_line_v1"
    assert sorted(reader.alphabet) == sorted("<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "HOME", tmp_path)
    with pytest.raises(ModelDamaged, match="mrz_line_v1"):
        CtcReader("mrz_line_v1")


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(weights.HOME / "mrz_line_v1", tmp_path / "mrz_line_v1")
    path = tmp_path / "mrz_line_v1" / "model.onnx"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    monkeypatch.setattr(weights, "HOME", tmp_path)
    with pytest.raises(ModelDamaged, match=r"model\.onnx"):
        CtcReader("mrz_line_v1")


def test_a_failing_runtime_is_not_an_empty_text(reader: CtcReader, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="pictures")]

        def run(self, *_: object) -> None:
            raise RuntimeError("out of memory on P<UTOSECRET")

    monkeypatch.setattr(reader, "_network", Network("mrz_line_v1", {}, Failing()))
    with pytest.raises(ReaderCrashed) as caught:
        reader.read([load_line(sorted(TEXTS)[0])])
    assert "SECRET" not in str(caught.value)


def test_config_names_what_the_reader_needs() -> None:
    config = json.loads((weights.HOME / "mrz_line_v1" / "config.json").read_text(encoding="utf-8"))
    assert {"version", "alphabet", "height", "margin", "stride", "even_pitch", "temperature"} <= set(config)


def test_a_long_blank_strip_costs_nothing_and_says_nothing(reader: CtcReader) -> None:
    assert reader.read([line_of(np.full((24, 20000), 200))])[0].chars == ()
