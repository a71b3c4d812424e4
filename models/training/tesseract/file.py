"""Writes a ``.traineddata`` file that libtesseract 4 and 5 load, from plain weight matrices.

Tesseract's own trainer needs hours for what a batch optimiser does in minutes, so the network is trained
elsewhere and only stored in Tesseract's format here. All numbers in the file are little endian.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
FIRST_CODE = 3
"""Codes 0, 1 and 2 are Tesseract's space, "joined" and "broken"; the last is also the CTC blank."""

BLANK = 2
CODES = FIRST_CODE + len(ALPHABET)

_COMPONENTS = 24
_LSTM, _UNICHARSET, _RECODER, _VERSION = 17, 21, 22, 23
_INT8, _DOUBLE = 1, 128
_INTEGER_MODE, _COMPRESSED_UNICHARSET = 1, 64
_NOT_TRAINING = 2
_CLIPPED = "LinLogistic"
"""Tesseract's file name of a rectifier that saturates at 1."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network in Tesseract's terms: a kind, input and output depth, and what it holds.

    ``weights`` are matrices of outputs × (inputs + 1), the bias in the last column. ``parts`` are the layers
    inside a series, ``numbers`` the raw whole numbers that some kinds store.
    """

    kind: str
    name: str
    inputs: int
    outputs: int
    weights: tuple[Matrix, ...] = ()
    parts: tuple["Layer", ...] = ()
    numbers: tuple[int, ...] = ()


def series(name: str, *parts: Layer) -> Layer:
    """Layers one after the other."""
    return Layer("Series", name, parts[0].inputs, parts[-1].outputs, parts=parts)


def gray_input(height: int) -> Layer:
    """A gray line picture of ``height`` rows."""
    return Layer("Input", "Input", height, 1, numbers=(1, height, 0, 1, 0))


def convolution(weights: Matrix, inputs: int, *, size: tuple[int, int] = (3, 3)) -> Layer:
    """A window of ``size`` (columns, rows), both odd, and a rectifier that saturates at 1.

    ``weights`` columns run over x, then y, then input depth, then the bias. Outside the picture there is noise.
    """
    columns, rows = size
    stacked = columns * rows * inputs
    window = Layer("Convolve", "Convolve", inputs, stacked, numbers=(columns // 2, rows // 2))
    return series("ConvSeries", window, Layer(_CLIPPED, "ConvNL", stacked, len(weights), (weights,)))


def stack_rows(depth: int, rows: int) -> Layer:
    """Lay ``rows`` rows behind each other, top first: one row of ``rows`` times the depth."""
    return Layer("Reconfig", "Reconfig", depth, depth * rows, numbers=(1, rows))


def max_pool(depth: int, size: int) -> Layer:
    """The largest value of each ``size`` × ``size`` square."""
    return Layer("Maxpool", "Maxpool", depth, depth, numbers=(size, size))


def softmax(weights: Matrix, inputs: int) -> Layer:
    """Probability of every code at each step."""
    return Layer("Softmax", "Output", inputs, len(weights), (weights,))


def traineddata(network: Layer, spec: str, *, integer: bool) -> bytes:
    """Return the whole file: network, character set, code table and version.

    Args:
        network: The layers, as made by `series`.
        spec: The same in Tesseract's network language, kept in the file for people.
        integer: Store weights as 8-bit numbers with one scale a row; Tesseract then computes with integers.
    """
    flags = _COMPRESSED_UNICHARSET | (_INTEGER_MODE if integer else 0)
    # Then: iterations, samples, blank, Adam's beta, learning rate, momentum; of use to Tesseract's trainer only.
    state = struct.pack("<4i3f", flags, 0, 0, BLANK, 0.999, 0.001, 0.5)
    return _pack(
        {
            _LSTM: _layer(network, integer) + _string(spec) + state,
            _UNICHARSET: _unicharset().encode(),
            _RECODER: _recoder(),
            _VERSION: b"5.3.0",
        }
    )


def quantised(weights: Matrix) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Return 8-bit weights and the scale of each row that gives them back."""
    scales = np.abs(weights).max(axis=1) / 127
    steps = np.where(scales == 0, 1.0, scales)
    return np.rint(weights / steps[:, None]).astype(np.int8), scales


def _layer(layer: Layer, integer: bool) -> bytes:
    count = _weight_count(layer)
    data = b"\0" + _string(layer.kind) + struct.pack("<2bi", _NOT_TRAINING, 0, 0)
    data += struct.pack("<3i", layer.inputs, layer.outputs, count) + _string(layer.name)
    if layer.parts:
        data += struct.pack("<I", len(layer.parts))
    data += struct.pack(f"<{len(layer.numbers)}i", *layer.numbers)
    data += b"".join(_matrix(weights, integer) for weights in layer.weights)
    return data + b"".join(_layer(part, integer) for part in layer.parts)


def _weight_count(layer: Layer) -> int:
    return sum(w.size for w in layer.weights) + sum(_weight_count(part) for part in layer.parts)


def _matrix(weights: Matrix, integer: bool) -> bytes:
    shape = struct.pack("<2I", *weights.shape)
    if not integer:
        return bytes([_DOUBLE]) + shape + struct.pack("<d", 0.0) + weights.astype("<f8").tobytes()
    values, scales = quantised(weights)
    data = bytes([_INT8 | _DOUBLE]) + shape + b"\0" + values.tobytes()
    return data + struct.pack("<I", len(scales)) + scales.astype("<f8").tobytes()


def _string(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode()


def _unicharset() -> str:
    """One line a code: properties, boxes, script, other case, direction, mirrored code, normal form."""
    box = "0,255,0,255,0,0,0,0,0,0"
    rows = [
        f"{CODES}",
        "NULL 0 Common 0",
        f"Joined 7 {box} Latin 1 0 1 Joined",
        f"|Broken|0|1 15 {box} Common 2 10 2 |Broken|0|1",
    ]
    for code, char in enumerate(ALPHABET, FIRST_CODE):
        if char.isalpha():
            rows.append(f"{char} 5 {box} Latin {code} 0 {code} {char}")
        elif char.isdigit():
            rows.append(f"{char} 8 {box} Common {code} 2 {code} {char}")
        else:
            rows.append(f"{char} 0 {box} Common {code} 10 {code} {char}")
    return "\n".join(rows) + "\n"


def _recoder() -> bytes:
    """Every character is its own code."""
    rows = [struct.pack("<bIi", 1, 1, code) for code in range(CODES)]
    return struct.pack("<I", CODES) + b"".join(rows)


def _pack(components: Mapping[int, bytes]) -> bytes:
    offset = 4 + 8 * _COMPONENTS
    offsets = [-1] * _COMPONENTS
    for number in sorted(components):
        offsets[number] = offset
        offset += len(components[number])
    head = struct.pack(f"<I{_COMPONENTS}q", _COMPONENTS, *offsets)
    return head + b"".join(components[number] for number in sorted(components))
