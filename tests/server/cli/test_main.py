from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import server.cli.main
from server.version import release


def run(*arguments: str) -> Result:
    return CliRunner().invoke(server.cli.main.app, arguments)


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "x.jpg", "--format", "xml"], ["read", "x", "--jobs", "0"], ["fly"], []]
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_version() -> None:
    assert run("version").stdout == release() + "\n"

    assert run("--version").stdout == release() + "\n"


@pytest.mark.parametrize("command", [["read"], ["serve"], ["apps", "add"], []])
def test_help_names_no_python_types(command: list[str]) -> None:
    text = run(*command, "--help").stdout
    assert "list[" not in text
    assert "Path]" not in text


def test_shells_can_complete() -> None:
    assert "--install-completion" in run("--help").stdout


class TestServe:
    def test_refuses_without_credentials(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PASSPORT_OCR_CREDENTIALS", str(tmp_path / "none.json"))
        result = run("serve")
        assert result.exit_code == 2
        assert "passport-ocr apps add" in result.stderr
        assert "start with --no-auth" in result.stderr

    def test_refuses_other_addresses_without_authorization(self) -> None:
        result = run("serve", "--no-auth", "--host", "0.0.0.0")
        assert result.exit_code == 2
        assert "loopback only" in result.stderr

    def test_bad_settings_name_the_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PASSPORT_OCR_WORKERS", "none")
        result = run("serve", "--no-auth")
        assert result.exit_code == 2
        assert result.stderr.startswith("passport-ocr: workers: ")
