"""Whether the service lives, is ready, and what it counts: for supervisors, load balancers and Prometheus."""

import dataclasses

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, PlainTextResponse

from ..contract.faults import ENGINE_NOT_OPEN, STARTING
from ..contract.ocr_passport.answers import refuse
from ..contract.ocr_passport.wire import Refusal
from ..pool.pool import State

router = APIRouter()


@router.head("/livez", include_in_schema=False)
@router.head("/livez/", include_in_schema=False)
@router.get("/livez/", include_in_schema=False)
@router.get("/livez", summary="Whether the process answers")
async def live() -> dict[str, str]:
    """Always 200: for a supervisor that restarts what hangs."""
    return {"status": "alive"}


@router.head("/readyz", include_in_schema=False, response_model=None)
@router.head("/readyz/", include_in_schema=False, response_model=None)
@router.get("/readyz/", include_in_schema=False, response_model=None)
@router.get("/readyz", summary="Whether pictures are read", responses={503: {"model": Refusal}}, response_model=None)
async def ready(request: Request) -> JSONResponse:
    """200 while a worker lives that has read a picture; 503 before, and where the engine could not be opened."""
    state = request.app.state.pool.state
    if state is State.READY:
        return JSONResponse({"status": "ready"})
    fault = ENGINE_NOT_OPEN if state is State.FAILED else STARTING
    return refuse(dataclasses.replace(fault, status=503))


@router.get("/metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
async def metrics(request: Request) -> PlainTextResponse:
    """Requests, seconds by stage, queue, workers, corrections and warnings; no value that was read."""
    return PlainTextResponse(request.app.state.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
