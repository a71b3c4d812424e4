"""What is trained: for each net its alphabet, shape, line generator and budget."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from numpy.random import Generator

from models.training.draw.lines import latin_lines, mrz_lines
from models.training.draw.lines.projection import DrawnLine
from models.training.draw.people import latin_text
from models.training.draw.people.mrz_text import ALPHABET as MRZ_ALPHABET

Draw = Callable[[Generator, float], DrawnLine]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One net.

    ``height`` is the input height in px, ``strides`` and ``channels`` are those of `net.NetShape`; ``margin`` is
    the room above and below the text rows in text heights; ``widest`` in px bounds the lines trained on;
    ``even_pitch`` is for the reader (see engine/readers/ctc_frames.py); ``ranks`` see `net.NetShape`; ``pages`` are
    drawn for every pack of batches, their lines cut out by the engine; ``rate`` is the highest learning rate;
    ``seed`` says which lines are drawn; ``starts_from`` is the recipe whose net, of full rank, is factorised first.
    """

    name: str
    title: str
    alphabet: str
    height: int
    margin: float
    strides: tuple[int, int, int]
    channels: tuple[int, int, int, int, int]
    draw: Draw
    minutes: float
    widest: int
    even_pitch: bool
    ranks: tuple[int, ...] = ()
    pages: int = 0
    rate: float = 2.5e-3
    seed: int = 20261122
    starts_from: str = ""

    @property
    def text_height(self) -> float:
        """Height of a capital in px of the net's input."""
        return self.height / (1 + 2 * self.margin)


RECIPES = {
    "mrz": Recipe(
        name="mrz_line_v1",
        title="OCR-B lines of machine readable zones",
        alphabet=MRZ_ALPHABET,
        height=24,
        margin=mrz_lines.MARGIN,
        strides=(2, 2, 1),
        channels=(16, 24, 40, 64, 96),
        draw=mrz_lines.draw_line,
        minutes=24,
        widest=1300,
        even_pitch=True,
    ),
    "latin": Recipe(
        name="latin_line_v1",
        title="Latin lines of the visual zone, East Asian characters as one class",
        alphabet=latin_text.ALPHABET,
        height=32,
        margin=latin_lines.MARGIN,
        # Two columns a frame: narrow letters such as "ill" need a frame each and a blank between.
        strides=(2, 1, 1),
        channels=(16, 24, 32, 56, 96),
        draw=latin_lines.draw_line,
        minutes=40,
        widest=900,
        even_pitch=False,
    ),
}

RECIPES["latin_slim"] = replace(
    RECIPES["latin"], name="latin_line_v2", minutes=30, ranks=(10, 22, 22, 34, 46, 48, 48, 48, 40), pages=2,
    rate=5e-4, seed=20261128, starts_from="latin",
)  # fmt: skip
"""The Latin net factorised: less work a line for the same answers, better ones on pages."""

RECIPES["latin_slimmer"] = replace(
    RECIPES["latin_slim"], name="latin_line_v3", minutes=75, ranks=(8, 16, 24, 32, 40, 48, 40, 40, 32), pages=3,
    seed=20261129, starts_from="latin_slim",
)  # fmt: skip
"""Ranks that onnxruntime computes without rearranging: multiples of eight.

(Measured: with ranks of about two thirds of ``latin_slim``, 60 minutes of training lost accents of the specimens.)
"""


def is_shipped(net: str) -> bool:
    """Whether a recipe's net becomes a model; else it is where another begins."""
    return all(recipe.starts_from != net for recipe in RECIPES.values())
