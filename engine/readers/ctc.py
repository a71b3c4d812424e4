"""Reads lines with small convolutional networks trained with CTC, which onnxruntime runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import normalised, open_network
from engine.readers.ctc_evidence import CtcEvidence
from engine.readers.ctc_frames import CtcCharacter, decode_frames
from engine.values.pictures import LineImage, Pixels
from engine.values.text import CharReading, LineText

FLAT: Final = 2.0
"""Standard deviation of gray levels under which a picture holds no text."""

NARROW, WIDE = frozenset("Iil1.,:'|!j/()"), frozenset("MWmw@ÆŒ一あ가")
USUAL: Final = 0.36
"""Half the width of most characters, in heights of a capital."""
HALF_WIDTHS: Final = {**dict.fromkeys(NARROW, 0.16), **dict.fromkeys(WIDE, 0.48)}
"""The same of those that are much narrower or wider."""


@dataclass(frozen=True, slots=True)
class NetConfig:
    """What ``config.json`` of a line net says, see ``models/training/line_net/export.py``.

    ``alphabet`` are the characters of classes 1, 2, ... (0 is blank); ``height`` is that of the input, px; ``margin``
    is what it shows above and below a capital, in heights of it; ``stride`` are columns of the input for a frame of
    the output; ``even_pitch`` tells that all characters stand equally far apart; ``temperature`` divides the
    logarithms of probabilities (over 1: less sure).
    """

    version: str
    alphabet: str
    height: int
    margin: float
    stride: int
    even_pitch: bool
    temperature: float

    @property
    def text_height(self) -> float:
        """Height of a capital in the input, px."""
        return self.height / (1 + 2 * self.margin)


class CtcReader:
    """A `LineReader` with one of the networks in ``models``.

    Lines are read one at a time, so an answer depends on its own line only; one thread a read unless told
    otherwise. The answer's alternatives may hold "", meaning that there may be no character at all.
    """

    def __init__(self, model: str, *, threads: int = 1) -> None:
        """Open model ``model``, e.g. ``mrz_line_v1``.

        Raises:
            ReaderMissing: onnxruntime is not installed.
            ModelDamaged: a file of the model is missing or not the one it should be.
        """
        self._network = open_network(model, threads=threads)
        self._config = _net_config(self._network.config)

    @property
    def version(self) -> str:
        """E.g. ``ctc-mrz_line_v1``."""
        return f"ctc-{self._config.version}"

    @property
    def alphabet(self) -> str:
        """Every character an answer can hold."""
        return self._config.alphabet

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line; see `LineReader.read`.

        The crop must have the margins of the net's training: 0.2 text heights for ``mrz_line``, 0.4 capital
        heights above the capitals and below the baseline for ``latin_line``.
        """
        pictures = {
            i: net_input(line.pixels, self._config.height) for i, line in enumerate(lines) if _holds_text(line.pixels)
        }
        frames = [self._frames(picture) for picture in pictures.values()]
        seen = decode_frames(frames, self._config.alphabet, even_pitch=self._config.even_pitch)
        texts = [LineText()] * len(lines)
        for (i, picture), chars, shown in zip(pictures.items(), seen, frames, strict=True):
            scale = lines[i].pixels.shape[1] / picture.shape[1]
            evidence = CtcEvidence(shown, self._config.alphabet, self._config.stride * scale)
            texts[i] = LineText(_characters(chars, self._config, scale), evidence)
        return texts

    def _frames(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run the net; returns probabilities, frames × classes."""
        logs = self._network.run(picture)
        if self._config.temperature == 1.0:
            return np.exp(logs)  # they are logarithms of probabilities already
        powers = np.exp(logs / self._config.temperature)
        return np.asarray(powers / powers.sum(1, keepdims=True), np.float32)


def _holds_text(pixels: Pixels) -> bool:
    """Whether a line image is not flat: of noise alone the network would make characters."""
    return min(pixels.shape) >= 4 and float(cv2.meanStdDev(pixels)[1][0, 0]) >= FLAT


def net_input(pixels: Pixels, height: int) -> NDArray[np.float32]:
    """Return a line picture (h×w uint8) as a net takes it: its height, normalised; height×W float32."""
    return normalised(fit_height(pixels, height))


def fit_height(pixels: Pixels, height: int) -> Pixels:
    """Resize a line picture (h×w uint8) to a net's height, the width in proportion; at least 8 columns."""
    scale = height / pixels.shape[0]
    size = (max(8, round(pixels.shape[1] * scale)), height)
    resized = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return np.asarray(resized, np.uint8)


def _net_config(raw: dict[str, Any]) -> NetConfig:
    return NetConfig(
        version=raw["version"],
        alphabet=raw["alphabet"],
        height=raw["height"],
        margin=raw["margin"],
        stride=raw["stride"],
        even_pitch=raw["even_pitch"],
        temperature=raw["temperature"],
    )


def _characters(seen: Sequence[CtcCharacter], config: NetConfig, scale: float) -> tuple[CharReading, ...]:
    """The characters with their columns in the line image; ``scale`` is its columns for one of the net's input.

    A character is as wide as such characters are, and ends midway to its neighbour where that is nearer.
    """
    centres = [((s.centre + 0.5) * config.stride) * scale - 0.5 for s in seen]
    between = [(a + b) / 2 for a, b in pairwise(centres)]
    chars = []
    for i, s in enumerate(seen):
        half = HALF_WIDTHS.get(s.char, USUAL) * config.text_height * scale
        start = max(centres[i] - half, between[i - 1]) if i else centres[i] - half
        end = min(centres[i] + half, between[i]) if i < len(between) else centres[i] + half
        chars.append(CharReading(s.char, s.probability, s.alternatives, max(0.0, start), end))
    return tuple(chars)
