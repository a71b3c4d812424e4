"""Draw the pictures of README and docs from generated specimens: ``python -m benchmarks.stage_pictures``.

Written are ``specimen.jpg``, which README shows, and one picture a stage for "Stage by stage".
"""

from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from PIL import Image

from benchmarks.figures.stages import STAGES, open_specimen
from engine import recognize

ROOT: Final = Path(__file__).resolve().parents[1]
IMAGES: Final = ROOT / "tests" / "images"
WIDTH: Final = 1400
"""Of the specimen with its items, px."""


def specimen_picture(file: Path) -> Image.Image:
    """What ``passport-ocr read … --annotate`` draws on ``file``, reduced."""
    drawn = Image.fromarray(np.ascontiguousarray(recognize(file).annotate(file)[..., ::-1]))
    return drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.LANCZOS)


def main(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")] = ROOT / "docs" / "pictures",
) -> None:
    """Draw every picture of README and docs anew."""
    (folder / "stages").mkdir(parents=True, exist_ok=True)
    specimen_picture(IMAGES / "chn_2012_specimen.jpg").save(folder / "specimen.jpg", quality=85)
    specimen = open_specimen(IMAGES / "uto_photo_rotated90.jpg")
    for name, draw in STAGES.items():
        draw(specimen).save(folder / "stages" / f"{name}.jpg", quality=80)


if __name__ == "__main__":
    typer.run(main)
