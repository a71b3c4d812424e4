"""Files are read as UTF-8 whatever the locale says.

Python tells of every text file that is opened in the encoding of the locale when asked to (PEP 597). That needs no
locale to be installed here, and what other libraries open is not ours. In zh_CN.GBK nothing was read, in ISO-8859-1
accents were lost. Where such locales are installed, library, command line and service are run in them too.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from tests.server.service_process import REAL, service_process

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


LOCALES = {"zh_CN.GBK": "gbk", "de_DE.ISO-8859-1": "iso8859-1"}
"""Locales whose encoding is not UTF-8, and what Python calls the encoding; ``localedef`` makes them."""


@pytest.fixture(params=LOCALES)
def other_locale(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of a process in another locale."""
    name: str = request.param
    environment = {"LC_ALL": name, "PYTHONUTF8": "0"}
    asked = "import codecs, locale; print(codecs.lookup(locale.getencoding()).name)"
    if run("-c", asked, **environment).stdout.decode().strip() != LOCALES[name]:
        country, encoding = name.split(".")
        pytest.skip(f"no locale {name}: run `localedef -i {country} -f {encoding} {name}` (Debian: package locales)")
    return environment


def test_the_library_reads_the_same_in_another_locale(other_locale: dict[str, str]) -> None:
    whole = "import sys, engine; r = engine.recognize(sys.argv[1]); print(ascii(r.to_contract()), r.warnings)"
    same = run("-c", whole, str(PICTURE), PYTHONUTF8="1").stdout
    assert len(same) > 1000
    assert run("-c", whole, str(PICTURE), **other_locale).stdout == same


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_the_command_line_writes_the_same_in_another_locale(form: str, other_locale: dict[str, str]) -> None:
    command = ("-m", "server.cli", "read", "--format", form, str(PICTURE))
    same, other = (run(*command, **env).stdout.decode() for env in ({"PYTHONUTF8": "1"}, other_locale))
    assert "签发国" in same
    assert without_seconds(other) == without_seconds(same)


def without_seconds(text: str) -> str:
    return re.sub(r'"seconds":[\d.]+|\([\d.]+ s\)', "", text)


def test_the_service_answers_the_same_in_another_locale(other_locale: dict[str, str]) -> None:
    form = {"app_id": "1", "session_id": "会话 é"}
    with service_process(REAL, ROOT, os.environ | other_locale) as service:
        response = service.client.post("/ocr/passport", data=form, files={"image": PICTURE.read_bytes()})
    assert response.json()["data"] == json.loads(json.dumps(engine.recognize(PICTURE).to_contract("会话 é")))
