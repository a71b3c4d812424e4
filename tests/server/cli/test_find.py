"""What is read of folders, and what is said of the rest."""

import os
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import server.cli.main
import server.cli.read
from server.cli.find import STDIN, find_pictures
from tests.doubles import ByNameEngine


@pytest.fixture(autouse=True)
def double(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.cli.read, "Engine", ByNameEngine)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(server.cli.main.app, ["read", *(str(a) for a in arguments)])


def picture(path: Path, kind: str = "JPEG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (8, 8)).save(path, kind)
    return path


@pytest.mark.parametrize("name", ["a.jfif", "a.JFIF", "a.jpg", "a.heic", "a.HEIF", "a.avif", "a.pdf", "a.tif"])
def test_suffixes_of_pictures(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"whatever it holds: the reader says what is wrong with it")
    assert find_pictures([tmp_path]).pictures == [tmp_path / name]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF", "AVIF", "GIF"])
@pytest.mark.parametrize("name", ["IMG_0001", "scan.dat", ".hidden"])
def test_pictures_without_a_telling_suffix_are_known_by_their_content(tmp_path: Path, kind: str, name: str) -> None:
    assert find_pictures([tmp_path]).pictures == []
    found = picture(tmp_path / name, kind)
    assert find_pictures([tmp_path]).pictures == [found]


def test_what_is_no_picture_is_counted_and_named_and_changes_the_exit_status(tmp_path: Path) -> None:
    picture(tmp_path / "good.jpg")
    (tmp_path / "sub").mkdir()
    for name in ("notes.txt", "sub/empty", "manifest.jsonl"):
        (tmp_path / name).write_text("" if "empty" in name else "no picture")
    result = run(tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.splitlines() == [
        f"not read: {tmp_path / 'manifest.jsonl'}: no picture",
        f"not read: {tmp_path / 'notes.txt'}: no picture",
        f"not read: {tmp_path / 'sub' / 'empty'}: no picture",
        "passport-ocr: 3 in the folders given cannot be read, named above",
    ]


def test_a_pipe_in_a_folder_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    assert find_pictures([tmp_path]).others == [(tmp_path / "dangling", "no file"), (tmp_path / "pipe", "no file")]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folder: object) -> object:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", refused)  # permissions would not stop root
    assert find_pictures([tmp_path]).others == [(tmp_path, "cannot be listed: Permission denied")]


def test_annotated_pictures_of_an_earlier_run_are_left_alone(tmp_path: Path) -> None:
    picture(tmp_path / "good.jpg")
    assert run(tmp_path, "--annotate", tmp_path).exit_code == 0
    again = run(tmp_path, "--format", "jsonl")
    assert len(again.stdout.splitlines()) == 1
    assert "left alone: 1 annotated" in again.stderr
    assert again.exit_code == 0
    named = run(tmp_path / "good.annotated.jpg", "--format", "jsonl")
    assert len(named.stdout.splitlines()) == 1


def test_files_named_are_read_whatever_they_are(tmp_path: Path) -> None:
    (tmp_path / "-").mkdir()
    assert find_pictures([tmp_path / "x.txt", STDIN, STDIN]).pictures == [tmp_path / "x.txt", STDIN]
