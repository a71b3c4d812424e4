"""The systems that are compared, and how each is set up in a virtual environment of its own."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.tesseract import TesseractMissing, fetch_tesseract

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "peers"


class CannotInstall(Exception):
    """A system cannot be set up on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class System:
    """A system to compare.

    ``requirements`` are pip's, none for this project's own environment. ``model`` says that it takes the folder
    of an OCR-B Tesseract model named ``mrz`` as argument.
    """

    module: str
    requirements: tuple[str, ...] = ()
    environment: str = ""
    tesseract: bool = False
    model: bool = False


SYSTEMS: Mapping[str, System] = {
    "ours": System("benchmarks.peers.ours"),
    "passporteye": System(
        "benchmarks.peers.with_passporteye", ("passporteye==2.2.2", "numpy<2"), "passporteye", tesseract=True
    ),
    "passporteye-ocrb": System(
        "benchmarks.peers.with_passporteye",
        ("passporteye==2.2.2", "numpy<2"),
        "passporteye",
        tesseract=True,
        model=True,
    ),
    "fastmrz": System("benchmarks.peers.with_fastmrz", ("fastmrz==2.1.2",), "fastmrz", tesseract=True, model=True),
    "rapidocr": System("benchmarks.peers.with_rapidocr", ("rapidocr==3.10.0", "onnxruntime"), "rapidocr"),
}


def set_up(system: System, model: Path | None) -> list[str]:
    """Install a system unless it is there; returns the command that serves its readings.

    Args:
        system: which one.
        model: an OCR-B ``.traineddata`` file for those that need one.

    Raises:
        CannotInstall: Tesseract, a model or a package is missing and cannot be fetched.
    """
    if system.tesseract:
        try:
            fetch_tesseract(CACHE / "tesseract")
        except TesseractMissing as error:
            raise CannotInstall(str(error)) from error
    command = [str(_python(system)), "-m", system.module]
    if not system.model:
        return command
    if model is None:
        raise CannotInstall("it needs an OCR-B model for Tesseract: give one with --traineddata")
    folder = CACHE / "tessdata"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, folder / "mrz.traineddata")
    return [*command, str(folder)]


def _python(system: System) -> Path:
    if not system.requirements:
        return Path(sys.executable)
    folder = CACHE / system.environment
    done = folder / "installed"
    if not done.is_file() or done.read_text(encoding="utf-8") != " ".join(system.requirements):
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *system.requirements])
        done.write_text(" ".join(system.requirements), encoding="utf-8")
    return folder / "bin" / "python"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise CannotInstall(" ".join(errors[-1:]) or f"{' '.join(command[:4])} ended with {done.returncode}")
