"""Debian's Tesseract for the systems that call it: the installed program, or one fetched without root."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PACKAGE: Final = "tesseract-ocr"
_WRAPPER: Final = """#!/bin/sh
here={root}
LD_LIBRARY_PATH="$(dirname "$(find "$here/usr/lib" -name 'libtesseract.so*' | head -1)"):$LD_LIBRARY_PATH"
TESSDATA_PREFIX="$(dirname "$(find "$here/usr/share" -name eng.traineddata | head -1)")"
export LD_LIBRARY_PATH TESSDATA_PREFIX
exec "$here/usr/bin/tesseract" "$@"
"""


class TesseractMissing(Exception):
    """There is no Tesseract and none can be fetched; the message says what to do."""


def find_tesseract(cache: Path) -> Path | None:
    """Return the folder of the installed program or of the one in ``cache``; None where there is neither."""
    program = shutil.which("tesseract", path=f"{os.environ.get('PATH', '')}{os.pathsep}{cache / 'bin'}")
    return Path(program).parent if program else None


def fetch_tesseract(cache: Path) -> Path:
    """Return the folder of Tesseract; fetches Debian's packages into ``cache`` where it is not installed.

    Raises:
        TesseractMissing: apt or the network is missing, or what was fetched does not run.
    """
    found = find_tesseract(cache)
    if found:
        return found
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise TesseractMissing(f"the tesseract program is missing, and so is {tool}: install Tesseract 5")
    for folder in ("bin", "root", "archives/partial", "lists/partial"):
        (cache / folder).mkdir(parents=True, exist_ok=True)
    _run(["apt-get", *_options(cache), "update"], check=False)  # sources that fail need not be Debian's
    _run(["apt-get", *_options(cache), "install", "--download-only", "--yes", "--no-install-recommends", PACKAGE])
    for archive in sorted((cache / "archives").glob("*.deb")):
        _run(["dpkg-deb", "-x", str(archive), str(cache / "root")])
    program = cache / "bin" / "tesseract"
    program.write_text(_WRAPPER.format(root=cache / "root"), encoding="utf-8")
    program.chmod(0o755)
    _run([str(program), "--version"])
    return program.parent


def with_tesseract(folder: Path | None, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which a system finds the program in ``folder``."""
    path = environment.get("PATH", "")
    return {**environment, "PATH": f"{path}{os.pathsep}{folder}" if folder else path}


def _options(cache: Path) -> list[str]:
    """Let apt keep all of its own in the cache; what is installed on this machine it need not fetch."""
    options = {"Dir::Cache::archives": cache / "archives", "Dir::State::lists": cache / "lists"}
    own = {
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
    }
    return ["-qq", *(f"-o{key}={value}" for key, value in (options | own).items())]


def _run(command: list[str], *, check: bool = True) -> None:
    environment = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if check and done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise TesseractMissing(f"{Path(command[0]).name} failed ({reason}): sudo apt-get install {PACKAGE}")
