"""Puts figures between their marks: ``<!-- figure zone -->103 of 107<!-- end -->``."""

import re
from collections.abc import Callable, Mapping
from typing import Final

MARK: Final = re.compile(r"(<!-- figure (?P<name>[a-z0-9-]+) -->)(?P<text>.*?)(<!-- end -->)", re.DOTALL)


class UnknownFigure(ValueError):
    """A page asks for a figure that nobody computes; the message names it and those there are."""


def write_figures(page: str, figures: Mapping[str, Callable[[], str]]) -> str:
    """Return ``page`` (Markdown) with what stands between marks replaced; all else stays as it is.

    Raises:
        UnknownFigure: ``figures`` lacks one that the page names.
    """

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in figures:
            raise UnknownFigure(f"there is no figure {name!r}: choose one of {', '.join(sorted(figures))}")
        return f"{match[1]}{figures[name]()}{match[4]}"

    return MARK.sub(written, page)


def named_figures(page: str) -> list[str]:
    """Return the names of the figures in ``page``, in its order."""
    return [match["name"] for match in MARK.finditer(page)]
