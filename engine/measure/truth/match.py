"""Which picture a row of a table means: by its path, its name, or its name without the suffix."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from engine.measure.truth.columns import nearest


class Pictures:
    """The pictures of a folder, to be found by what a table calls them."""

    def __init__(self, folder: Path, pictures: Sequence[Path]) -> None:
        self._folder = folder
        self._by_stem: dict[str, list[Path]] = defaultdict(list)
        for picture in pictures:
            self._by_stem[picture.stem.lower()].append(picture)

    def name(self, picture: Path) -> str:
        """Return a picture's path in the folder, as reports call it."""
        return picture.relative_to(self._folder).as_posix() if picture.is_relative_to(self._folder) else str(picture)

    def find(self, file: str) -> list[Path]:
        """Return the pictures that ``file`` may mean: one where it is clear, none where its folders are others."""
        wanted = PurePosixPath(file.replace("\\", "/"))
        alike = [*self._by_stem.get(wanted.stem.lower(), ()), *self._by_stem.get(wanted.name.lower(), ())]
        fitting = [picture for picture in dict.fromkeys(alike) if _fits(wanted, PurePosixPath(self.name(picture)))]
        exact = [picture for picture in fitting if wanted.name == picture.name]
        whole = [picture for picture in exact if self.name(picture) in (str(wanted), f"images/{wanted}")]
        outside = self._folder / file
        return whole or exact or fitting or ([outside] if outside.is_file() else [])


def _fits(wanted: PurePosixPath, picture: PurePosixPath) -> bool:
    """Whether the names are alike, with or without suffix, and the folders of one end with those of the other."""
    suffixes = {wanted.suffix.lower(), picture.suffix.lower()}
    named = wanted.name.lower() in (picture.name.lower(), picture.stem.lower())
    folders = [[part for part in path.parts[:-1] if part != "/"] for path in (wanted, picture)]
    shorter, longer = sorted(folders, key=len)
    return (named or len(suffixes) == 1) and longer[len(longer) - len(shorter) :] == shorter


def suggestion(name: str, others: Sequence[str]) -> str:
    """Return advice that names the most similar of ``others``, "" where none is similar."""
    found = nearest(name, list(others))
    return f": did you mean {found}?" if found else ""
