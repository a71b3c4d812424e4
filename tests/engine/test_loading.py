"""What ``import engine`` loads: whoever imports it in a short program waits for nothing that is not needed yet."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICE = {
    "anyio", "fastapi", "h11", "httpx", "prometheus_client", "pydantic", "python_multipart", "redis",
    "rich", "server", "starlette", "typer", "uvicorn",
}  # fmt: skip
LATER = {
    "PIL.ImageDraw", "PIL.ImageFont", "engine.pipeline", "importlib.metadata", "onnxruntime", "pi_heif", "pypdfium2",
    "pytesseract", "rapidfuzz", "tesserocr",
}  # fmt: skip
"""Loaded when an engine is opened, a picture drawn on, a rare kind of file opened, or the release asked for."""
PROGRAM = """
import json, sys, engine
print(json.dumps(sorted(sys.modules)))
"""


def test_import_engine_loads_nothing_of_the_service_and_no_reader() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "engine.api" in loaded
    assert not loaded & (SERVICE | LATER)
