"""The pages for users, and the folder in which their examples run."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPECIMEN = ROOT / "tests" / "images" / "chn_2012_specimen.jpg"
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "SECURITY.md", ROOT / "CONTRIBUTING.md"]
PAGES += [ROOT / "benchmarks" / "README.md", ROOT / "models" / "training" / "README.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
INCLUDED = re.compile(r'^--8<-- "([^":]+)', re.MULTILINE)
"""A line of a page that stands for another file of the project."""


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def make_folder(folder: Path) -> Path:
    """What the examples name: a picture, a folder of pictures, the specimen where a checkout has it, a key."""
    (folder / "tests" / "images").mkdir(parents=True)
    (folder / "pictures").mkdir()
    for place in ("tests/images/chn_2012_specimen.jpg", "passport.jpg", "pictures/one.jpg"):
        shutil.copy(SPECIMEN, folder / place)
    (folder / "secret-key.txt").write_text("0123456789abcdef0123456789abcdef\n", encoding="utf-8")
    return folder
