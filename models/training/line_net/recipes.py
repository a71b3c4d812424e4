"""What is trained: for each line net its alphabet, shape and line generator. Recipes are named after their models."""

import math
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

    ``name`` is that of the folder of ``models`` that is written, of the checkpoints' folder and of the row of
    ``models/training/steps.toml`` that says for how many steps it is trained; ``title`` is for its card.
    ``height`` is the input height in px, ``strides``, ``channels`` and ``ranks`` are those of `net.NetShape`;
    ``margin`` is the room above and below the text rows in text heights; ``widest`` in px bounds the lines trained
    on; ``even_pitch`` is for the reader (see engine/readers/ctc_frames.py). ``pages`` are drawn for every pack of
    batches, their lines cut out by the engine; ``batch`` is lines a step, ``replay`` the share of batches that are
    shown again, ``rate`` the highest learning rate; ``seed`` says which lines are drawn. ``random_pages`` is the
    share of the pages that have a random layout, found on the web mostly. ``read_before_by`` is the model whose sure
    readings this net never sees in use: few such lines are drawn. ``starts_from`` is the recipe that must be trained
    first: the net begins with its weights, brought to lower ranks where this one's are. ``layers`` are those of
    `reader_net.ReaderNet`, none makes an ordinary `net.LineNet`. With ``eight_bits`` the large weights of its model
    are stored in eight bits.
    """

    name: str
    title: str
    alphabet: str
    height: int
    margin: float
    strides: tuple[int, int, int]
    channels: tuple[int, int, int, int, int]
    draw: Draw
    widest: int
    even_pitch: bool
    ranks: tuple[int, ...] = ()
    pages: int = 0
    batch: int = 32
    replay: float = 1 / 3
    rate: float = 2.5e-3
    seed: int = 20261122
    starts_from: str = ""
    layers: int = 0
    eight_bits: bool = False
    random_pages: float = 0.0
    read_before_by: str = ""

    @property
    def text_height(self) -> float:
        """Height of a capital in px of the net's input."""
        return self.height / (1 + 2 * self.margin)

    @property
    def goes_on(self) -> bool:
        """Whether the net is of the same shape as the one it begins with, so that nothing has to be mended."""
        return bool(self.starts_from) and RECIPES[self.starts_from].ranks == self.ranks

    @property
    def stride(self) -> int:
        """Columns of the net's input for each frame of its output."""
        return math.prod(self.strides)


_MRZ = Recipe(
    name="mrz_line_v1",
    title="OCR-B lines of machine readable zones",
    alphabet=MRZ_ALPHABET,
    height=24,
    margin=mrz_lines.MARGIN,
    strides=(2, 2, 1),
    channels=(16, 24, 40, 64, 96),
    draw=mrz_lines.draw_line,
    widest=1300,
    even_pitch=True,
)

_LATIN_1 = Recipe(
    name="latin_line_v3_stage1",
    title="Latin lines of the visual zone, East Asian characters as one class",
    alphabet=latin_text.PLAIN_ALPHABET,
    height=32,
    margin=latin_lines.MARGIN,
    # Two columns a frame: narrow letters such as "ill" need a frame each and a blank between.
    strides=(2, 1, 1),
    channels=(16, 24, 32, 56, 96),
    draw=latin_lines.draw_line,
    widest=900,
    even_pitch=False,
)
"""Of full rank: where the shipped net begins."""

_LATIN_2 = replace(
    _LATIN_1, name="latin_line_v3_stage2", ranks=(10, 22, 22, 34, 46, 48, 48, 48, 40), pages=2, rate=5e-4,
    seed=20261128, starts_from="latin_line_v3_stage1",
)  # fmt: skip
"""Its layers factorised: less work for the same answers. From here on some lines are cut out of drawn pages."""

_LATIN_3 = replace(
    _LATIN_2, name="latin_line_v3", ranks=(8, 16, 24, 32, 40, 48, 40, 40, 32), pages=3, seed=20261129,
    starts_from="latin_line_v3_stage2",
)  # fmt: skip
"""Lower ranks, all multiples of eight, which onnxruntime computes without rearranging."""

_LARGE = replace(
    _LATIN_1,
    name="latin_large_v1",
    title="Doubtful Latin lines of the visual zone, letters of other scripts as one class each",
    alphabet=latin_text.ALPHABET,
    channels=(32, 56, 88, 144, 256),
    pages=14,
    batch=192,
    replay=0.5,
    rate=2.2e-3,
    layers=3,
    eight_bits=True,
)

_LARGE_2 = replace(
    _LARGE, name="latin_large_v2", pages=18, random_pages=0.8, read_before_by="latin_line_v3", batch=48, replay=0.3,
    rate=4e-4, seed=20261203, starts_from="latin_large_v1",
)  # fmt: skip
"""It goes on with what it is for: lines that the small reader doubts, half of them cut out of pages of no state."""

RECIPES = {recipe.name: recipe for recipe in (_MRZ, _LATIN_1, _LATIN_2, _LATIN_3, _LARGE, _LARGE_2)}
"""In the order in which they are trained."""


def is_shipped(recipe: Recipe) -> bool:
    """Whether a recipe's net becomes a model; else it is where another begins."""
    return all(other.starts_from != recipe.name for other in RECIPES.values())
