"""The one door to a page: draws one of the layouts."""

from collections.abc import Callable, Mapping

import numpy as np

from engine.values.mrz import MrzFormat
from models.training.draw.pages import cards, chinese, generic
from models.training.draw.pages.grammar.random_page import draw_random
from models.training.draw.pages.records import Page

SCALE = 300 / 25.4
"""Pixels a millimetre at 300 dpi, the usual resolution of a drawn page."""

LAYOUTS: Mapping[str, tuple[float, Callable[[np.random.Generator, float], Page]]] = {
    "chn_1997": (0.18, chinese.draw_1997),
    "chn_2012": (0.27, chinese.draw_2012),
    "hkg": (0.03, chinese.draw_hong_kong),
    "mac": (0.02, chinese.draw_macao),
    "twn": (0.05, chinese.draw_taiwan),
    "generic": (0.40, generic.draw_generic),
    "td1": (0.02, lambda rng, scale: cards.draw_card(rng, scale, MrzFormat.TD1)),
    "td2": (0.01, lambda rng, scale: cards.draw_card(rng, scale, MrzFormat.TD2)),
    "mrv_a": (0.01, lambda rng, scale: cards.draw_card(rng, scale, MrzFormat.MRV_A)),
    "mrv_b": (0.01, lambda rng, scale: cards.draw_card(rng, scale, MrzFormat.MRV_B)),
    "fra_id": (0.0, lambda rng, scale: cards.draw_card(rng, scale, MrzFormat.FRA_ID)),
    "random": (0.0, draw_random),
}
"""Share of a mixed set, and what draws the layout."""


def draw_page(rng: np.random.Generator, layout: str | None = None, px_per_mm: float = SCALE) -> Page:
    """Draw a page of ``layout``, else of one drawn by the shares of `LAYOUTS`.

    Raises:
        KeyError: there is no such layout.
        FontsMissing: the fonts are not to be had.
    """
    if layout is None:
        shares = np.array([share for share, _ in LAYOUTS.values()])
        layout = str(rng.choice(list(LAYOUTS), p=shares / shares.sum()))
    return LAYOUTS[layout][1](rng, px_per_mm)
