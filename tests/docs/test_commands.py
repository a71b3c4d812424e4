"""Every command in README and docs exists and takes its options; the cheap ones are run."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer._click.exceptions import MissingParameter, NoArgsIsHelpError

from server.cli.main import app
from tests.docs.commands import Command, commands, shown_lines
from tests.docs.pages import PAGES, ROOT, make_folder, name_of
from tests.server.service_process import service_process

ALL = [command for page in PAGES for command in commands(page)]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
OTHERS = frozenset(
    {"apt-get", "cd", "export", "base64", "curl", "docker", "git", "nginx", "pip", "pre-commit", "python3", "."}
    | {"kubectl", "helm", "echo"}
)
"""Programs of others: whether they take their options is not looked at."""


def of(program: str) -> list[Command]:
    found = [command for command in ALL if command.program == program]
    assert found, f"no page shows {program}"
    return found


def test_commands_are_found() -> None:
    assert len(ALL) >= 40


def test_programs_are_known() -> None:
    known = OTHERS | {"passport-ocr", "make", "python"}
    assert [str(command) for command in ALL if command.program not in known] == []


@pytest.mark.parametrize("command", of("passport-ocr"), ids=str)
def test_the_command_line_takes_it(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_folder(tmp_path))
    try:
        parse(typer.main.get_command(app), command.arguments)
    except (MissingParameter, NoArgsIsHelpError):
        assert not command.whole


def parse(command: Any, arguments: list[str], parent: Any = None) -> None:
    """Let click (typer has its own copy) take ``arguments`` apart down to the last subcommand, and call nothing."""
    try:
        context = command.make_context(command.name, list(arguments), parent=parent)
    except typer.Exit:  # --version, --help
        return
    if isinstance(command, typer.core.TyperGroup):
        _, subcommand, left = command.resolve_command(context, [*context._protected_args, *context.args])
        parse(subcommand, left, context)


@pytest.mark.parametrize("command", of("make"), ids=str)
def test_make_knows_it(command: Command) -> None:
    for word in command.arguments:
        name, is_setting, _ = word.partition("=")
        known = rf"\$[({{]{{1,2}}{name}\b" if is_setting else rf"^{name}:"
        assert re.search(known, MAKEFILE, re.MULTILINE), word


@pytest.mark.parametrize("command", of("python"), ids=str)
def test_the_module_takes_it(command: Command) -> None:
    assert command.arguments[0] == "-m", "pages show modules to run"
    module, options = command.arguments[1], command.arguments[2:]
    spec = importlib.util.find_spec(module)
    assert spec is not None, module
    assert spec.origin is not None
    if not Path(spec.origin).is_relative_to(ROOT):
        return
    source = source_of(spec.origin)
    names = [option.partition("=")[0] for option in options if option.startswith("--")]
    assert [
        name for name in names if name not in source and name[2:].replace("-", "_") not in parameters(source)
    ] == []


def source_of(origin: str) -> str:
    """The module's source; a package's is that of its ``__main__``."""
    path = Path(origin)
    return (path.with_name("__main__.py") if path.name == "__init__.py" else path).read_text(encoding="utf-8")


def parameters(source: str) -> set[str]:
    """The names that typer makes options of."""
    return {node.arg for node in ast.walk(ast.parse(source)) if isinstance(node, ast.arg)}


def environment(folder: Path) -> dict[str, str]:
    """A home of its own, and ``passport-ocr`` on the PATH."""
    program = folder / "bin" / "passport-ocr"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m server.cli "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PASSPORT_OCR_")}
    return {**kept, "HOME": str(folder), "PATH": f"{program.parent}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}


def runs_by_itself(line: str) -> bool:
    return line.startswith("passport-ocr ") and not re.search(r"passport-ocr (serve|bench)|…|FOLDER|s3://", line)


def shown_alone(page: Path) -> list[str]:
    """The page's lines that need nothing else, without their comments."""
    return [line.partition("  #")[0].strip() for line in shown_lines(page) if runs_by_itself(line)]


def pages_to_run() -> list[Path]:
    """Pages with a line that no page before it shows: one in another language shows the same commands."""
    seen: set[str] = set()
    pages = []
    for page in sorted(PAGES, key=lambda page: "zh" in name_of(page)):
        if not seen.issuperset(shown_alone(page)):
            pages.append(page)
        seen.update(shown_alone(page))
    return pages


@pytest.mark.parametrize("page", pages_to_run(), ids=name_of)
def test_what_needs_nothing_else_works_line_by_line(page: Path, tmp_path: Path) -> None:
    env, folder = environment(tmp_path), make_folder(tmp_path)
    for line in shown_alone(page):
        done = subprocess.run(["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_the_chinese_guide_begins_with_the_same_commands() -> None:
    chinese, english = (shown_lines(ROOT / "docs" / page) for page in ("zh/operations.md", "operations/index.md"))
    assert [line.partition("  #")[0].strip() for line in chinese[:3]] == [
        line.partition("  #")[0].strip() for line in english[:3]
    ]


def test_the_service_answers_as_the_guide_shows(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    env, folder = environment(tmp_path), make_folder(tmp_path)
    add, serve, ask = shown_lines(ROOT / "docs" / "operations" / "index.md")[:3]
    subprocess.run(["bash", "-c", add], cwd=folder, env=env, check=True, capture_output=True)
    words = serve.partition("#")[0].split()
    with service_process([*words, "--port", "0"], cwd=folder, env=env) as service:
        here = ask.replace("http://127.0.0.1:8000", str(service.client.base_url).rstrip("/"))
        done = subprocess.run(["bash", "-c", f"{here} -sS"], cwd=folder, env=env, capture_output=True, text=True)
    assert '"EA1234567"' in done.stdout, done.stderr
