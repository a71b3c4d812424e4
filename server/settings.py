"""How the service is configured: by environment variables ``PASSPORT_OCR_…`` or arguments of ``serve``."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from engine.readers.select import ReaderName

from .intake.addresses import Network

MAX_BODY_BYTES = 6 * 1024 * 1024
"""The contract's limit on a request body, counted on the wire."""

API3_BODY_BYTES = 10 * 1024 * 1024 + 64 * 1024
"""10 M characters of base64 and the JSON around them."""

PREFIX = "PASSPORT_OCR_"
"""Of the environment variables."""

LONGEST_WAIT = 24 * 3600
"""Seconds that any single wait may be set to."""

LONGEST_KEPT = 10 * 365 * 24 * 3600
"""Seconds that answers may be kept; Redis and SQLite count no further than some centuries."""

STORES = re.compile(r"off|memory|sqlite:.+|rediss?://.+|unix://.+")

Port = Annotated[int, Field(ge=1, le=65535)]

DEFAULT_CREDENTIALS = Path("~/.config/passport-ocr/credentials.json")


class Settings(BaseSettings):
    """Settings of one service process; unsafe combinations are refused here, before a port is opened.

    Raises:
        pydantic.ValidationError: a value is out of range, or the service would be open to everybody.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    no_auth: bool = Field(False, description="answer everybody who reaches the port; loopback addresses only")
    credentials: Path = Field(
        DEFAULT_CREDENTIALS,
        description="file with the apps' keys, see `passport-ocr apps`",
    )
    requests_per_minute: int = Field(
        600, ge=1, description="requests an app may send a minute, where its credentials do not say otherwise"
    )
    connections: int = Field(
        1000, ge=8, description="connections at the same time; where there are more, idle ones are closed, else 503"
    )
    connections_per_address: int = Field(
        250, ge=1, description="the same from one address that is no trusted proxy's"
    )
    send_seconds: float = Field(
        30, gt=0, le=LONGEST_WAIT, description="longest time a client may take nothing of its answer"
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")),
        description="networks of proxies whose `X-Forwarded-For` names the client, separated by commas",
    )

    failed_signatures_per_minute: int = Field(
        60,
        ge=1,
        description="signatures that may fail a minute, of one SecretID from one address; more are answered 429",
    )
    reader: ReaderName = Field("auto", description="which reader reads the MRZ: auto, ctc, tesseract or pytesseract")
    max_body_bytes: int = Field(MAX_BODY_BYTES, ge=1024, description="longest request body accepted")
    api3_body_bytes: int = Field(
        API3_BODY_BYTES, ge=1024, description="the same for API 3.0 at `/`, whose pictures may be larger"
    )
    signed_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="further names of this service that clients of API 3.0 sign, where a proxy changes `Host`",
    )
    unsigned_payload: bool = Field(
        True, description="let clients of API 3.0 leave their bodies unsigned (`UNSIGNED-PAYLOAD`)"
    )
    token_seconds: int = Field(
        2_592_000, ge=60, le=7_776_000, description="how long an access token of `/oauth/2.0/token` holds"
    )
    concurrent_bodies: int = Field(
        64, ge=1, description="bodies that may arrive at the same time, shared among apps; more are answered 503"
    )
    concurrent_body_bytes: int = Field(
        32 * MAX_BODY_BYTES, ge=1024, description="bytes they may have together, announced ones included"
    )
    receive_seconds: float = Field(
        60, gt=0, le=LONGEST_WAIT, description="longest time a request body may take to arrive"
    )
    receive_bytes_per_second: int = Field(
        4096,
        ge=1,
        description="slowest a body may arrive on average, after five seconds; slower ones are answered 408",
    )
    shared_bytes_per_second: int = Field(
        16 * 1024 * 1024,
        ge=1024,
        description="bytes an app or address may bring a second beside others, for each worker",
    )
    max_pixels: int = Field(64_000_000, ge=1, description="largest picture accepted, in pixels")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="processes that read one picture each at a time",
    )
    waiting_reads: int = Field(16, ge=0, description="pictures that may wait for a worker; more are answered 503")
    read_seconds: float = Field(
        10, gt=0, le=600, description="longest time a picture may wait (then 503) and then be read (then 504)"
    )
    worker_memory_mb: int = Field(
        2048, ge=512, description="memory a worker may allocate; a picture that needs more is answered 502"
    )

    worker_reads: int = Field(1000, ge=1, description="pictures a worker reads before a fresh one takes its place")

    download: bool = Field(True, description="fetch the picture where `url` is an address; off: -1505")
    download_ports: Annotated[frozenset[Port], NoDecode] = Field(
        frozenset({80, 443, 8080, 8443}), description="ports that may be downloaded from, separated by commas"
    )
    download_networks: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="networks beside the public internet that may be downloaded from, e.g. 10.1.0.0/16,fd00:1::/64",
    )
    download_bytes: int = Field(MAX_BODY_BYTES, ge=1024, description="longest picture downloaded")
    download_seconds: float = Field(10.0, gt=0, le=LONGEST_WAIT, description="longest time a download may take")
    concurrent_downloads: int = Field(
        16, ge=1, description="downloads at the same time, shared among apps; more are answered 503"
    )

    store: str = Field(
        "memory",
        repr=False,  # a Redis URL may hold a password
        description="where answers are kept for look-up: memory, sqlite:FILE, redis://… or off",
    )
    store_seconds: float = Field(3600.0, gt=0, le=LONGEST_KEPT, description="how long answers are kept")
    store_answers: int = Field(10_000, ge=1, description="how many are kept at most; Redis has its own limits")

    queue: bool = Field(
        False,
        description="take pictures to be read later (`?async=1`); they wait in memory, or in the store's Redis",
    )
    queue_pictures: int = Field(
        1000,
        ge=2,
        description="pictures that may wait in the queue (each up to 6 MB), half of them of one app; more: 503",
    )
    queue_bytes: int = Field(
        512 * 1024 * 1024,
        ge=16 * 1024 * 1024,
        description="bytes of pictures that may wait in memory, half of them of one app; Redis has its own limits",
    )

    tracing: bool = Field(
        False, description="send OpenTelemetry spans to `OTEL_EXPORTER_OTLP_ENDPOINT`; needs the extra `otel`"
    )

    @field_validator("download_ports", "signed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("download_networks", "trusted_proxies", mode="before")
    @classmethod
    def _parse_networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return [ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip()]
        except ValueError as error:
            raise ValueError(f"{error}: write networks like 10.1.0.0/16,fd00:1::/64") from None

    @field_validator("store")
    @classmethod
    def _refuse_unknown_store(cls, value: str) -> str:
        if not STORES.fullmatch(value):
            raise ValueError("that is no store: write off, memory, sqlite:FILE, redis://… or unix://…")
        return value

    @model_validator(mode="after")
    def _refuse_queue_without_store(self) -> Self:
        if self.queue and self.store == "off":
            raise ValueError("a queue needs a store, or nobody could look the answers up: choose another than off")
        return self

    @model_validator(mode="after")
    def _refuse_open_service(self) -> Self:
        if self.no_auth and not is_loopback(self.host):
            raise ValueError(
                f"--no-auth answers everybody, so it listens on loopback only: use --host 127.0.0.1, not {self.host}"
            )
        return self


def is_loopback(host: str) -> bool:
    """Whether ``host`` can only be reached from this machine. Names other than ``localhost`` are not trusted."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
