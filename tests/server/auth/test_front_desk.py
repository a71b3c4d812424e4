"""Who is let in at the web page."""

from pathlib import Path

import pytest

from server.auth.credentials import Credentials, save
from server.auth.failures import Failures
from server.auth.front_desk import KeyDesk, Visitor
from server.auth.keyring import Keyring
from server.auth.sessions import IDLE_SECONDS
from server.contract import faults, page_faults
from server.contract.faults import Refused
from tests.server.apps import APP, NOW, OTHER_APP, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, app, credentials_file, key

ADDRESS = "192.0.2.7"


class Clock:
    now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return credentials_file(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(path: Path, clock: Clock) -> KeyDesk:
    return KeyDesk(Keyring(path), Failures(3), clock)


def refused(desk: KeyDesk, secret_id: str, secret_key: str, address: str = ADDRESS) -> int:
    with pytest.raises(Refused) as refusal:
        desk.sign_in(secret_id, secret_key, address)
    return refusal.value.fault.code


def stranger(desk: KeyDesk, cookie: str) -> bool:
    try:
        desk.recognise(cookie)
    except Refused as refusal:
        assert refusal.fault is page_faults.NOT_SIGNED_IN
        return True
    return False


def enter(desk: KeyDesk) -> tuple[Visitor, str]:
    visitor = desk.sign_in(SECRET_ID, SECRET_KEY, ADDRESS)
    return visitor, desk.cookie_of(visitor)


def test_who_shows_a_key_is_recognised_as_its_app(desk: KeyDesk) -> None:
    visitor, cookie = enter(desk)
    assert visitor.admission.app == APP
    assert desk.recognise(cookie) == visitor


@pytest.mark.parametrize(
    ("secret_id", "secret_key"),
    [(SECRET_ID, OTHER_SECRET_KEY), (SECRET_ID, ""), ("AKIDnobody", SECRET_KEY), ("AKIDnobody", ""), ("", "")],
)
def test_wrong_keys_and_unknown_ids_are_refused_alike(desk: KeyDesk, secret_id: str, secret_key: str) -> None:
    assert refused(desk, secret_id, secret_key) == page_faults.SIGN_IN_WRONG.code


def test_after_too_many_failures_not_even_the_right_key_is_looked_at(desk: KeyDesk) -> None:
    for _ in range(3):
        assert refused(desk, SECRET_ID, OTHER_SECRET_KEY) == page_faults.SIGN_IN_WRONG.code
    assert refused(desk, SECRET_ID, SECRET_KEY) == faults.TOO_MANY_FAILURES.code
    desk.sign_in(SECRET_ID, SECRET_KEY, "192.0.2.8")  # who shares no address is not locked out


def test_failures_of_signatures_count_as_well(path: Path, clock: Clock) -> None:
    failures = Failures(1)
    with pytest.raises(Refused):
        failures.count(ADDRESS, SECRET_ID, Refused(faults.SIGNATURE_WRONG))
    assert refused(KeyDesk(Keyring(path), failures, clock), SECRET_ID, SECRET_KEY) == faults.TOO_MANY_FAILURES.code


@pytest.mark.parametrize("cookie", ["", "a~b~1~2~3", "AKIDnobody~" + "0" * 16 + "~1~2~" + "0" * 64])
def test_other_cookies_open_nothing(desk: KeyDesk, cookie: str) -> None:
    assert stranger(desk, cookie)


def test_a_session_ends_when_nothing_is_read_for_long(desk: KeyDesk, clock: Clock) -> None:
    _, cookie = enter(desk)
    clock.now += IDLE_SECONDS - 1
    later = desk.cookie_of(desk.recognise(cookie))
    clock.now += 2
    assert stranger(desk, cookie)
    assert not stranger(desk, later)


def test_signing_out_ends_the_session_although_the_cookie_is_kept(desk: KeyDesk) -> None:
    visitor, cookie = enter(desk)
    other, others_cookie = enter(desk)
    prolonged = desk.cookie_of(visitor)
    desk.sign_out(visitor)
    assert stranger(desk, cookie)
    assert stranger(desk, prolonged)
    assert desk.recognise(others_cookie) == other


def test_a_key_that_was_revoked_or_changed_ends_its_sessions(desk: KeyDesk, path: Path) -> None:
    _, cookie = enter(desk)
    save(path, Credentials(apps=(app(APP, key(SECRET_ID, OTHER_SECRET_KEY)),)))
    assert stranger(desk, cookie)
    save(path, Credentials(apps=(app(OTHER_APP, key("AKIDother")),)))
    assert stranger(desk, cookie)


def test_another_node_knows_the_session(desk: KeyDesk, path: Path, clock: Clock) -> None:
    visitor, cookie = enter(desk)
    assert KeyDesk(Keyring(path), Failures(3), clock).recognise(cookie) == visitor
