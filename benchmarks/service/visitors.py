"""What the load tool runs: users that send pictures and junk, and write down every answer.

``python -m locust -f benchmarks/service/visitors.py`` with the settings of `Orders` in the environment;
`benchmarks.service.traffic` starts it like that.
"""

import base64
import io
import itertools
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from locust import FastHttpUser, between, constant_throughput, events, task
from PIL import Image

from benchmarks.service.visits import Visit, digest_of, is_aip, wants_portrait

PATH: Final = "/ocr/passport"
API3_PATH: Final = "/"
API3_HEADERS: Final = {
    "Content-Type": "application/json",
    "X-TC-Action": "MLIDPassportOCR",
    "X-TC-Version": "2018-11-19",
}
API3_CODES: Final = {
    "RequestLimitExceeded": (503, 503),
    "ServiceUnavailable": (503, 503),
    "InternalError": (502, 502),
}
"""What its errors, which all have HTTP status 200, say in the other contract's statuses and codes."""
AIP_PATH: Final = "/rest/2.0/ocr/v1/passport"
AIP_CODES: Final = {2: (503, 503), 4: (503, 503), 216630: (502, 502)}
KILLED: Final = (502, 502)
BUSY: Final = (503, 503)


@dataclass(frozen=True, slots=True)
class Orders:
    """What the users are to do, from the environment.

    ``rate`` are requests a second of each user, 0 for one after another; ``hostile`` the share that is no picture
    of a passport.
    """

    samples: Path
    record: Path
    rate: float
    hostile: float

    @classmethod
    def from_environment(cls) -> "Orders":
        """As `benchmarks.service.traffic` set it."""
        given = json.loads(os.environ["TRAFFIC"])
        return cls(Path(given["samples"]), Path(given["record"]), given["rate"], given["hostile"])


def _encoded(format: str, mode: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, format)
    return file.getvalue()


def _bomb() -> bytes:
    """A PNG that declares 3.6 gigapixels."""
    png = bytearray(_encoded("PNG", "L", (8, 8)))
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(png)


ORDERS: Final = Orders.from_environment()
SAMPLES: Final = [
    (sample["file"], Path(sample["path"]).read_bytes(), sample["digest"], sample["zone"])
    for sample in json.loads(ORDERS.samples.read_text(encoding="utf-8"))
]
FORM: Final = {"app_id": "1"}
JUNK: Final[dict[str, tuple[dict[str, Any], tuple[int, int]]]] = {
    "empty": ({"data": FORM, "files": {"image": ("p", b"")}}, (200, -1300)),
    "zeros": ({"data": FORM, "files": {"image": ("p", bytes(100_000))}}, (200, -1102)),
    "half": ({"data": FORM, "files": {"image": ("p", SAMPLES[0][1][: len(SAMPLES[0][1]) // 2])}}, (200, -1102)),
    "bomb": ({"data": FORM, "files": {"image": ("p", _bomb())}}, (200, -1102)),
    "gif": ({"data": FORM, "files": {"image": ("p", _encoded("GIF", "L", (64, 64)))}}, (200, -1400)),
    "blank": ({"data": FORM, "files": {"image": ("p", _encoded("JPEG", "L", (4000, 3000)))}}, (200, -9020)),
    "no base64": ({"json": {"app_id": "1", "image": "%%%"}}, (200, -1102)),
    "no json": ({"data": b"{", "headers": {"Content-Type": "application/json"}}, (400, 400)),
    "too long": ({"data": bytes(7_000_000), "headers": {"Content-Type": "application/json"}}, (413, 413)),
}
"""What a request is made of, and the status and code that are right."""

SDK_BODIES: Final = [
    json.dumps({"ImageBase64": base64.b64encode(picture).decode(), "RetImage": True}).encode()
    for _, picture, _, _ in SAMPLES
]
"""Made once: the load tool works on the same cores as the service, which its work must not slow down."""
FORM_TYPE: Final = "multipart/form-data; boundary=part"

_record: IO[str]
_turns = itertools.count()


@events.test_start.add_listener
def _open_record(environment: Any, **_: Any) -> None:
    global _record
    _record = ORDERS.record.open("w", encoding="utf-8")


@events.test_stop.add_listener
def _close_record(environment: Any, **_: Any) -> None:
    _record.close()


def _form(session_id: str, picture: bytes) -> bytes:
    head = '--part\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    fields = "".join(head.format(name, value) for name, value in (FORM | {"session_id": session_id}).items())
    file = '--part\r\nContent-Disposition: form-data; name="image"; filename="p"\r\n\r\n'
    return b"".join(((fields + file).encode(), picture, b"\r\n--part--\r\n"))


def answer_of(status: int, body: Any) -> tuple[int, int | None]:
    """HTTP status and code of an answer; those that say the same where it is another contract's."""
    if "log_id" in body:
        code = body.get("error_code", 0)
        return AIP_CODES.get(code, (status, code))
    if "Response" not in body:
        return status, body.get("code")
    error = body["Response"].get("Error")
    return API3_CODES.get(error["Code"], (status, None)) if error else (status, 0)


class Visitor(FastHttpUser):
    """Sends one request after another, or at a fixed rate."""

    wait_time = constant_throughput(ORDERS.rate) if ORDERS.rate else between(0, 0)
    connection_timeout = network_timeout = 120.0

    def on_start(self) -> None:
        """Begin at a random moment: users in step would send bursts, of which a queue refuses most."""
        time.sleep(random.uniform(0, 1 / ORDERS.rate) if ORDERS.rate else 0)

    @task
    def visit(self) -> None:
        """Send a picture, or now and then junk."""
        if random.random() < ORDERS.hostile:
            self._send_junk(random.choice(list(JUNK)))
        elif wants_portrait(turn := next(_turns), len(SAMPLES)):
            self._send_as_sdk(turn)
        elif is_aip(turn, len(SAMPLES)):
            self._send_as_form(turn)
        else:
            self._send_picture(turn)

    def _send_as_sdk(self, turn: int) -> None:
        file, _, _, zone = SAMPLES[turn % len(SAMPLES)]

        def right(answer: tuple[int, int | None], body: Any) -> bool:
            if answer != (200, 0):
                return answer in (BUSY, KILLED)
            fields = body["Response"]
            return bool(digest_of([fields["CodeSet"], fields["CodeCrc"]]) == zone)

        self._send(
            f"{file} as SDK", right, path=API3_PATH, headers=API3_HEADERS, data=SDK_BODIES[turn % len(SAMPLES)]
        )

    def _send_as_form(self, turn: int) -> None:
        file, picture, _, zone = SAMPLES[turn % len(SAMPLES)]

        def right(answer: tuple[int, int | None], body: Any) -> bool:
            if answer != (200, 0):
                return answer in (BUSY, KILLED)
            fields = body["words_result"]
            return bool(digest_of([fields[name]["words"] for name in ("MRZCode1", "MRZCode2")]) == zone)

        asked = {"image": base64.b64encode(picture).decode()}
        self._send(f"{file} as form", right, path=AIP_PATH, data=asked)

    def _send_picture(self, turn: int) -> None:
        file, picture, digest, _ = SAMPLES[turn % len(SAMPLES)]
        session = f"visit-{turn}"

        def right(answer: tuple[int, int | None], body: Any) -> bool:
            if answer != (200, 0):
                return answer in (BUSY, KILLED)
            data = body["data"]
            return bool(data["session_id"] == session and digest_of(data["items"]) == digest)

        self._send(file, right, data=_form(session, picture), headers={"Content-Type": FORM_TYPE})

    def _send_junk(self, kind: str) -> None:
        request, expected = JUNK[kind]
        self._send(kind, lambda answer, body: answer in (expected, BUSY, KILLED), **request)

    def _send(
        self, kind: str, right: Callable[[tuple[int, int | None], Any], bool], *, path: str = PATH, **request: Any
    ) -> None:
        started = time.perf_counter()
        with self.client.post(path, catch_response=True, name=kind, **request) as response:
            seconds = time.perf_counter() - started
            try:
                body = json.loads(response.text or "")
            except ValueError:
                body = {}
            status, code = answer_of(response.status_code or 0, body)
            visit = Visit(kind, time.time(), seconds, status, code, right((status, code), body))
            response.success()  # what is right is judged here, not by the tool
        _record.write(json.dumps(asdict(visit)) + "\n")
