"""The example for nginx, run as it stands but for names, ports and certificates."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import trustme

from tests.doubles import FixedEngine
from tests.server.redis_server import free_port
from tests.server.running import serving

EXAMPLE = Path(__file__).parents[3] / "server" / "deploy" / "nginx.conf"
READ = {"app_id": "1", "image": "AAAA", "session_id": "s-1"}


@pytest.fixture(scope="module")
def nginx() -> str:
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    return program


@contextmanager
def running(nginx: str, folder: Path, node: str, **changes: str) -> Iterator[httpx.Client]:
    """The example in front of ``node``, a host and port, as a client over TLS sees it."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "both.pem"))
    port = free_port()
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in {
        "127.0.0.1:8000": node,
        "listen 443": f"listen 127.0.0.1:{port}",
        "/etc/nginx/tls/fullchain.pem": str(folder / "both.pem"),
        "/etc/nginx/tls/privkey.pem": str(folder / "both.pem"),
        "/var/log/nginx": str(folder),
        **changes,
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text)
    places = "".join(
        f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {places} include {folder}/site.conf; }}\n"
    )
    command = [nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            with httpx.Client(base_url=f"https://localhost:{port}", verify=trusted, trust_env=False) as client:
                yield client
        finally:
            process.terminate()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    patience = threading.Event()
    for _ in range(2000):
        assert process.poll() is None, "nginx ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            patience.wait(0.005)
    raise AssertionError("nginx does not answer")


def test_pictures_pass_and_metrics_do_not(nginx: str, tmp_path: Path) -> None:
    with serving(FixedEngine) as service:
        node = urlsplit(str(service.base_url)).netloc
        with running(nginx, tmp_path, node) as client:
            answer = client.post("/ocr/passport", json=READ)
            assert (answer.status_code, answer.json()["code"]) == (200, 0)
            assert client.post("/ocr/passport", content=bytes(7_000_000)).json()["code"] == 413
            hidden = client.get("/metrics")
            assert (hidden.status_code, hidden.json()["code"]) == (404, 404)
            assert list((tmp_path / "client_body").iterdir()) == []


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that arrived."""

    def do_GET(self) -> None:
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_the_host_that_a_client_signs_and_its_own_address_arrive(nginx: str, tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Echo) as echo:
        threading.Thread(target=echo.serve_forever, daemon=True).start()
        with running(nginx, tmp_path, f"127.0.0.1:{echo.server_port}") as client:
            arrived = client.get("/", headers={"X-Forwarded-For": "8.8.8.8"}).json()
        echo.shutdown()
    assert arrived["Host"] == f"localhost:{client.base_url.port}"
    assert arrived["X-Forwarded-For"] == "127.0.0.1"


def test_a_service_that_is_gone_is_told_in_the_contracts_words(nginx: str, tmp_path: Path) -> None:
    with running(nginx, tmp_path, f"127.0.0.1:{free_port()}") as client:
        answer = client.post("/ocr/passport", json=READ)
        assert (answer.status_code, answer.json()["code"]) == (503, 503)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["retry-after"] == "2"
        other = client.post("/", json={})
        assert other.status_code == 200
        assert other.json()["Response"]["Error"]["Code"] == "InternalError"
        third = client.post("/rest/2.0/ocr/v1/passport", data={})
        assert (third.status_code, third.json()["error_code"]) == (200, 2)
        token = client.get("/oauth/2.0/token")
        assert (token.status_code, token.json()["error"]) == (503, "server_error")


def test_too_many_of_one_address_are_told_in_the_contracts_words(nginx: str, tmp_path: Path) -> None:
    with (
        serving(FixedEngine) as service,
        running(
            nginx, tmp_path, urlsplit(str(service.base_url)).netloc, **{"20r/s": "1r/m", "burst=40": "burst=1"}
        ) as client,
    ):
        answers = [client.post("/ocr/passport", json=READ) for _ in range(3)]
        assert [answer.json()["code"] for answer in answers] == [0, 0, 15]
        assert (answers[-1].status_code, answers[-1].headers["retry-after"]) == (429, "1")
        assert client.post("/", json={}).json()["Response"]["Error"]["Code"] == "RequestLimitExceeded"
        assert client.post("/rest/2.0/ocr/v1/passport", data={}).json()["error_code"] == 18
        assert client.get("/oauth/2.0/token").status_code == 429


def test_no_log_holds_what_stands_in_a_query(nginx: str, tmp_path: Path) -> None:
    """Tokens and keys do; nginx would log them, with its errors too."""
    with running(nginx, tmp_path, f"127.0.0.1:{free_port()}") as client:
        client.post("/rest/2.0/ocr/v1/passport?access_token=SECRET", data={})
        client.get("/oauth/2.0/token?client_secret=SECRET")
    logged = (tmp_path / "passport_ocr.log").read_text()
    assert '"POST /rest/2.0/ocr/v1/passport" 200' in logged
    assert '"GET /oauth/2.0/token" 503' in logged
    assert "SECRET" not in "".join(file.read_text() for file in tmp_path.glob("*.log"))
