"""Whether a tag may be released: ``python -m tests.release.tag v0.1.0``."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def complaints(tag: str, version: str, changelog: str) -> list[str]:
    """Return what keeps ``tag`` from being released: it, the version and the newest section must agree."""
    sections = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", changelog, re.MULTILINE)
    released = [name for name, day in sections if day]
    links = set(re.findall(r"^\[(.+?)\]: \S+$", changelog, re.MULTILINE))
    found = []
    if tag != f"v{version}":
        found.append(f"the tag is {tag}, the version in pyproject.toml {version}")
    if released[:1] != [version]:
        found.append(f"the newest dated section of CHANGELOG.md is {released[:1]}, not {version}")
    if missing := [name for name, _ in sections if name not in links]:
        found.append(f"CHANGELOG.md has no link for {', '.join(missing)}")
    return found


def main() -> None:
    """Exit with a sentence for each complaint."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    found = complaints(sys.argv[1], version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
