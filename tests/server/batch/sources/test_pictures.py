"""Which files a batch reads, and how their bytes are had."""

import io
import os
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from server.batch.refused import SourceRefused
from server.batch.sources.count import Count
from server.batch.sources.pictures import Picture, pictures

MAX = 100


def everything(name: str) -> bool:
    return True


def found(*sources: object, wanted: Callable[[str], bool] = everything) -> dict[str, bytes]:
    """Names and bytes of all pictures, each loaded when it is given out."""
    return {picture.name: picture.load() for picture in pictures(map(str, sources), wanted, MAX)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deep" / "er").mkdir(parents=True)
    for name in ("a.jpg", "deep/b.png", "deep/er/c.tif", "deep/note.txt"):
        (tmp_path / "in" / name).write_bytes(name.encode())
    return tmp_path / "in"


def test_a_folder_gives_every_file_below_it_pictures_or_not(folder: Path) -> None:
    assert {os.path.relpath(name, folder): data for name, data in found(folder).items()} == {
        name: name.encode() for name in ("a.jpg", "deep/b.png", "deep/er/c.tif", "deep/note.txt")
    }


def test_annotated_pictures_of_an_earlier_run_are_left_alone(folder: Path) -> None:
    (folder / "a.annotated.jpg").write_bytes(b"drawn on")
    (folder / "a.redacted.png").write_bytes(b"blacked out")
    assert not [name for name in found(folder, folder / "*.jpg") if name.endswith(("annotated.jpg", "redacted.png"))]


def test_a_link_to_a_folder_is_no_way_round_in_circles(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder)
    names = {picture.name: picture for picture in pictures([str(folder)], everything, MAX)}
    assert sum(name.endswith("a.jpg") for name in names) == 1
    with pytest.raises(OSError, match="not followed"):
        names[str(folder / "deep" / "up")].load()


def test_a_pattern_gives_what_it_matches(folder: Path) -> None:
    assert list(found(folder / "**" / "*.png")) == [str(folder / "deep" / "b.png")]


def test_a_file_called_like_a_pattern_is_the_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].jpg").write_bytes(b"x")
    assert list(found(tmp_path / "a[1].jpg")) == [str(tmp_path / "a[1].jpg")]


def test_what_is_not_wanted_is_never_opened(folder: Path) -> None:
    (folder / "a.jpg").chmod(0)
    assert found(folder / "a.jpg", wanted=lambda name: False) == {}


def test_a_missing_file_is_given_out_and_fails_when_it_is_loaded(tmp_path: Path) -> None:
    (picture,) = pictures([str(tmp_path / "nowhere.jpg")], everything, MAX)
    with pytest.raises(FileNotFoundError):
        picture.load()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (picture,) = pictures([str(tmp_path)], everything, MAX)
    with pytest.raises(OSError, match="no file"):
        picture.load()


def test_no_more_than_a_byte_beyond_the_limit_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "long.jpg").write_bytes(b"x" * 1000)
    assert len(found(tmp_path / "long.jpg")[str(tmp_path / "long.jpg")]) == MAX + 1


def packed_zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("scans")
        for name, data in members.items():
            archive.writestr(f"scans/{name}.jpg", data)
    return path


def packed_tar(path: Path, **members: bytes) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(f"scans/{name}.jpg")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("scans/link.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return path


@pytest.mark.parametrize(
    ("pack", "name"), [(packed_zip, "in.zip"), (packed_tar, "in.tar.gz"), (packed_tar, "in.TGZ")]
)
def test_an_archive_gives_its_members(pack: Callable[..., Path], name: str, tmp_path: Path) -> None:
    path = pack(tmp_path / name, a=b"A", b=b"B")
    assert found(path) == {f"{path}/scans/a.jpg": b"A", f"{path}/scans/b.jpg": b"B"}
    assert found(tmp_path) == found(path), "an archive in a folder is gone through as well"


@pytest.mark.parametrize(("pack", "name"), [(packed_zip, "in.zip"), (packed_tar, "in.tar.gz")])
def test_a_bomb_in_an_archive_is_unpacked_to_the_limit_only(
    pack: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    path = pack(tmp_path / name, bomb=bytes(1_000_000))
    assert len(found(path)[f"{path}/scans/bomb.jpg"]) == MAX + 1


@pytest.mark.parametrize(("pack", "name"), [(packed_zip, "in.zip"), (packed_tar, "in.tar.gz")])
def test_a_damaged_archive_is_a_row_of_its_own_after_what_is_good(
    pack: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    path = pack(tmp_path / name, a=os.urandom(90), b=os.urandom(90), c=os.urandom(90))
    path.write_bytes(path.read_bytes()[:-200])
    *_, last = pictures([str(path)], everything, MAX)
    assert last.name == str(path)
    with pytest.raises(OSError, match="cannot be read to its end"):
        last.load()


def test_a_member_damaged_inside_a_zip_fails_alone(tmp_path: Path) -> None:
    path = packed_zip(tmp_path / "in.zip", a=b"A" * 50, b=b"B" * 50)
    data = bytearray(path.read_bytes())
    data[data.index(b"scans/a.jpg") + len("scans/a.jpg")] ^= 0xFF
    path.write_bytes(data)
    one, other = pictures([str(path)], everything, MAX)
    with pytest.raises(OSError, match="member"):
        one.load()
    assert other.load() == b"B" * 50


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_cannot_be_unpacked_piece_by_piece_fails_alone(way: int, tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jpg", bytes(1_000_000), way)
        archive.writestr("b.jpg", b"B")
    one, other = pictures([str(path)], everything, MAX)
    with pytest.raises(OSError, match="unpack it first"):
        one.load()
    assert other.load() == b"B"


def test_a_bomb_in_a_tar_file_takes_no_more_memory_than_a_picture(tmp_path: Path) -> None:
    path, size = tmp_path / "in.tar.bz2", 40_000_000
    with tarfile.open(path, "w:bz2") as archive:
        info = tarfile.TarInfo("a.jpg")
        info.size = size
        archive.addfile(info, io.BytesIO(bytes(size)))
    tracemalloc.start()
    try:
        assert len(found(path)[f"{path}/a.jpg"]) == MAX + 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 10


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("é.jpg".encode(), b"\xff\xff.jpg"),  # no text, though the flag says UTF-8
        (b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),  # made for a release that never was
    ],
)
def test_a_zip_whose_directory_is_wrong_is_a_row_of_its_own(right: bytes, wrong: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é.jpg", b"A")
    assert right in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(right, wrong))
    (picture,) = pictures([str(path)], everything, MAX)
    assert picture.name == str(path)
    with pytest.raises(OSError, match="cannot be read to its end"):
        picture.load()
    count = Count([str(path)], everything)
    count.wait()
    assert count.total == 0


def test_a_url_goes_through_fsspec() -> None:
    fsspec = pytest.importorskip("fsspec")
    bucket = fsspec.filesystem("memory")
    for name in ("a.jpg", "deep/b.jpg"):
        bucket.pipe(f"/scans/{name}", name.encode())
    expected = {f"memory:///scans/{name}": name.encode() for name in ("a.jpg", "deep/b.jpg")}
    assert found("memory://scans") == expected
    assert found("memory://scans/*.jpg") == {"memory:///scans/a.jpg": b"a.jpg"}
    assert found("memory://scans/a.jpg") == {"memory:///scans/a.jpg": b"a.jpg"}


def test_a_url_of_no_known_kind_says_so() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(SourceRefused, match="no kind of URL"):
        list(pictures(["gopher2://scans"], everything, MAX))


def test_a_url_whose_library_is_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(SourceRefused, match=r"passport-ocr\[s3\]"):
        list(pictures(["s3://scans"], everything, MAX))


def test_repr_tells_no_bytes() -> None:
    assert "load" not in repr(Picture("a.jpg", lambda: b"secret"))
