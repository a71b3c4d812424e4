import tomllib
from pathlib import Path

import pytest

from tests.release.tag import complaints

ROOT = Path(__file__).parents[2]
CHANGELOG = """# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

## [0.1.0] - 2026-11-22

[Unreleased]: ../../compare/v0.2.0...main
[0.2.0]: ../../releases/tag/v0.2.0
[0.1.0]: ../../releases/tag/v0.1.0
"""


def test_tag_version_and_changelog_agree() -> None:
    assert complaints("v0.2.0", "0.2.0", CHANGELOG) == []


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "complaint"),
    [
        ("v0.2.1", "0.2.0", CHANGELOG, "the tag is v0.2.1"),
        ("0.2.0", "0.2.0", CHANGELOG, "the tag is 0.2.0"),
        ("v0.3.0", "0.3.0", CHANGELOG, "the newest dated section"),
        ("v0.2.0", "0.2.0", CHANGELOG.replace("[0.1.0]:", "0.1.0:"), "no link for 0.1.0"),
    ],
)
def test_what_does_not_agree_is_said(tag: str, version: str, changelog: str, complaint: str) -> None:
    (found,) = complaints(tag, version, changelog)
    assert found.startswith(complaint) or complaint in found


def test_the_changelog_has_a_section_and_a_link_for_the_version_there_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert complaints(f"v{version}", version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) == []
