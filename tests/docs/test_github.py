"""The files under ``.github`` are well formed, and their commands exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT

FOLDER = ROOT / ".github"
FILES = sorted(FOLDER.rglob("*.yml"))
PROGRAMS = {"make", ".ci/run", "gh", ".venv/bin/python"}


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def steps() -> list[str]:
    jobs = [job for path in (FOLDER / "workflows").glob("*.yml") for job in load(path)["jobs"].values()]
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_yaml_with_what_github_asks_for(path: Path) -> None:
    wanted = {"workflows": {"name", "jobs"}, "ISSUE_TEMPLATE": {"name", "description", "body"}}[path.parent.name]
    assert path.name == "config.yml" or wanted <= load(path).keys()


def test_workflows_run_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for step in steps():
        program, *words = step.split()
        assert program in PROGRAMS
        assert program != "make" or words[0] in targets
        assert not program.startswith(".ci") or (ROOT / program).is_file()


def test_workflows_may_write_only_where_a_release_is_made() -> None:
    for path in (FOLDER / "workflows").glob("*.yml"):
        workflow = load(path)
        assert workflow["permissions"] == {"contents": "read"}
        assert {name for name, job in workflow["jobs"].items() if "permissions" in job} <= {"publish"}


def test_every_python_that_is_promised_is_tried() -> None:
    classified = re.findall(
        r'"Programming Language :: Python :: (3\.\d+)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    for path, job in (("checks.yml", "test"), ("release.yml", "use")):
        assert load(FOLDER / "workflows" / path)["jobs"][job]["strategy"]["matrix"]["python"] == classified
