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

Kind: TypeAlias = Literal[
    "ocr_b", "latin_sans", "latin_serif", "latin_mono", "cjk",
    "latin_light", "latin_condensed", "latin_engraved", "latin_typewriter", "latin_pixels", "latin_other",
    "latin_italic",
    "full", "han", "arabic", "hebrew", "georgian", "armenian", "thai", "devanagari", "hangul", "kana", "other",
]  # fmt: skip

CACHE = Path(__file__).parents[4] / ".cache" / "fonts"

PACKAGES = (
    "fonts-ocr-b", "fonts-liberation2", "fonts-dejavu-core", "fonts-dejavu-extra", "fonts-noto-core",
    "fonts-open-sans", "fonts-roboto-unhinted", "fonts-lato", "fonts-urw-base35", "fonts-freefont-ttf",
    "fonts-courier-prime", "fonts-crosextra-carlito", "fonts-crosextra-caladea", "fonts-cantarell",
    "fonts-inconsolata", "fonts-anonymous-pro", "fonts-sil-gentium-basic", "fonts-jetbrains-mono",
    "fonts-wqy-microhei", "fonts-wqy-zenhei", "fonts-arphic-gbsn00lp", "fonts-arphic-gkai00mp",
    "fonts-opendin", "fonts-routed-gothic", "fonts-national-park", "fonts-osifont", "fonts-gnutypewriter",
    "fonts-ocr-a",
    "fonts-3270", "fonts-b612", "fonts-adf-universalis", "fonts-adf-gillius", "fonts-adf-switzera",
    "fonts-adf-verana",
    "fonts-bebas-neue", "fonts-clear-sans", "fonts-dosis", "fonts-jura", "fonts-linuxlibertine", "fonts-paratype",
    "fonts-play", "fonts-quattrocento", "fonts-roboto-slab", "fonts-sil-andika", "fonts-sil-charis", "fonts-cmu",
    "fonts-go", "fonts-yanone-kaffeesatz", "fonts-oldstandard", "fonts-firacode", "fonts-pc", "fonts-karla",
    "fonts-tiresias", "fonts-inter", "fonts-hack", "fonts-bpg-georgian", "fonts-kacst", "fonts-hosny-amiri",
    "fonts-tlwg-garuda-ttf", "fonts-tlwg-kinnari-ttf", "fonts-tlwg-loma-ttf", "fonts-tlwg-typewriter-ttf",
    "fonts-lohit-deva", "fonts-baekmuk", "fonts-ipafont-gothic", "fonts-ipafont-mincho",
    "fonts-noto-cjk", "fonts-arphic-uming", "texlive-lang-chinese", "fonts-babelstone-han", "fonts-hanazono",
    "fonts-lxgw-wenkai",
)  # fmt: skip
"""About 300 MB to download, 690 MB unpacked; all free, under licences that their packages name."""

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
    "latin_light": (
        "Roboto-Light.ttf", "RobotoCondensed-Light.ttf", "Lato-Light.ttf", "OpenSans-Light.ttf",
        "OpenSans-CondLight.ttf",
        "Cantarell-Light.otf", "Inter-Light.otf", "Inter-ExtraLight.otf", "ClearSans-Light.ttf", "Jura-Light.otf",
        "SwitzeraADF-Light.otf", "SwitzeraADF-LightCond.otf", "DejaVuSans-ExtraLight.ttf", "JetBrainsMono-Light.ttf",
        "FiraCode-Light.ttf", "RobotoSlab-Light.otf", "Dosis-Light.otf", "Karla-Light.otf", "BebasNeue-Light.otf",
        "YanoneKaffeesatz-Light.otf",
    ),
    "latin_condensed": (
        "UniversalisADFStd-Cond.otf", "UniversalisADFStd-BoldCond.otf", "GilliusADF-Cond.otf",
        "GilliusADF-BoldCond.otf",
        "SwitzeraADF-Cond.otf", "SwitzeraADF-BoldCond.otf", "SwitzeraADF-DmBdCond.otf", "PTN57F.ttf", "PTN77F.ttf",
        "YanoneKaffeesatz-Regular.otf", "YanoneKaffeesatz-Bold.otf", "BebasNeue-Regular.otf", "BebasNeue-Bold.otf",
        "RobotoCondensed-Medium.ttf", "3270Condensed-Regular.ttf", "Dosis-Medium.otf", "OCRACondensed.ttf",
        "routed-gothic-narrow.ttf", "DejaVuSerifCondensed-Bold.ttf",
    ),
    "latin_engraved": (
        "routed-gothic.ttf", "routed-gothic-wide.ttf", "routed-gothic-narrow.ttf", "NationalPark-Regular.otf",
        "NationalPark-Thin.otf", "osifont.ttf", "OSP-DIN.ttf", "Jura-Regular.otf", "Jura-Medium.otf",
        "Play-Regular.otf",
        "Play-Bold.otf",
    ),
    "latin_typewriter": (
        "GNUTypewriter.ttf", "Courier Prime.otf", "cmuntt.ttf", "cmuntb.ttf", "TlwgTypewriter.ttf",
        "TlwgTypewriter-Bold.ttf",
        "Go-Mono.ttf", "Go-Mono-Bold.ttf", "PTM55F.ttf", "PTM75F.ttf", "LinLibertine_M.otf",
        "NimbusMonoPS-Regular.otf",
        "FreeMono.ttf", "Hack-Regular.ttf", "B612Mono-Regular.otf", "FiraCode-Regular.ttf", "Courier Prime Sans.otf",
        "OCRA.ttf", "Courier Prime Code.otf",
    ),
    "latin_pixels": (
        "Px_AmstradPC1512-2y.ttf", "Px_IBM_CGA.ttf", "Px_IBM_MDA.ttf", "Px_IBM_VGA8.ttf", "Px_IBM_VGA9.ttf",
        "Px_VGA_SquarePx.ttf", "3270-Regular.ttf", "3270SemiCondensed-Regular.ttf",
    ),
    "latin_italic": (
        "LiberationSans-Italic.ttf", "LiberationSerif-Italic.ttf", "DejaVuSans-Oblique.ttf", "NotoSans-Italic.ttf",
        "NotoSerif-Italic.ttf", "OpenSans-Italic.ttf", "OpenSans-CondLightItalic.ttf", "Roboto-Italic.ttf",
        "RobotoCondensed-Italic.ttf", "Lato-Italic.ttf", "FreeSansOblique.ttf", "Carlito-Italic.ttf",
        "Caladea-Italic.ttf",
        "NimbusSans-Italic.otf", "NimbusRoman-Italic.otf", "NimbusSansNarrow-Oblique.otf",
    ),
    "latin_other": (
        "GilliusADF-Regular.otf", "GilliusADF-Bold.otf", "GilliusADFNo2-Regular.otf", "SwitzeraADF-Regular.otf",
        "SwitzeraADF-Bold.otf", "SwitzeraADF-Ext.otf", "SwitzeraADF-BoldExt.otf", "SwitzeraADF-Medium.otf",
        "UniversalisADFStd-Regular.otf", "UniversalisADFStd-Bold.otf", "VeranaSans-Regular.otf",
        "VeranaSans-Bold.otf",
        "B612-Regular.otf", "B612-Bold.otf", "ClearSans-Regular.ttf", "ClearSans-Bold.ttf", "ClearSans-Medium.ttf",
        "Dosis-Bold.otf", "LinLibertine_R.otf", "LinLibertine_RB.otf", "LinBiolinum_R.otf", "LinBiolinum_RB.otf",
        "PTS55F.ttf", "PTS75F.ttf", "PTF55F.ttf", "PTF75F.ttf", "PTC55F.ttf", "Quattrocento-Regular.otf",
        "RobotoSlab-Regular.otf", "RobotoSlab-Bold.otf", "Andika-Regular.ttf", "Andika-Bold.ttf",
        "CharisSIL-Regular.ttf",
        "CharisSIL-Bold.ttf", "cmunrm.ttf", "cmunss.ttf", "cmunsx.ttf", "cmunbx.ttf", "Go-Regular.ttf",
        "Go-Medium.ttf",
        "Go-Bold.ttf", "OldStandard-Regular.ttf", "OldStandard-Bold.ttf", "Karla-Regular.otf", "Karla-Bold.otf",
        "tiresias_infofont.ttf", "tiresias_infofont_bold.ttf", "tiresias_signfont.ttf", "tiresias_lpfont.ttf",
        "Inter-Regular.otf", "Inter-Medium.otf", "Inter-Bold.otf", "InterDisplay-Medium.otf", "Hack-Bold.ttf",
        "Lato-Heavy.ttf", "Lato-Semibold.ttf", "OpenSans-ExtraBold.ttf", "Roboto-Black.ttf",
        "NotoSansDisplay-Regular.ttf",
        "NotoSerifDisplay-Regular.ttf", "Cantarell-ExtraBold.otf",
    ),
    # Latin with stacked marks, Cyrillic and Greek in one face.
    "full": (
        "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationMono-Regular.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansCondensed.ttf",
        "DejaVuSansCondensed-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "NotoSans-Regular.ttf",
        "NotoSans-Bold.ttf",
        "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "Roboto-Regular.ttf", "Roboto-Medium.ttf", "Roboto-Bold.ttf",
        "RobotoCondensed-Regular.ttf", "RobotoCondensed-Bold.ttf", "RobotoCondensed-Light.ttf", "Lato-Regular.ttf",
        "Lato-Medium.ttf", "Lato-Bold.ttf", "FreeSans.ttf", "FreeSansBold.ttf", "FreeSerif.ttf", "FreeSerifBold.ttf",
        "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Cantarell-Regular.otf", "Cantarell-Bold.otf", "Inter-Regular.otf",
        "Inter-Bold.otf", "Inter-Light.otf", "LinLibertine_R.otf", "LinBiolinum_R.otf", "JetBrainsMono-Regular.ttf",
        "JetBrainsMono-Bold.ttf", "Jura-Medium.otf", "osifont.ttf", "RobotoSlab-Regular.otf", "DejaVuSansMono.ttf",
    ),
    "arabic": (
        "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansCondensed.ttf", "DejaVuSansMono.ttf", "FreeSerif.ttf",
        "FreeMono.ttf", "Amiri-Regular.ttf", "Amiri-Bold.ttf", "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "KacstBook.ttf", "KacstOffice.ttf", "KacstNaskh.ttf",
        "KacstTitle.ttf", "KacstLetter.ttf", "KacstFarsi.ttf", "KacstDigital.ttf",
    ),
    "hebrew": (
        "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSerif-Regular.ttf", "DejaVuSans.ttf",
        "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf", "NotoSerifHebrew-Regular.ttf", "FreeSerif.ttf",
        "FreeMono.ttf",
    ),
    "georgian": (
        "NotoSansGeorgian-Regular.ttf", "NotoSansGeorgian-Bold.ttf", "NotoSerifGeorgian-Regular.ttf",
        "DejaVuSans.ttf",
        "DejaVuSerif.ttf", "FreeSerif.ttf", "BPG_Glaho_GPL&GNU.ttf", "BPG_Nino_Medium_GPL&GNU.ttf",
        "BPG_Mrgvlovani_Caps_GNU&GPL.ttf", "BPG_Courier_GPL&GNU.ttf", "BPG_Nateli_Caps_GPL&GNU.ttf",
    ),
    "armenian": (
        "NotoSansArmenian-Regular.ttf", "NotoSansArmenian-Bold.ttf", "NotoSerifArmenian-Regular.ttf",
        "DejaVuSans.ttf",
        "DejaVuSerif.ttf", "FreeSans.ttf", "FreeSerif.ttf", "FreeMono.ttf",
    ),
    "thai": (
        "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf", "NotoSerifThai-Regular.ttf",
        "NotoLoopedThai-Regular.ttf",
        "Garuda.ttf", "Garuda-Bold.ttf", "Kinnari.ttf", "Loma.ttf", "TlwgTypewriter.ttf", "FreeSerif.ttf",
    ),
    "devanagari": (
        "NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf", "NotoSerifDevanagari-Regular.ttf",
        "Lohit-Devanagari.ttf", "FreeSans.ttf", "FreeSerif.ttf",
    ),
    "hangul": ("dotum.ttf", "hline.ttf", "wqy-microhei.ttc"),
    "kana": ("ipag.ttf", "ipam.ttf", "wqy-microhei.ttc", "gbsn00lp.ttf", "gkai00mp.ttf"),
    # One face for each script of models/training/draw/people/scripts.py that shares the class "other".
    "other": (
        "NotoSansBengali-Regular.ttf", "NotoSansGurmukhi-Regular.ttf", "NotoSansGujarati-Regular.ttf",
        "NotoSansTamil-Regular.ttf", "NotoSansTelugu-Regular.ttf", "NotoSansKannada-Regular.ttf",
        "NotoSansMalayalam-Regular.ttf", "NotoSansSinhala-Regular.ttf", "NotoSansLao-Regular.ttf",
        "NotoSerifTibetan-Regular.ttf", "NotoSansMyanmar-Regular.ttf", "NotoSansEthiopic-Regular.ttf",
        "NotoSansKhmer-Regular.ttf", "NotoSansThaana-Regular.ttf", "NotoSansTifinagh-Regular.ttf",
    ),
    "cjk": ("wqy-microhei.ttc", "wqy-zenhei.ttc", "gbsn00lp.ttf", "gkai00mp.ttf"),
    # Faces that hold (nearly) all of the mainland's standard characters.
    "han": (
        "wqy-microhei.ttc", "gbsn00lp.ttf", "gkai00mp.ttf", "uming.ttc", "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "FandolHei-Regular.otf",
        "FandolHei-Bold.otf", "FandolFang-Regular.otf", "FandolKai-Regular.otf", "wqy-zenhei.ttc",
        "FandolSong-Regular.otf", "BabelStoneHan.ttf", "HanaMinA.ttf", "LXGWWenKai-Regular.ttf",
    ),
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

    A cache filled when the list was another one is filled anew.

    Raises:
        FontsMissing: apt, dpkg-deb or the network is missing, or a package is not to be had.
    """
    files = cache / "files"
    if is_fetched(cache):
        return files
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache):
        if not is_fetched(cache):
            _unpack(_download(cache), files)
    return files


def is_fetched(cache: Path = CACHE) -> bool:
    """Whether every package of `PACKAGES` has been unpacked into ``cache``."""
    complete = cache / "files" / "complete"
    return complete.is_file() and set(PACKAGES) <= set(complete.read_text(encoding="utf-8").split())


@functools.cache
def _unpacked() -> dict[str, Path]:
    names = {name for group in FILES.values() for name in group}
    found = {p.name: p for p in sorted(fetch_fonts().rglob("*")) if p.name in names and not p.is_symlink()}
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
    (files / "complete").write_text("\n".join(PACKAGES) + "\n", encoding="utf-8")


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
