"""The installed project: what a wheel brings, and that it lives beside a user's own ``models`` and ``server``."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.server.service_process import service_process

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "tests" / "images" / "chn_2012_specimen.jpg"
PASSPORT_NUMBER = "EA1234567"
SOURCES = ("engine", "server", "models", "pyproject.toml", "README.md", "LICENSE", "NOTICE")

INSTALLED_AS = {
    "engine/passport_ocr/": "passport_ocr/",
    "engine/": "engine/",
    "models/training/": None,
    "models/": "engine/models/",
    "server/deploy/": None,
    "server/": "passport_ocr_server/",
}
"""Where the files of a folder lie in a wheel; the first row that fits holds."""

MINE = "a user's own"
USERS_FILES = {
    "modules": ("models.py", "server.py"),
    "packages": ("models/__init__.py", "server/__init__.py"),
}
PROGRAM = """
import json, sys
import {first}
import engine, passport_ocr, passport_ocr.errors
import models, server

reading = passport_ocr.recognize(sys.argv[1])
print(json.dumps({{
    "mine": [models.MINE, server.MINE],
    "files": [engine.__file__, passport_ocr.__file__],
    "number": reading[engine.Item.PASSPORT_NUMBER].value,
    "same": [name for name in engine.__all__ if getattr(passport_ocr, name) is getattr(engine, name)],
    "all": [sorted(engine.__all__), sorted(passport_ocr.__all__)],
}}))
"""


@dataclass(frozen=True)
class Installation:
    """A virtual environment that has the project from one place only, and its libraries from the one of the tests."""

    folder: Path

    def command(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def run(self, *command: object, beside: Path) -> str:
        """What a command prints that runs in a user's folder, from where it can import."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=beside,
            env=environment(beside),
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def environment(importable: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(importable)}


def copy_of_the_sources(target: Path) -> Path:
    """Building leaves files behind, which must not be left in the checkout."""
    target.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    return target


def install(folder: Path, *what: object) -> Installation:
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next((folder / "lib").glob("python3*")) / "site-packages"
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "libraries.pth").write_text("\n".join(libraries))  # their own .pth files are not followed
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, *offline, *map(str, what)], check=True, env=environment(folder))
    return Installation(folder)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = copy_of_the_sources(folder / "source")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(source)], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installed") / "venv", wheel)


@pytest.fixture(params=list(USERS_FILES))
def users_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    for name in USERS_FILES[request.param]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"MINE = {MINE!r}\n")
    return tmp_path


def tracked_files() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z", "engine", "server", "models"], cwd=ROOT, capture_output=True)
    if done.returncode != 0:
        pytest.skip("not a git checkout: which files belong to the project is unknown")
    return [name for name in done.stdout.decode().split("\0") if name and (ROOT / name).exists()]


def installed_name(name: str) -> str | None:
    """Where a file of the checkout lies in a wheel; None where it does not."""
    folder, place = next(row for row in INSTALLED_AS.items() if name.startswith(row[0]))
    return None if place is None else place + name.removeprefix(folder)


def test_a_wheel_brings_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    brought = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = set(filter(None, map(installed_name, tracked_files())))
    assert sorted(wanted - brought) == [], "name their package, or their kind of data, in pyproject.toml"
    assert sorted(brought - wanted) == []


def test_a_wheel_takes_no_name_a_user_may_have(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == {"engine", "passport_ocr", "passport_ocr_server"}


@pytest.mark.parametrize("first", ["engine", "models, server"])
def test_the_library_beside_a_users_files(installed: Installation, users_folder: Path, first: str) -> None:
    (users_folder / "program.py").write_text(PROGRAM.format(first=first))
    told = json.loads(installed.run(installed.command("python"), "program.py", PICTURE, beside=users_folder))
    assert told["mine"] == [MINE, MINE]
    assert all(Path(file).is_relative_to(installed.folder) for file in told["files"])
    assert told["number"] == PASSPORT_NUMBER
    assert told["same"] == told["all"][0]
    assert told["all"][0] == told["all"][1]


def test_the_command_line_beside_a_users_files(installed: Installation, users_folder: Path) -> None:
    shutil.copy(PICTURE, users_folder / "second.jpg")
    read = [installed.command("passport-ocr"), "read", PICTURE, "second.jpg", "--format", "jsonl", "--jobs", 2]
    lines = [json.loads(line) for line in installed.run(*read, beside=users_folder).splitlines()]
    assert [number_in(line) for line in lines] == [PASSPORT_NUMBER] * 2


@pytest.mark.parametrize("users_folder", ["packages"], indirect=True)
def test_the_service_beside_a_users_files(installed: Installation, users_folder: Path) -> None:
    command = [installed.command("passport-ocr"), "serve", "--no-auth", "--port", "0"]
    with service_process(command, cwd=users_folder, env=environment(users_folder)) as service:
        answer = service.client.post(
            "/ocr/passport", data={"app_id": "1"}, files={"image": ("p.jpg", PICTURE.read_bytes())}
        )
        assert number_in(answer.json()) == PASSPORT_NUMBER
        assert service.client.get("/docs/swagger-ui.css").status_code == 200


def test_an_editable_installation_and_the_checkout_work(tmp_path: Path) -> None:
    source = copy_of_the_sources(tmp_path / "a checkout")
    editable = install(tmp_path / "venv", "--editable", source)
    python, program = editable.command("python"), "import engine, passport_ocr, passport_ocr_server.cli.main as cli"
    shown = f"{program}; print(engine.__file__, passport_ocr.__file__, cli.__file__, sep='\\n')"
    files = editable.run(python, "-c", shown, beside=tmp_path).splitlines()
    assert [Path(file).relative_to(source).parts[0] for file in files] == ["engine", "engine", "server"]
    for command in ([editable.command("passport-ocr")], [python, "-m", "server.cli"]):
        line = editable.run(*command, "read", PICTURE, "--format", "jsonl", beside=source)
        assert number_in(json.loads(line)) == PASSPORT_NUMBER


def number_in(answer: dict[str, dict[str, list[dict[str, str]]]]) -> str:
    return next(item["itemstring"] for item in answer["data"]["items"] if item["item"] == "护照号码")
