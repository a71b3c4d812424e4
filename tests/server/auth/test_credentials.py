"""The credentials file: who may read it, what it must hold, how it is replaced and followed."""

import logging
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.auth.credentials import Credentials, CredentialsRefused, editing, load, save
from server.auth.keyring import Keyring
from server.auth.keys import add_key, existing_key, new_key, revoke
from tests.server.apps import (
    APP,
    OTHER_APP,
    OTHER_SECRET_ID,
    OTHER_SECRET_KEY,
    SECRET_ID,
    SECRET_KEY,
    TWO_APPS,
    app,
    credentials_file,
    key,
)

KEY = f'{{"secret_id": "AKIDx", "secret_key": "{SECRET_KEY}", "created": "2026-01-01T00:00:00Z"}}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return credentials_file(tmp_path)


def private(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


class TestFile:
    def test_comes_back_as_it_was_saved_for_its_owner_only(self, path: Path) -> None:
        assert load(path) == TWO_APPS
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620, 0o601, 0o777])
    def test_is_refused_where_others_may_do_anything_with_it(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        with pytest.raises(CredentialsRefused, match="chmod 600"):
            load(path)

    @pytest.mark.parametrize("mode", [0o600, 0o400])
    def test_is_accepted_where_they_may_not(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        load(path)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    @pytest.mark.parametrize(
        ("owner", "group", "mode", "accepted"),
        [
            (0, 10001, 0o440, True),  # a secret that Kubernetes mounts for a pod with fsGroup
            (0, 10001, 0o640, True),
            (0, 10001, 0o444, False),
            (0, 10001, 0o460, False),
            (0, 10002, 0o440, False),
            (10001, 10001, 0o440, False),  # its owner could have kept it from the group
            (10001, 10001, 0o400, True),
        ],
    )
    def test_as_a_mounted_secret_its_group_may_read_it(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, owner: int, group: int, mode: int, accepted: bool
    ) -> None:
        os.chown(path, owner, group)
        path.chmod(mode)
        monkeypatch.setattr(os, "geteuid", lambda: 10001)
        monkeypatch.setattr(os, "getegid", lambda: 20000)
        monkeypatch.setattr(os, "getgroups", lambda: [10001])
        if accepted:
            assert load(path) == TWO_APPS
            return
        with pytest.raises(CredentialsRefused, match="chmod 600"):
            load(path)

    def test_something_else_in_its_place(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe", 0o600)
        for name, reason in (("none", "No such file"), ("pipe", "not a file"), (".", "Is a directory")):
            with pytest.raises(CredentialsRefused, match=reason):
                load(tmp_path / name)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "Invalid JSON"),
            ('{"apps": [', "Invalid JSON"),
            ("[]", "whole"),
            ('{"version": 2}', "version"),
            ('{"apps": [{"app_id": "1", "keys": []}]}', "apps.0.keys"),
            (f'{{"apps": [{{"app_id": "1&k=2", "keys": [{KEY}]}}]}}', "apps.0.app_id"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY}], "requests_per_minute": 0}}]}}', "requests_per_minute"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY}], "{SECRET_KEY}": 1}}]}}', "apps.0: Extra inputs"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY}, {KEY}]}}]}}', "twice"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY.replace(SECRET_KEY, SECRET_KEY[:15])}]}}]}}', "16 to 256"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY.replace("AKIDx", "a b")}]}}]}}', "secret_id"),
            (f'{{"apps": [{{"app_id": "1", "keys": [{KEY}]}}', "Invalid JSON"),
        ],
    )
    def test_what_it_must_not_hold_and_no_secret_in_the_message(self, tmp_path: Path, text: str, reason: str) -> None:
        with pytest.raises(CredentialsRefused, match=reason) as refused:
            load(private(tmp_path / "c.json", text))
        assert SECRET_KEY[:15] not in str(refused.value)
        assert refused.value.__suppress_context__

    def test_secrets_show_in_no_representation(self) -> None:
        assert SECRET_KEY not in repr(TWO_APPS) + str(TWO_APPS) + str(TWO_APPS.model_dump())

    def test_one_that_cannot_be_written_stays_what_it_was(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(CredentialsRefused, match="No space left"):
            save(path, Credentials())
        monkeypatch.undo()
        assert load(path) == TWO_APPS
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_an_administrators_change_leaves_it_to_its_owner(self, path: Path) -> None:
        os.chown(path, 10001, 10002)
        save(path, TWO_APPS)
        assert (path.stat().st_uid, path.stat().st_gid) == (10001, 10002)
        assert load(path) == TWO_APPS


class TestChanges:
    def test_the_first_makes_file_and_folder(self, tmp_path: Path) -> None:
        path = tmp_path / "etc" / "passport-ocr" / "credentials.json"
        added = new_key()
        add_key(path, APP, added, None)
        assert load(path).apps == (app(APP, added),)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_a_further_key_and_what_stays(self, path: Path) -> None:
        add_key(path, APP, new_key(), 60)
        add_key(path, APP, new_key(), None)
        changed = load(path).app(APP)
        assert changed
        assert (len(changed.keys), changed.keys[0], changed.requests_per_minute) == (3, key(), 60)
        assert load(path).app(OTHER_APP) == TWO_APPS.apps[1]

    def test_a_key_that_somebody_has(self, path: Path) -> None:
        with pytest.raises(CredentialsRefused, match="twice"):
            add_key(path, APP, existing_key(OTHER_SECRET_ID, OTHER_SECRET_KEY), None)
        assert load(path) == TWO_APPS

    def test_revoking_one_key_then_the_last(self, path: Path) -> None:
        further = new_key()
        add_key(path, APP, further, None)
        revoke(path, APP, SECRET_ID)
        assert load(path).app(APP) == app(APP, further)
        revoke(path, APP, further.secret_id)
        assert load(path).app(APP) is None

    def test_revoking_an_app(self, path: Path) -> None:
        revoke(path, APP, None)
        assert load(path).apps == TWO_APPS.apps[1:]

    def test_revoking_what_is_not_there(self, path: Path) -> None:
        for app_id, secret_id in (("1000003", None), (APP, OTHER_SECRET_ID)):
            with pytest.raises(CredentialsRefused):
                revoke(path, app_id, secret_id)
        assert load(path) == TWO_APPS

    def test_none_is_lost_when_many_are_made_at_once(self, path: Path) -> None:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda n: add_key(path, f"app-{n}", new_key(), None), range(16)))
        assert len(load(path).apps) == 2 + 16

    def test_one_waits_for_another(self, path: Path) -> None:
        done = threading.Event()

        def add() -> None:
            add_key(path, "1000009", new_key(), None)
            done.set()

        with editing(path) as credentials:
            thread = threading.Thread(target=add)
            thread.start()
            save(path, Credentials(apps=credentials.apps[:1]))
            assert not done.is_set()
        thread.join(30)
        assert {one.app_id for one in load(path).apps} == {APP, "1000009"}

    def test_new_keys_are_new(self) -> None:
        made = [new_key() for _ in range(50)]
        assert len({one.secret_id for one in made} | {one.secret_key.get_secret_value() for one in made}) == 100


class TestKeyring:
    def test_needs_an_app(self, tmp_path: Path) -> None:
        with pytest.raises(CredentialsRefused, match="no app"):
            Keyring(credentials_file(tmp_path, Credentials()))

    def test_follows_the_file(self, path: Path, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        keyring = Keyring(path)
        assert keyring.keys() is keyring.keys()
        save(path, Credentials(apps=(app(APP, key("AKIDnew")),)))
        assert keyring.keys().holders.keys() == {"AKIDnew"}
        assert "reloaded: 1 apps, 1 keys" in caplog.text
        save(path, Credentials())
        assert not keyring.keys().app_ids

    @pytest.mark.parametrize("harm", ["broken", "readable for others", "gone"])
    def test_keeps_the_last_usable_and_says_so_once(
        self, path: Path, caplog: pytest.LogCaptureFixture, harm: str
    ) -> None:
        keyring = Keyring(path)
        if harm == "broken":
            private(path, SECRET_KEY)
        elif harm == "readable for others":
            path.chmod(0o644)
        else:
            path.unlink()
        assert [set(keyring.keys().holders) for _ in range(3)] == [{SECRET_ID, OTHER_SECRET_ID}] * 3
        assert caplog.text.count("not reloaded, the former ones stay in force") == 1
        assert SECRET_KEY not in caplog.text
        save(path, Credentials(apps=(app(APP, key("AKIDnew")),)))
        assert keyring.keys().holders.keys() == {"AKIDnew"}

    def test_shows_no_secret(self, path: Path) -> None:
        assert SECRET_KEY not in repr(Keyring(path).keys())


def mount(volume: Path, version: str, credentials: Credentials) -> None:
    """Let ``volume`` hold another version of a secret, as a kubelet does: a new folder, and one link exchanged."""
    (volume / version).mkdir()
    save(volume / version / "credentials.json", credentials)
    (volume / "..new").symlink_to(version)
    (volume / "..new").replace(volume / "..data")


def test_a_secret_that_kubernetes_mounts_is_followed_when_it_is_rotated(tmp_path: Path) -> None:
    mount(tmp_path, "..2026_01", TWO_APPS)
    (tmp_path / "credentials.json").symlink_to("..data/credentials.json")
    keyring = Keyring(tmp_path / "credentials.json")
    assert SECRET_ID in keyring.keys().holders
    further = new_key()
    mount(tmp_path, "..2026_02", Credentials(apps=(app(APP, further),)))
    assert set(keyring.keys().holders) == {further.secret_id}
