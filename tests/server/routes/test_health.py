"""Whether the service lives and is ready: for supervisors and load balancers of any habit."""

import httpx
import pytest


def test_live_and_ready(client: httpx.Client) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/docs"])
def test_their_heads_alone(client: httpx.Client, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/docs"])
def test_with_a_slash_at_the_end(client: httpx.Client, path: str) -> None:
    assert client.get(f"{path}/", follow_redirects=True).content == client.get(path).content


def test_pictures_with_a_slash_at_the_end(client: httpx.Client) -> None:
    read = {"app_id": "1", "image": "AAAA", "session_id": "s"}
    assert client.post("/ocr/passport/", json=read).content == client.post("/ocr/passport", json=read).content
