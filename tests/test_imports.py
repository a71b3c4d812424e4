"""Imports point one way: server → engine; stages never import the pipeline; engine/mrz is pure text."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "engine": {"server", "benchmarks", "models.training", "fastapi", "starlette", "uvicorn"},
    "engine/mrz": {"numpy", "cv2", "PIL", "engine.values.pictures", "engine.readers", "engine.visual"},
    "engine/visual": {"engine.pipeline", "engine.api", "engine.fusion.fuse"},
    "engine/readers": {"engine.pipeline", "engine.api", "engine.visual"},
    "server": {"benchmarks", "models", "numpy", "cv2"},
    "benchmarks": {"server"},
}
FRONT = {"api.py", "__init__.py", "pipeline.py"}


def imports(path: Path) -> set[str]:
    """Every module named by an import statement anywhere in a file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(path, node)
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    """The module that ``from … import`` names, a relative one spelt out."""
    parts = path.relative_to(ROOT).parts
    above = parts[: len(parts) - node.level] if node.level else ()
    return ".".join([*above, *filter(None, [node.module])])


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    return [p for p in found if "training" not in p.parts]


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_folder_imports_nothing_forbidden(folder: str) -> None:
    assert modules(folder)
    for path in modules(folder):
        bad = {m for m in imports(path) for f in FORBIDDEN[folder] if m == f or m.startswith(f + ".")}
        assert not bad, f"{path.relative_to(ROOT)} imports {sorted(bad)}"


def test_models_hold_no_code_beside_training() -> None:
    assert modules("models") == []


def test_stages_do_not_import_the_pipeline() -> None:
    for path in (ROOT / "engine").rglob("*.py"):
        if path.name not in FRONT:
            assert "engine.pipeline" not in imports(path), path


def test_a_runtime_is_imported_where_networks_are_opened_only() -> None:
    for path in modules("engine"):
        if path.parent.name != "readers" and path.name != "network.py":
            assert not imports(path) & {"onnxruntime", "tesserocr", "pytesseract"}, path


@pytest.mark.parametrize("folder", ["engine", "server", "benchmarks", "models"])
def test_only_modules_of_the_server_name_each_other_relatively_and_always_do(folder: str) -> None:
    """In a wheel the server's package has another name."""
    for path in (ROOT / folder).rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        spelt_out = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        spelt_out |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        assert folder != "server" or not any(name.split(".")[0] == "server" for name in spelt_out), path
        assert folder == "server" or not any(isinstance(n, ast.ImportFrom) and n.level for n in nodes), path
