"""Serves the web page: files of ours under a policy that bars every other host and everything inline."""

from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from .docs import sent_in_pieces

FOLDER: Final = resources.files(__package__).joinpath("static", "page")

KINDS: Final = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
}
"""Content type by suffix; files of other suffixes are not served."""

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

router = APIRouter()


def _show(path: str, file: Traversable) -> None:
    content = file.read_bytes()
    kind = KINDS[file.name.rpartition(".")[2]]
    headers = HEADERS | {"Content-Length": str(len(content))}

    @router.get(path, include_in_schema=False)
    async def show_file() -> Response:
        """One file of the page; it holds nothing secret, so nobody is asked who they are."""
        return StreamingResponse(sent_in_pieces(content), media_type=kind, headers=headers)


def _files(folder: Traversable, path: str = "page") -> dict[str, Traversable]:
    """All files that are served, by their path; those the page names and no other ones lie there."""
    found: dict[str, Traversable] = {}
    for one in folder.iterdir():
        name = f"{path}/{one.name}"
        found |= _files(one, name) if one.is_dir() else {name: one}
    return {name: file for name, file in found.items() if name.rpartition(".")[2] in KINDS}


for _path, _file in _files(FOLDER).items():
    _show("/" if _path == "page/index.html" else f"/{_path}", _file)
