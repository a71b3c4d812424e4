"""The service put together."""

import asyncio
import functools
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from engine import Engine
from engine.errors import PassportError

from .auth.front_desk import open_front_desk
from .auth.gate import open_gate
from .contract import faults
from .contract.dialects import dialect_of
from .contract.faults import Fault, Refused, fault_for
from .contract.ocr_passport.openapi import describe
from .http.access import AccessLog
from .http.late import LateRefusals, mark_refused
from .http.local_only import LocalOnly
from .http.metrics import Metrics
from .intake.download import Downloader, DownloadPolicy, NoDownloads
from .intake.reception import Intake, Reception
from .later.later import Reader
from .later.opening import open_later
from .pool.confinement import FOR_PROGRAMS, Confinement
from .pool.pool import ReadingPool, WorkerPool
from .pool.warmup import warm_up_picture
from .pool.worker import PassportEngine
from .routes import aip, api3, docs, health, lookup, page, page_reading, page_session, passport
from .settings import Settings
from .store.opening import open_rate, open_store, purging
from .threads import in_own_thread
from .tracing import NoTracing, Tracing, open_tracing
from .version import release

HTTP_FAULTS = {404: faults.NOT_FOUND, 405: faults.METHOD_NOT_FOUND}
"""What the framework itself refuses, in the contract's words."""
HELD_SHARE = 4
"""At most one connection of so many waits for a refusal that is held back."""


def create_app(settings: Settings, pool: ReadingPool | None = None) -> FastAPI:
    """Build the service.

    Args:
        settings: already checked by their class.
        pool: reads the pictures; `open_pool` where None. It is started in the background when the service starts:
            until a first picture was read, answers are 503.

    Raises:
        CredentialsRefused: the apps' credentials cannot be used.
        StoreRefused: the result store cannot be used.
        TracingMissing: spans are wanted, and OpenTelemetry is not installed.
    """
    app = FastAPI(
        title="passport-ocr",
        version=release(),
        lifespan=_lifespan,
        redirect_slashes=False,
        docs_url=None,  # FastAPI's pages load scripts from a CDN; ours is `server.routes.docs`
        redoc_url=None,
    )
    _open_what_routes_need(app, settings, pool)
    app.include_router(passport.router)
    app.include_router(health.router)
    app.include_router(lookup.router)
    app.include_router(docs.router)
    app.include_router(api3.router)  # before the page, with which it shares its path
    app.include_router(aip.router)
    app.include_router(page.router)
    app.include_router(page_session.router)
    app.include_router(page_reading.router)
    describe(app)
    _surround(app, settings)
    _answer_faults(app)
    return app


def _open_what_routes_need(app: FastAPI, settings: Settings, pool: ReadingPool | None) -> None:
    """What a request is checked, read, kept and answered with stands in ``app.state``."""
    app.state.settings = settings
    app.state.ending = False  # set by who is told to end the process
    app.state.give_up = lambda: None  # called where the engine cannot be started; set by who can end the process
    app.state.rate = open_rate(settings)
    app.state.gate = open_gate(settings, app.state.rate)
    app.state.front_desk = open_front_desk(app.state.gate)
    app.state.tracing = open_tracing(wanted=settings.tracing)
    open_engine = functools.partial(Engine, settings.reader, max_pixels=settings.max_pixels)
    app.state.pool = pool or open_pool(settings, open_engine, tracing=app.state.tracing)
    app.state.downloads = Downloader(_download_policy(settings)) if settings.download else NoDownloads()
    app.state.store = open_store(settings)
    app.state.metrics = Metrics(app.state.pool)
    app.state.later = open_later(settings, Reader(app.state.pool, app.state.metrics), app.state.store)
    app.state.reception = Reception(_intake(settings), turns=os.cpu_count() or 1)


def _surround(app: FastAPI, settings: Settings) -> None:
    """What is done around every request; the last one is the outermost."""
    if settings.no_auth:
        app.add_middleware(LocalOnly)
    app.add_middleware(
        LateRefusals,
        proxies=settings.trusted_proxies,
        places=max(1, settings.connections // HELD_SHARE),
        ending=lambda: app.state.ending,
    )
    app.add_middleware(AccessLog, metrics=app.state.metrics, tracing=app.state.tracing)


def _answer_faults(app: FastAPI) -> None:
    """Every refusal is the contract's JSON: one handler for each base class of what may be raised."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(PassportError, _not_read)
    app.add_exception_handler(HTTPException, _framework_refused)
    app.add_exception_handler(RequestValidationError, _invalid)


def open_pool(
    settings: Settings,
    open_engine: Callable[[], PassportEngine],
    readable: tuple[Path, ...] = (),
    tracing: Tracing = NoTracing(),  # noqa: B008 – it has no state
) -> WorkerPool:
    """The worker processes as ``settings`` want them, each with an engine of its own.

    ``readable``: what such an engine reads beside its own files and libraries.
    """
    return WorkerPool(
        open_engine,
        workers=settings.workers,
        waiting=settings.waiting_reads,
        deadline=settings.read_seconds,
        memory_bytes=settings.worker_memory_mb * 1024 * 1024,
        confinement=FOR_PROGRAMS if settings.reader == "pytesseract" else Confinement(readable=readable),
        reads=settings.worker_reads,
        tracing=tracing,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool: ReadingPool = app.state.pool
    starting = asyncio.create_task(_start(app))
    async with purging(app.state.store), app.state.later.running():
        yield
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await pool.close()
    await app.state.rate.close()
    await in_own_thread(app.state.tracing.close)  # it may wait for who takes the spans


async def _start(app: FastAPI) -> None:
    if not await app.state.pool.start(warm_up_picture()):
        app.state.give_up()


def _intake(settings: Settings) -> Intake:
    return Intake(
        max_bytes=settings.max_body_bytes,
        seconds=settings.receive_seconds,
        bytes_per_second=settings.receive_bytes_per_second,
        concurrent=settings.concurrent_bodies,
        concurrent_bytes=max(settings.concurrent_body_bytes, settings.api3_body_bytes),
        shared_bytes_per_second=settings.shared_bytes_per_second * settings.workers,
    )


def _download_policy(settings: Settings) -> DownloadPolicy:
    return DownloadPolicy(
        ports=settings.download_ports,
        opened=settings.download_networks,
        max_bytes=settings.download_bytes,
        seconds=settings.download_seconds,
        concurrent=settings.concurrent_downloads,
    )


def _say_no(request: Request, fault: Fault) -> Response:
    return dialect_of(request.scope).refuse(fault, request.scope)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    mark_refused(request.scope, error)
    return _say_no(request, error.fault)


async def _not_read(request: Request, error: Exception) -> Response:
    assert isinstance(error, PassportError)
    return _say_no(request, fault_for(error))


async def _framework_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    mark_refused(request.scope, error)
    return _say_no(request, HTTP_FAULTS.get(error.status_code, faults.MALFORMED))


async def _invalid(request: Request, error: Exception) -> Response:
    mark_refused(request.scope, error)
    return _say_no(request, faults.MALFORMED)
