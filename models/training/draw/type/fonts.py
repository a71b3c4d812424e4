"""Fonts for generated training pictures, taken from Debian packages without being root.

``apt`` is run with state and cache folders of our own, the packages are unpacked with ``dpkg-deb -x`` into a
cache folder and nothing is installed. Where apt reads its package sources from is left as the machine has it.
"""

import fcntl
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["ocr_b", "latin_sans", "latin_serif", "latin_mono", "cjk"]

CACHE = Path(__file__).parents[4] / ".cache" / "fonts"

PACKAGES = (
    "fonts-ocr-b", "fonts-liberation2", "fonts-dejavu-core", "fonts-dejavu-extra", "fonts-noto-core",
    "fonts-open-sans", "fonts-roboto-unhinted", "fonts-lato", "fonts-urw-base35", "fonts-freefont-ttf",
    "fonts-courier-prime", "fonts-crosextra-carlito", "fonts-crosextra-caladea", "fonts-cantarell",
    "fonts-inconsolata", "fonts-anonymous-pro", "fonts-sil-gentium-basic", "fonts-jetbrains-mono",
    "fonts-wqy-microhei", "fonts-wqy-zenhei", "fonts-arphic-gbsn00lp", "fonts-arphic-gkai00mp",
)  # fmt: skip
"""About 50 MB to download, 140 MB unpacked."""

FILES: dict[Kind, tuple[str, ...]] = {
    # The standard cut and the one with sharp stroke ends; the others of the package are slanted or outlined.
    "ocr_b": ("OCRB.otf", "OCRBS.otf"),
    "latin_sans": (
        "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf",
        "DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf",
        "OpenSans-Regular.ttf", "OpenSans-Semibold.ttf", "OpenSans-CondBold.ttf", "OpenSans-CondLight.ttf",
        "Roboto-Regular.ttf", "Roboto-Medium.ttf", "Roboto-Bold.ttf", "RobotoCondensed-Regular.ttf",
        "RobotoCondensed-Bold.ttf", "Lato-Regular.ttf", "Lato-Medium.ttf", "Lato-Bold.ttf",
        "NimbusSans-Regular.otf", "NimbusSans-Bold.otf", "NimbusSansNarrow-Regular.otf",
        "NimbusSansNarrow-Bold.otf", "URWGothic-Book.otf", "URWGothic-Demi.otf", "FreeSans.ttf", "FreeSansBold.ttf",
        "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Cantarell-Regular.otf", "Cantarell-Bold.otf",
    ),
    "latin_serif": (
        "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerifCondensed.ttf",
        "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NimbusRoman-Regular.otf", "NimbusRoman-Bold.otf",
        "C059-Roman.otf", "C059-Bold.otf", "P052-Roman.otf", "P052-Bold.otf", "URWBookman-Light.otf",
        "FreeSerif.ttf", "FreeSerifBold.ttf", "Caladea-Regular.ttf", "Caladea-Bold.ttf", "GenBasR.ttf", "GenBasB.ttf",
    ),
    "latin_mono": (
        "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf",
        "NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf", "FreeMono.ttf", "FreeMonoBold.ttf",
        "Courier Prime.otf", "Courier Prime Bold.otf", "Inconsolata.otf", "Anonymous Pro.ttf",
        "Anonymous Pro B.ttf", "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf",
    ),
    "cjk": ("wqy-microhei.ttc", "wqy-zenhei.ttc", "gbsn00lp.ttf", "gkai00mp.ttf"),
}  # fmt: skip


class FontsMissing(Exception):
    """The fonts are not in the cache and could not be fetched."""


def font_paths(kind: Kind) -> list[Path]:
    """Return the font files of one kind, in a fixed order; fetches them on first use.

    Upright cuts only. ``cjk`` fonts hold simplified Chinese; the others all hold A-Z, a-z and 0-9.

    Raises:
        FontsMissing: they are not cached and apt, dpkg-deb or the network is missing.
    """
    found = _unpacked()
    return [found[name] for name in FILES[kind]]


def fetch_fonts(cache: Path = CACHE) -> Path:
    """Fetch and unpack `PACKAGES` into ``cache`` unless they are there; returns the folder of font files.

    Raises:
        FontsMissing: apt, dpkg-deb or the network is missing, or a package is not to be had.
    """
    files = cache / "files"
    if (files / "complete").is_file():
        return files
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache):
        if not (files / "complete").is_file():
            _unpack(_download(cache), files)
    return files


@functools.cache
def _unpacked() -> dict[str, Path]:
    names = {name for group in FILES.values() for name in group}
    found = {p.name: p for p in sorted(fetch_fonts().rglob("*")) if p.name in names}
    if missing := sorted(names - found.keys()):
        raise FontsMissing(f"the font packages lack {', '.join(missing)}: delete {CACHE} and fetch them again")
    return found


@contextmanager
def _locked(cache: Path) -> Iterator[None]:
    """Keep a second process from fetching at the same time."""
    with (cache / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _download(cache: Path) -> list[Path]:
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise FontsMissing(f"{tool} is not installed: fetch the fonts on a Debian system and copy {cache}")
    archives = cache / "archives"
    for folder in (archives, cache / "state/lists/partial", cache / "apt/archives/partial"):
        folder.mkdir(parents=True, exist_ok=True)
    (cache / "state/status").touch()
    # Sources that have nothing to do with Debian may fail to update; what counts is whether the download works.
    _run(["apt-get", *_apt_options(cache), "update"], archives, check=False)
    _run(["apt-get", *_apt_options(cache), "download", *PACKAGES], archives)
    return sorted(archives.glob("*.deb"))


def _apt_options(cache: Path) -> list[str]:
    options = {
        "Dir::State": cache / "state",
        "Dir::State::status": cache / "state/status",
        "Dir::Cache": cache / "apt",
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
    }
    return ["-qq", *(f"-o{key}={value}" for key, value in options.items())]


def _unpack(archives: list[Path], files: Path) -> None:
    for archive in archives:
        _run(["dpkg-deb", "-x", str(archive), str(files)], archive.parent)
    (files / "complete").touch()


def _run(command: list[str], folder: Path, *, check: bool = True) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if check and done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise FontsMissing(f"{command[0]} failed: {reason[0]}")


if __name__ == "__main__":
    print(fetch_fonts())
    for kind in FILES:
        print(f"{kind}: {len(font_paths(kind))} fonts")
