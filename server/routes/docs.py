"""Serves the interface's documentation: Swagger UI from files of ours, under a policy that bars every other host."""

from importlib import resources
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

FILES: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "start.js": "text/javascript",
}
_FOLDER: Final = resources.files(__package__).joinpath("static", "swagger")

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


@router.get("/docs", include_in_schema=False)
async def show_docs() -> HTMLResponse:
    """The page; it holds nothing secret, so nobody is asked for a signature."""
    return HTMLResponse(PAGE, headers=HEADERS)


def _serve(name: str, kind: str) -> None:
    content = _FOLDER.joinpath(name).read_bytes()

    @router.get(f"/docs/{name}", include_in_schema=False)
    async def show_file() -> Response:
        return Response(content, media_type=kind, headers=HEADERS)


for _name, _kind in FILES.items():
    _serve(_name, _kind)
