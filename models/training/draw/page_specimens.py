"""The pictures that people may try on the service's web page; invented holders, as of every specimen here.

``python -m models.training.draw.page_specimens server/routes/static/page/specimens`` makes them again, byte for byte
with the same library versions.
"""

import argparse
import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from models.training.draw.capture import light, photos
from models.training.draw.capture.picture import Picture, picture_of, resized, turned
from models.training.draw.manifest import write_picture
from models.training.draw.pages.draw import SCALE
from models.training.draw.pages.generic import draw_generic
from models.training.draw.people.identities import invent
from models.training.draw.people.states import STATES
from models.training.draw.specimens import specimen_2012

_ZONE_MM = 24.0
"""Height of the machine readable zone's band, from the lower edge of a page."""


def differing(seed: int = 11) -> Picture:
    """A scan of a page whose machine readable zone states another date of birth than is printed above it."""
    holder = replace(invent(np.random.default_rng(seed), STATES["UTO"]), birth_date=datetime.date(1988, 3, 17))
    other = replace(holder, birth_date=datetime.date(1968, 3, 11))
    page, altered = (draw_generic(np.random.default_rng(seed), SCALE, one, clean=True) for one in (holder, other))
    top = page.pixels.shape[0] - round(_ZONE_MM * SCALE)
    page.pixels[top:] = altered.pixels[top:]
    scan = picture_of(page)
    rng = np.random.default_rng((seed, 1))
    noisy = replace(scan, pixels=light.noise(rng, light.defocus(scan.pixels, 0.6), 1.2), quality=82)
    return resized(noisy, 2 / 3)


def sideways(seed: int = 21) -> Picture:
    """A phone's photo of a page, lying on its side."""
    rng = np.random.default_rng((seed, 90))
    page = draw_generic(rng, SCALE, invent(rng, STATES["UTO"]), clean=True)
    return replace(turned(photos.photograph(rng, page, 1.4, hard=0.3), 3), quality=75)


def specimens() -> Mapping[str, Picture]:
    """File name (without suffix) and picture of each."""
    return {
        "scan": replace(resized(specimen_2012(), 2 / 3), quality=82),
        "photo": sideways(),
        "differing": differing(),
    }


def main() -> None:
    """Write them into a folder."""
    parser = argparse.ArgumentParser(description="Make the web page's specimens again.")
    parser.add_argument("folder", type=Path)
    cv2.setNumThreads(1)
    folder = parser.parse_args().folder
    for name, picture in specimens().items():
        write_picture(picture, folder, name)


if __name__ == "__main__":
    main()
