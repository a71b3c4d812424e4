import errno
import pwd
import socket
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
        assert result.stderr.startswith("passport-ocr: PASSPORT_OCR_WORKERS: ")

    @pytest.mark.parametrize("networks", ["10.0.0.0/8,secret", "10.0.0.1/8", "x"])
    def test_bad_networks(self, monkeypatch: pytest.MonkeyPatch, networks: str) -> None:
        monkeypatch.setenv("PASSPORT_OCR_DOWNLOAD_NETWORKS", networks)
        result = run("serve", "--no-auth")
        assert_one_sentence(result, "PASSPORT_OCR_DOWNLOAD_NETWORKS: ")
        assert "10.1.0.0/16" in result.stderr

    @pytest.mark.parametrize("url", ["redis://:SECRET@host:port/0", "redis://:SECRET@[host/0"])
    def test_a_bad_redis_url_is_not_printed(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("PASSPORT_OCR_STORE", url)
        assert_one_sentence(run("serve", "--no-auth", "--port", "0"), "PASSPORT_OCR_STORE: ")

    def test_certificates_that_cannot_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        assert_one_sentence(run("serve", "--no-auth", "--port", "0"), "SSL_CERT_FILE: ")

    def test_a_port_that_is_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            result = run("serve", "--no-auth", "--port", str(port))
        assert_one_sentence(result, f"PASSPORT_OCR_PORT: 127.0.0.1 port {port} ")
        assert "choose another port" in result.stderr

    @pytest.mark.parametrize(
        ("number", "setting", "advice"),
        [
            (errno.EACCES, "PORT", "1024"),
            (errno.EADDRNOTAVAIL, "HOST", "this machine has no such address"),
            (errno.ENOBUFS, "PORT", "another port"),
        ],
    )
    def test_an_address_that_cannot_be_listened_on(
        self, monkeypatch: pytest.MonkeyPatch, number: int, setting: str, advice: str
    ) -> None:
        monkeypatch.setattr(socket.socket, "bind", lambda *_: (_ for _ in ()).throw(OSError(number, "no")))
        result = run("serve", "--no-auth")
        assert_one_sentence(result, f"PASSPORT_OCR_{setting}: ")
        assert advice in result.stderr

    def test_an_unknown_store(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PASSPORT_OCR_STORE", "disk:SECRET")
        result = run("serve", "--no-auth")
        assert_one_sentence(result, "PASSPORT_OCR_STORE: ")
        assert "sqlite:FILE" in result.stderr

    def test_an_account_without_a_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HOME", raising=False)
        monkeypatch.setattr(pwd, "getpwuid", nobody)
        assert_one_sentence(run("serve", "--port", "0"), "PASSPORT_OCR_CREDENTIALS: ")
        result = run("apps", "list")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
        assert "set HOME" in result.stderr
        monkeypatch.setenv("PASSPORT_OCR_STORE", "sqlite:~/answers.db")
        assert_one_sentence(run("serve", "--no-auth", "--port", "0"), "PASSPORT_OCR_STORE: ~/answers.db: ")

    def test_credentials_that_are_there_but_of_no_use(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PASSPORT_OCR_CREDENTIALS", str(tmp_path))
        result = run("serve", "--port", "0")
        assert_one_sentence(result, f"PASSPORT_OCR_CREDENTIALS: {tmp_path}: ")
        assert "apps add" not in result.stderr  # which would not help


def nobody(uid: int) -> None:
    raise KeyError(uid)


def assert_one_sentence(result: Result, beginning: str) -> None:
    assert result.exit_code == 2, result.stderr
    assert result.stderr.startswith(f"passport-ocr: {beginning}")
    assert result.stderr.count("\n") == 1
    assert "SECRET" not in result.stderr
    assert "Traceback" not in result.stderr
