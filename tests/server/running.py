"""A real server on a loopback port, and the one way a test looks at an error."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from engine import empty_contract
from server.app import create_app
from server.contract.ocr_passport.wire import Answer, Refusal
from server.http.protocol import uvicorn_options
from server.pool.pool import ReadingPool
from server.pool.worker import PassportEngine
from server.settings import Settings
from tests.server.doubles import InProcessPool


@contextmanager
def serving(
    open_engine: Callable[[], PassportEngine] | None,
    *,
    pool: ReadingPool | None = None,
    warm: bool = True,
    **settings: Any,
) -> Iterator[httpx.Client]:
    """Serve over HTTP while the block runs, to anybody unless ``credentials`` are set; the base URL is the server.

    ``open_engine`` is called in this process, in threads; with None, pictures are read as in production.
    """
    if open_engine is not None:
        pool = InProcessPool(open_engine)
    given = Settings(no_auth="credentials" not in settings, **settings)
    server = uvicorn.Server(
        uvicorn.Config(create_app(given, pool), port=0, log_config=None, **uvicorn_options(given))
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with httpx.Client(base_url=_address(server, thread), timeout=60, trust_env=False) as client:
            if warm:
                wait_until_ready(client)
            yield client
    finally:
        server.should_exit = True
        thread.join()


def _address(server: uvicorn.Server, thread: threading.Thread) -> str:
    patience = threading.Event()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        patience.wait(0.005)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    return f"http://{host}:{port}"


def wait_until_ready(client: httpx.Client) -> None:
    patience = threading.Event()
    for _ in range(12000):
        response = client.get("/readyz")
        if response.status_code == 200:
            return
        assert response.json()["code"] == 503, response.text
        patience.wait(0.005)
    raise AssertionError("the service did not get ready")


def assert_fault(response: httpx.Response, code: int, *, status: int = 200, session_id: str | None = None) -> None:
    """Check everything an error answer must be: status, JSON shape, code, a message, fifteen empty items with 200."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert len(response.headers["x-request-id"]) == 16
    body = response.json()
    assert body["code"] == code, body
    assert len(body["message"]) > 10
    if status != 200:
        Refusal.model_validate(body)
        return
    Answer.model_validate(body)
    assert body["data"] == empty_contract(body["data"]["session_id"])
    if session_id is not None:
        assert body["data"]["session_id"] == session_id
