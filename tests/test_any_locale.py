"""Files are read as UTF-8 whatever the locale says.

Python tells of every text file that is opened in the encoding of the locale when asked to (PEP 597). That needs no
locale to be installed here, and what other libraries open is not ours. In zh_CN.GBK nothing was read, in ISO-8859-1
accents were lost.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "tests" / "golden" / "pictures" / "drawn_0001.jpg"
TELLING = ("-X", "warn_default_encoding", "-X", "utf8=0", "-W", "always::EncodingWarning")
LIBRARY = "import sys, engine; print(len(engine.recognize(sys.argv[1]).items))"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *TELLING, *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=os.environ | environment, check=False)


def ours(stderr: bytes) -> list[str]:
    """The places of the project that open a file in the locale's encoding."""
    lines = stderr.decode(errors="replace").splitlines()
    told = [line for line in lines if "EncodingWarning" in line and ".venv" not in line]
    return [line for line in told if line.startswith((str(ROOT), "<string>"))]


def test_the_check_notices_a_file_in_the_locales_encoding(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("x", encoding="utf-8")
    assert len(ours(run("-c", "import sys; open(sys.argv[1])", str(path)).stderr)) == 1


def test_the_library_reads_its_files_as_utf_8() -> None:
    done = run("-c", LIBRARY, str(PICTURE))
    assert ours(done.stderr) == []
    assert done.stdout.strip() == b"15"


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_the_command_line_reads_and_writes_utf_8(form: str) -> None:
    done = run("-m", "server.cli", "read", "--format", form, str(PICTURE), LC_ALL="C", PYTHONIOENCODING="utf-8")
    assert ours(done.stderr) == []
    assert "签发国" in done.stdout.decode("utf-8")
