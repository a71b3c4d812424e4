"""The size of rooms: what ruff and import-linter cannot see.

A function is questioned at 40 lines, a folder holds 16 modules at most, the engine has 25 rooms at its top.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("engine", "server", "benchmarks", "models")
LONGEST_FUNCTION = 40
"""Lines, docstring and decorators included."""
LARGEST_FOLDER = 16
ROOMS_OF_THE_ENGINE = 25


def _files() -> list[Path]:
    return [path for source in SOURCES for path in sorted((ROOT / source).rglob("*.py"))]


def _modules(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


@pytest.mark.parametrize("source", SOURCES)
def test_functions_are_short(source: str) -> None:
    functions = [
        (path, node)
        for path in (ROOT / source).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(functions) > 100 or source == "models"
    long = [f"{path.relative_to(ROOT)}:{f.lineno} {f.name}" for path, f in functions if _lines(f) > LONGEST_FUNCTION]
    assert long == []


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_folder_is_crowded() -> None:
    folders = {path.parent for path in _files()}
    crowded = {f.relative_to(ROOT).as_posix(): n for f in folders if (n := len(_modules(f))) > LARGEST_FOLDER}
    assert {name: n for name, n in crowded.items() if name != "benchmarks"} == {}
    assert len(_commands(ROOT / "benchmarks")) == len(_modules(ROOT / "benchmarks")), (
        "a command each, parts in folders"
    )


def test_every_benchmark_stands_in_its_readme_once() -> None:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `python -m benchmarks\.(\w+)", text, re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in _commands(ROOT / "benchmarks"))


def _commands(folder: Path) -> list[Path]:
    return [path for path in _modules(folder) if '__name__ == "__main__"' in path.read_text(encoding="utf-8")]


def test_the_engine_has_few_rooms() -> None:
    top = [p for p in (ROOT / "engine").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()]
    assert len(top) <= ROOMS_OF_THE_ENGINE


def test_every_package_says_what_it_is() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in _files()
        if path.name == "__init__.py"
        and len((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()) < 4
    ]
    assert silent == []


@pytest.mark.parametrize("source", SOURCES)
def test_only_modules_of_the_server_name_each_other_relatively_and_always_do(source: str) -> None:
    """In a wheel the server's package has another name."""
    for path in (ROOT / source).rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        spelt_out = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        spelt_out |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        assert source != "server" or not any(name.split(".")[0] == "server" for name in spelt_out), path
        assert source == "server" or not any(isinstance(n, ast.ImportFrom) and n.level for n in nodes), path


def test_models_hold_no_code_beside_training() -> None:
    assert [path for path in (ROOT / "models").rglob("*.py") if "training" not in path.parts] == []
