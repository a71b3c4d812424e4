"""Drawings are saved where the picture's name says, and nowhere else."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.batch.results.drawings import Drawings, save_drawings

JPEG = b"jpeg"
DRAWINGS: Drawings = {"annotated": {"annotated": JPEG}, "crops": {"surname": JPEG, "mrz": JPEG}}


def saved(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_each_kind_has_its_folder(tmp_path: Path) -> None:
    save_drawings("scans/a.jpg", DRAWINGS, {"annotated": tmp_path / "drawn", "crops": tmp_path / "cut"})
    assert saved(tmp_path) == [
        "cut/scans/a.jpg/mrz.jpg",
        "cut/scans/a.jpg/surname.jpg",
        "drawn/scans/a.jpg.annotated.jpg",
    ]
    assert stat.S_IMODE((tmp_path / "cut/scans/a.jpg/mrz.jpg").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name", ["../../up.jpg", "/etc/up.jpg", "in.zip/../../../up.jpg", "s3://up.jpg", "a\0b.jpg", "..", "/"]
)
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    save_drawings(name, DRAWINGS, {"crops": tmp_path / "cut"})
    assert saved(tmp_path)
    assert all(path.startswith("cut/") for path in saved(tmp_path))


@given(st.text(alphabet=st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), min_size=1))
def test_any_name_is_saved_under(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    save_drawings(name, DRAWINGS, {"annotated": folder / "in"})
    assert len(saved(folder / "in")) == 1


def test_two_names_never_share_files(tmp_path: Path) -> None:
    for name in ("ab.jpg", "a:b.jpg", "../ab.jpg", "/ab.jpg"):
        save_drawings(name, DRAWINGS, {"annotated": tmp_path / "in"})
    assert len(saved(tmp_path)) == 4


def test_what_was_not_drawn_is_not_there(tmp_path: Path) -> None:
    save_drawings("a.jpg", {}, {"crops": tmp_path / "cut"})
    assert saved(tmp_path) == []
