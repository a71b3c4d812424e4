"""The site of docs/ can be built: every link leads somewhere, every page of the API reference finds its module."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import INCLUDED, PAGES, ROOT, name_of

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")


def test_it_can_be_built(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="pip install 'passport-ocr[docs]'")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(tmp_path),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "recognize" in (tmp_path / "reference.html").read_text(encoding="utf-8")


def test_the_readme_is_one_screen() -> None:
    for name in ("README.md", "README.zh.md"):
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 70, "the rest belongs into docs/"


def test_it_needs_no_other_host(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in settings
    assert "https://" not in settings


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_included_files_exist(page: Path) -> None:
    assert all((ROOT / name).is_file() for name in INCLUDED.findall(page.read_text(encoding="utf-8")))
