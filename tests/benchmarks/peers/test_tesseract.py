"""Tesseract for the peers: found, fetched, or named as missing."""

import os
import subprocess
from pathlib import Path

import pytest

from benchmarks.peers import tesseract
from benchmarks.peers.tesseract import TesseractMissing, fetch_tesseract, find_tesseract, with_tesseract


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH but the shell's own tools."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin-of-nothing")
    return folder


def test_an_installed_one_is_taken(machine: Path, tmp_path: Path) -> None:
    program(machine, "tesseract")
    assert fetch_tesseract(tmp_path / "cache") == machine
    assert not (tmp_path / "cache").exists()


def test_without_apt_it_is_said_what_is_missing(machine: Path, tmp_path: Path) -> None:
    with pytest.raises(TesseractMissing, match="tesseract program is missing, and so is apt-get"):
        fetch_tesseract(tmp_path / "cache")
    assert find_tesseract(tmp_path / "cache") is None


def test_a_failing_apt_says_what_to_run(machine: Path, tmp_path: Path) -> None:
    program(machine, "apt-get", "echo no network >&2; exit 100")
    program(machine, "dpkg-deb")
    with pytest.raises(TesseractMissing, match=r"no network\): sudo apt-get install tesseract-ocr"):
        fetch_tesseract(tmp_path / "cache")


def test_one_that_is_fetched_is_found_and_runs(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, ran = tmp_path / "cache", []
    monkeypatch.setattr(tesseract, "_run", lambda command, check=True: ran.append(command[0]))
    for name in ("apt-get", "dpkg-deb"):
        program(machine, name)
    assert fetch_tesseract(cache) == cache / "bin"
    assert ran == ["apt-get", "apt-get", str(cache / "bin" / "tesseract")]
    for place in ("usr/lib/x/libtesseract.so.5", "usr/share/tesseract-ocr/5/tessdata/eng.traineddata"):
        (cache / "root" / place).parent.mkdir(parents=True)
        (cache / "root" / place).touch()
    program(cache / "root/usr/bin", "tesseract", 'echo "$LD_LIBRARY_PATH $TESSDATA_PREFIX $1"')
    environment = with_tesseract(find_tesseract(cache), {"PATH": "/usr/bin:/bin"})
    done = subprocess.run(["tesseract", "in.png"], env=environment, capture_output=True, text=True, check=True)
    libraries, data, argument = done.stdout.split()
    assert libraries.startswith(f"{cache}/root/usr/lib/x:")
    assert (data, argument) == (f"{cache}/root/usr/share/tesseract-ocr/5/tessdata", "in.png")
