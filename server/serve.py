"""Runs the service in this process, from its settings to its end."""

import difflib
import errno
import logging
import logging.config
import math
import os
import re
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from .app import create_app
from .auth.credentials import CredentialsMissing, CredentialsRefused
from .http.logs import LOGGING
from .http.protocol import uvicorn_options
from .private import keep_private
from .settings import PREFIX, Settings
from .store.store import StoreRefused
from .tracing import TracingMissing

log = logging.getLogger("passport_ocr.serve")

NOT_STARTED: Final = 3
"""The exit status where the engine could not be started."""
OTHER_FILES: Final = 128
"""Files and sockets kept for everything but connections of clients."""
WAITING_CONNECTIONS: Final = 2048
"""New connections that may wait in the kernel, if that allows as many."""
SWITCH_SECONDS: Final = 0.001
"""After so long a thread that takes a body apart lets the event loop go on; Python's five milliseconds add up."""
SLACK_SECONDS: Final = 15.0
"""For an orderly end beside reads; after that it is no orderly one."""


class SettingsRefused(Exception):
    """The service must not or cannot run like this; the message says why, one sentence a line."""


def run_service(given: dict[str, Any], announce: Callable[[str], None]) -> None:
    """Serve until a signal ends it; ``given`` settings win over the environment's.

    ``announce`` is told where to find the service, once it listens.

    Raises:
        SettingsRefused: a setting is wrong, or the service would be open to everybody.
        SystemExit: as `serve_app`.
    """
    try:
        settings = _with_room_for_connections(Settings(**given))
        sockets = _listen(settings)
        with _closed_on_failure(sockets):
            app = create_app(settings)
    except ValidationError as error:
        raise SettingsRefused(_sentences(error)) from None
    except CredentialsMissing as error:
        raise SettingsRefused(
            f"{PREFIX}CREDENTIALS: there are no app credentials to serve with ({error}): make some with "
            "`passport-ocr apps add`, or start with --no-auth, which answers everybody and listens on loopback only"
        ) from None
    except CredentialsRefused as error:
        raise SettingsRefused(f"{PREFIX}CREDENTIALS: {error}") from None
    except StoreRefused as error:
        raise SettingsRefused(f"{PREFIX}STORE: {error}") from None
    except TracingMissing as error:
        raise SettingsRefused(f"{PREFIX}TRACING: {error}") from None
    except OSError as error:  # the certificates that downloads trust are the only other file
        raise SettingsRefused(f"SSL_CERT_FILE: {error.strerror or 'that holds no certificates'}") from None
    serve_app(app, settings, sockets, announce)


def serve_app(
    app: FastAPI,
    settings: Settings,
    sockets: Sequence[socket.socket] | None = None,
    announce: Callable[[str], None] = lambda text: None,
) -> None:
    """Serve ``app`` until a signal ends it; what is under way then is answered first.

    Raises:
        SettingsRefused: the port is taken, or there is no such address.
        SystemExit: status 0 after a signal, `NOT_STARTED` where the engine could not be started.
    """
    keep_private()
    sys.setswitchinterval(SWITCH_SECONDS)
    logging.config.dictConfig(LOGGING)
    for name, meant in misspelt(os.environ):
        log.warning("%s is no setting%s", name, f": do you mean {meant}?" if meant else "")
    if os.geteuid() == 0:
        log.warning("running as root: give the service an account of its own, it needs no right of root's")
    sockets = sockets or _listen(settings)
    server = _Server(
        _configuration(app, settings),
        last_seconds=3 * settings.read_seconds + SLACK_SECONDS,
        kill_workers=app.state.pool.kill,
        ending=lambda: _answer_in_time(app, settings),
        tell=lambda address: announce(_where(address, settings)),
    )
    app.state.give_up = server.give_up
    # An orderly end: uvicorn answers what is under way, then raises the signal once more.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        server.run(list(sockets))
    except KeyboardInterrupt:
        sys.exit(0)
    sys.exit(server.status)


def _where(address: str, settings: Settings) -> str:
    """What a person does with the address."""
    if settings.no_auth:
        return f"passport-ocr listens on {address}: open it in a browser (this machine only, without authorization)"
    return (
        f"passport-ocr listens on {address}: open {_to_open(address)} in a browser and sign in with an app's key; "
        f"clients post to {address}/ocr/passport, documented at {address}/docs"
    )


def _to_open(address: str) -> str:
    """The address as a browser takes it: one that stands for all of this machine's becomes the machine's name."""
    return re.sub(r"//(0\.0\.0\.0|\[::\])(?=:)", f"//{socket.gethostname()}", address)


def misspelt(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that look like settings and are none, each with the one it resembles, if any."""
    known = [name.upper() for name in Settings.model_fields]
    ours = {name: name.upper().removeprefix(PREFIX) for name in sorted(names) if name.upper().startswith(PREFIX)}
    return [
        (name, "".join(f"{PREFIX}{meant}" for meant in difflib.get_close_matches(rest, known, 1)))
        for name, rest in ours.items()
        if rest not in known
    ]


class _Server(uvicorn.Server):
    """uvicorn's, which can give up by itself, and whose end always comes."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        last_seconds: float,
        kill_workers: Callable[[], None],
        ending: Callable[[], None],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(config)
        self._tell = tell
        self.status = 0
        self._last_seconds = last_seconds
        self._kill_workers = kill_workers
        self._tell_of_the_end = ending
        self._ending = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn; it does not say where it listens when it is given sockets."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(WAITING_CONNECTIONS)  # the event loop asked for as many as it accepts at once
            log.info("running on %s", _address(one))
        if self.started and sockets:
            self._tell(_address(sockets[0]))

    def give_up(self) -> None:
        """End, as there is no engine to serve with."""
        self.status = NOT_STARTED
        self.should_exit = True
        self._see_that_it_ends()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See uvicorn: a signal came."""
        super().handle_exit(sig, frame)
        self._see_that_it_ends()

    def _see_that_it_ends(self) -> None:
        if not self._ending:
            self._ending = True
            self._tell_of_the_end()
            timer = threading.Timer(self._last_seconds, _end_now, (self._kill_workers,))
            timer.daemon = True
            timer.start()


def _end_now(kill_workers: Callable[[], None]) -> None:
    log.error("the service did not end by itself and is ended")
    kill_workers()
    logging.shutdown()
    os._exit(1)


def _last_answers(settings: Settings) -> float:
    """Seconds in which everything under way is answered once a signal came: a picture waits, and then is read."""
    return 2 * settings.read_seconds


def _answer_in_time(app: FastAPI, settings: Settings) -> None:
    app.state.ending = True
    app.state.pool.end_within(_last_answers(settings))


def _configuration(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,  # `LOGGING` is in force already
        **uvicorn_options(settings),
        # Who still sends a body after it does not hold up the end.
        timeout_graceful_shutdown=math.ceil(_last_answers(settings)) + 1,
    )


def _listen(settings: Settings) -> list[socket.socket]:
    """Sockets of the address and port the settings name; several where the name has several addresses."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise SettingsRefused(f"{PREFIX}HOST: there is no address {settings.host} to listen on") from None
    return [_bound(family, address) for family, address in dict.fromkeys((f, a) for f, *_, a in found)]


def _bound(family: int, address: Any) -> socket.socket:
    # The protocol is named: only where it is known asyncio lets small packets go at once (TCP_NODELAY). Else the
    # second part of an answer waits until the first is acknowledged, which the client's kernel puts off by 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        name, advice = _CANNOT_LISTEN.get(error.errno or 0, ("PORT", "choose another port"))
        raise SettingsRefused(
            f"{PREFIX}{name}: {address[0]} port {address[1]} cannot be listened on ({error.strerror}): {advice}"
        ) from None
    return listening


_CANNOT_LISTEN: Final = {
    errno.EADDRINUSE: ("PORT", "end the program that uses it, or choose another port"),
    errno.EACCES: ("PORT", "choose one from 1024 on, others are root's, and let a proxy listen on the other"),
    errno.EADDRNOTAVAIL: ("HOST", "this machine has no such address"),
}
"""Which setting is to blame, and what helps."""


@contextmanager
def _closed_on_failure(sockets: Iterable[socket.socket]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for one in sockets:
            one.close()
        raise


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _with_room_for_connections(settings: Settings) -> Settings:
    """Raise the limit on open files as far as connections need and the system allows; else allow fewer of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    others = OTHER_FILES + 8 * settings.workers + 4 * settings.concurrent_downloads
    wanted = settings.connections + others
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return settings
    if soft - others < 8:
        raise SettingsRefused(f"only {soft} files may be open: raise the limit (ulimit -n) to {wanted}")
    return settings.model_copy(update={"connections": soft - others})


def _sentences(error: ValidationError) -> str:
    problems = error.errors(include_input=False)
    return "\n".join(dict.fromkeys(_sentence(problem["loc"], problem["msg"]) for problem in problems))


def _sentence(place: Sequence[int | str], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(place[0]).upper()}: {message}" if place else message
