"""Serves the interface's documentation: Swagger UI from files of ours, under a policy that bars every other host."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from importlib import resources
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

FILES: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "start.js": "text/javascript",
}
FOLDER: Final = resources.files(__package__).joinpath("static", "swagger")

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>passport-ocr – interface</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""

HEADERS: Final = {
    "Content-Security-Policy": (
        # Swagger UI shows its icons as data: pictures, its scripts and styles are files of ours.
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

router = APIRouter()


PIECE_BYTES: Final = 64 * 1024
"""Files are sent in pieces: a client that does not read must not make the service hold a whole one."""


@router.head("/docs", include_in_schema=False)
@router.get("/docs", include_in_schema=False)
async def show_docs() -> HTMLResponse:
    """The page; it holds nothing secret, so nobody is asked for a signature."""
    return HTMLResponse(PAGE, headers=HEADERS)


@router.head("/docs/", include_in_schema=False)
@router.get("/docs/", include_in_schema=False)
async def to_docs() -> Response:
    """The same page: its links hold without the slash only."""
    return RedirectResponse("../docs")


def pieces_of(content: bytes) -> Iterator[bytes]:
    """``content`` in the pieces in which it is sent."""
    return (content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES))


async def sent_in_pieces(content: bytes) -> AsyncIterator[bytes]:
    """``content``, so that others are answered between the pieces."""
    for piece in pieces_of(content):
        yield piece
        await asyncio.sleep(0)


def _serve(name: str, kind: str) -> None:
    content = FOLDER.joinpath(name).read_bytes()
    headers = HEADERS | {"Content-Length": str(len(content))}

    @router.get(f"/docs/{name}", include_in_schema=False)
    async def show_file() -> Response:
        return StreamingResponse(sent_in_pieces(content), media_type=kind, headers=headers)


for _name, _kind in FILES.items():
    _serve(_name, _kind)
