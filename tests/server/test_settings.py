import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.cli.settings_table import settings_table
from server.settings import Settings, is_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "passport.example", ""])
def test_no_auth_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValidationError, match=re.escape("loopback only")):
        Settings(no_auth=True, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)
    assert Settings(no_auth=True, host=host).host == host


def test_environment_sets_them_and_arguments_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSPORT_OCR_NO_AUTH", "true")
    monkeypatch.setenv("PASSPORT_OCR_PORT", "9001")
    monkeypatch.setenv("PASSPORT_OCR_WAITING_READS", "3")
    settings = Settings(port=9002)
    assert (settings.no_auth, settings.port, settings.waiting_reads) == (True, 9002, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "http"),
        ("READER", "magic"),
        ("STORE", "disk"),
        ("DOWNLOAD_PORTS", "443,99999"),
        *(
            (f"{what}_SECONDS", value)
            for what in ("SEND", "RECEIVE", "DOWNLOAD", "STORE")
            for value in ("inf", "nan")
        ),
    ],
)
def test_bad_values_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PASSPORT_OCR_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings(no_auth=True)


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_page_of_settings_lists_them_all() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations" / "settings.md").read_text(encoding="utf-8")
    assert settings_table() in page, "copy what `python -m server.cli.settings_table` prints into settings.md"
