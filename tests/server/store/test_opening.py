"""Which store the settings open."""

import asyncio
import sys
from pathlib import Path

import pytest

from server.settings import Settings
from server.store.behind import WriteBehind
from server.store.memory import MemoryStore
from server.store.opening import open_store
from server.store.redis import RedisStore
from server.store.store import NoStore, StoreRefused


def settings(store: str) -> Settings:
    return Settings(no_auth=True, store=store)


@pytest.mark.parametrize(
    ("store", "kind"),
    [
        ("off", NoStore),
        ("memory", MemoryStore),
        ("redis://localhost", RedisStore),
        ("rediss://:secret@localhost:6380/1", RedisStore),
        ("unix:///run/redis.sock", RedisStore),
    ],
)
def test_each_kind(store: str, kind: type[object]) -> None:
    opened = open_store(settings(store))
    store = opened._store
    assert isinstance(store._store if isinstance(store, WriteBehind) else store, kind)
    asyncio.run(opened.close())


def test_a_file_in_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    asyncio.run(open_store(settings("sqlite:~/answers.sqlite")).close())
    assert (tmp_path / "answers.sqlite").is_file()


def test_redis_without_its_client_names_the_extra_and_not_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for loaded in [name for name in sys.modules if name.startswith(("redis.", "server.store.redis"))]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(StoreRefused, match=r"pip install 'passport-ocr\[redis\]'") as refused:
        open_store(settings("redis://:SECRET@localhost"))
    assert "SECRET" not in str(refused.value)
