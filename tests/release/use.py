"""What a user does with a release, in an empty folder, in a path with a space."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.server.service_process import service_process

ROOT: Final = Path(__file__).parents[2]
SPECIMEN: Final = ROOT / "tests" / "images" / "chn_2012_specimen.jpg"
NUMBER: Final = "EA1234567"
PROGRAM: Final = (
    "import sys, passport_ocr; reading = passport_ocr.recognize('passport.jpg'); "
    "print(sys.version.split()[0], reading.passport_number.value, passport_ocr.__version__)"
)
CLEAN: Final[Mapping[str, str]] = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
"""Nothing of this project, neither its folder nor its virtual environment, is found from there."""


class Unusable(Exception):
    """The release cannot be installed, or does something else than it should; the message has the output."""


def artefacts(folder: Path) -> list[Path]:
    """Return the wheel and the source distribution in ``folder``.

    Raises:
        Unusable: there is not exactly one of each.
    """
    found = [sorted(folder.glob(pattern)) for pattern in ("*.whl", "*.tar.gz")]
    if [len(files) for files in found] != [1, 1]:
        raise Unusable(f"{folder} has not one wheel and one source distribution: run make dist")
    return [files[0] for files in found]


def use(artefact: Path, interpreter: str, index: str | None = None) -> str:
    """Install ``artefact`` and read a specimen by library, command line and service; returns what was used.

    Raises:
        Unusable: a step failed or gave something else.
    """
    with tempfile.TemporaryDirectory(prefix="an empty folder ") as name:
        folder = Path(name)
        shutil.copy(SPECIMEN, folder / "passport.jpg")
        home = {**CLEAN, "HOME": str(folder)}
        _run([shutil.which(interpreter) or interpreter, "-m", "venv", "venv"], folder, home)
        options = ["--index-url", index] if index else []
        _run(["venv/bin/pip", "install", "--quiet", *options, str(artefact.resolve())], folder, home)
        told = _run(["venv/bin/python", "-c", PROGRAM], folder, home)
        release = _run(["venv/bin/passport-ocr", "--version"], folder, home).strip()
        line = json.loads(_run(["venv/bin/passport-ocr", "read", "passport.jpg", "--format", "jsonl"], folder, home))
        answer = _ask_service(folder, home)
    version, number, imported = told.split()
    if {number, _number(line), _number(answer)} != {NUMBER} or {imported, release} != {_release(artefact)}:
        raise Unusable(f"library: {told}command line: {release} {_number(line)}, service: {_number(answer)}")
    return f"Python {version}, release {release}: library, command line and service read the specimen"


def _ask_service(folder: Path, env: Mapping[str, str]) -> object:
    command = [str(folder / "venv" / "bin" / "passport-ocr"), "serve", "--no-auth", "--port", "0"]
    with service_process(command, cwd=folder, env=env) as service:
        files = {"image": ("passport.jpg", SPECIMEN.read_bytes())}
        return service.client.post("/ocr/passport", data={"app_id": "1"}, files=files).json()


def _run(command: list[str], folder: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise Unusable(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def _number(answer: object) -> str:
    match answer:
        case {"data": {"items": [_, _, {"itemstring": str(number)}, *_]}}:
            return number
    return f"no number in {answer!r}"


def _release(artefact: Path) -> str:
    """``0.1.0`` of ``passport_ocr-0.1.0-py3-none-any.whl`` and of ``passport_ocr-0.1.0.tar.gz``."""
    return artefact.name.removesuffix(".tar.gz").split("-")[1]
