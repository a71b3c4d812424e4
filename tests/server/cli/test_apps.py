"""``passport-ocr apps``, and what it makes used against a service."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import server.cli.main
from server.auth.credentials import load
from tests.doubles import VALUES, FixedEngine
from tests.server.apps import APP, SECRET_ID, SECRET_KEY
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "credentials.json"
    monkeypatch.setenv("PASSPORT_OCR_CREDENTIALS", str(path))
    return path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(server.cli.main.app, ["apps", *arguments], input=stdin)


def made(result: Result) -> dict[str, str]:
    assert result.exit_code == 0, result.output
    return dict(line.split() for line in result.stdout.splitlines())


class TestAdd:
    def test_prints_the_secret_once(self, path: Path) -> None:
        key = made(run("add", APP))
        assert key["app_id"] == APP
        assert re.fullmatch(r"AKID[0-9A-Za-z]{32}", key["SecretID"])
        assert re.fullmatch(r"[0-9A-Za-z]{32}", key["SecretKey"])
        others = [run("list"), run("add", APP), run("sign", APP), run("revoke", APP, key["SecretID"])]
        assert all(key["SecretKey"] not in other.output for other in others)

    def test_takes_a_key_that_clients_have_from_stdin(self, path: Path) -> None:
        result = run("add", APP, "--secret-id", SECRET_ID, "--requests-per-minute", "60", stdin=SECRET_KEY + "\n")
        assert made(result) == {"app_id": APP, "SecretID": SECRET_ID}
        (app,) = load(path).apps
        assert app.keys[0].secret_key.get_secret_value() == SECRET_KEY
        assert app.requests_per_minute == 60

    @pytest.mark.parametrize("secret", ["", "short", "with a blank in it", "k" * 257])
    def test_refuses_a_key_that_is_none_without_repeating_it(self, path: Path, secret: str) -> None:
        result = run("add", APP, "--secret-id", SECRET_ID, stdin=secret + "\n")
        assert result.exit_code == 1
        assert "16 to 256" in result.stderr
        assert not secret or secret not in result.output
        assert not path.exists()

    @pytest.mark.parametrize("app_id", ["a b", "1&k=2", "", "1" * 65, "护照"])
    def test_refuses_an_app_id_that_no_signature_could_hold(self, path: Path, app_id: str) -> None:
        assert run("add", app_id).exit_code == 1
        assert not path.exists()


class TestListAndRevoke:
    def test_list_shows_apps_keys_and_limits(self, path: Path) -> None:
        keys = [made(run("add", APP)), made(run("add", APP)), made(run("add", "1000002"))]
        run("add", "1000002", "--requests-per-minute", "7")
        listed = run("list").stdout
        assert all(key["SecretID"] in listed for key in keys)
        assert listed.count("1000002") == 2
        assert listed.count(" 7 ") == 2
        assert listed.count("default") == 2

    def test_revoke_one_key_then_the_app(self, path: Path) -> None:
        first, second = made(run("add", APP)), made(run("add", APP))
        assert run("revoke", APP, first["SecretID"]).exit_code == 0
        assert first["SecretID"] not in run("list").stdout
        assert second["SecretID"] in run("list").stdout
        assert run("revoke", APP).exit_code == 0
        assert second["SecretID"] not in run("list").stdout
        assert run("revoke", APP).exit_code == 1

    @pytest.mark.parametrize("arguments", [["list"], ["sign", APP]])
    def test_without_a_file(self, path: Path, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stderr == f"passport-ocr: {path}: No such file or directory\n"


class TestSign:
    def test_the_newest_key_signs_or_the_one_named(self, path: Path, engine: FixedEngine) -> None:
        first, second = made(run("add", APP)), made(run("add", APP))
        newest, named = run("sign", APP), run("sign", APP, "--secret-id", first["SecretID"])
        with serving(lambda: engine, credentials=path) as client:
            body = {"app_id": APP, "image": "AAAA"}
            for signature in (newest, named):
                headers = {"Authorization": signature.stdout.strip()}
                assert client.post("/ocr/passport", json=body, headers=headers).json()["code"] == 0
            run("revoke", APP, second["SecretID"])
            headers = {"Authorization": newest.stdout.strip()}
            assert_fault(client.post("/ocr/passport", json=body, headers=headers), 11, status=403)

    @pytest.mark.parametrize("arguments", [["--seconds", "0"], ["--seconds", "7776001"]])
    def test_times_the_service_would_refuse(self, path: Path, arguments: list[str]) -> None:
        run("add", APP)
        assert run("sign", APP, *arguments).exit_code == 2

    def test_a_key_the_app_does_not_have(self, path: Path) -> None:
        run("add", APP)
        assert run("sign", APP, "--secret-id", SECRET_ID).exit_code == 1


def test_no_secret_and_no_signature_in_any_log(path: Path, engine: FixedEngine, log: Log) -> None:
    key = made(run("add", APP))
    good = run("sign", APP).stdout.strip()
    with serving(lambda: engine, credentials=path) as client:
        for signature in (good, good[:-4], good[::-1], good + good, ""):
            headers = {"Authorization": signature}
            client.post("/ocr/passport", json={"app_id": APP, "image": "AAAA"}, headers=headers)
            client.post("/ocr/passport", content=b"{", headers=headers)
            client.get("/ocr/passport/1", headers=headers)
        path.write_text(key["SecretKey"])
        client.post("/ocr/passport", json={"app_id": APP, "image": "AAAA"}, headers={"Authorization": good})
    ours = "".join(str(line) for name in ("passport_ocr", "uvicorn", "asyncio") for line in log.lines(name))
    assert "credentials not reloaded" in ours
    secrets = [key["SecretKey"], key["SecretID"], good, good[:40], good[-40:], *VALUES.values()]
    assert not [secret for secret in secrets if len(secret) > 3 and secret in ours]
