"""Serves ``index.html`` under a policy that lets it run its own script and talk to this service, nothing else."""

import base64
import hashlib
import re
from importlib import resources
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

PAGE: Final = resources.files(__package__).joinpath("static", "index.html").read_text(encoding="utf-8")


def _hash_of(element: str) -> str:
    """The CSP source of the page's one inline ``element`` (W3C CSP level 3, §8.4)."""
    inline = re.search(rf"<{element}>(.*?)</{element}>", PAGE, re.DOTALL)
    if inline is None:
        raise ValueError(f"index.html has no <{element}>")
    digest = hashlib.sha256(inline.group(1).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src {_hash_of('script')}; style-src {_hash_of('style')}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

router = APIRouter()


@router.get("/", include_in_schema=False)
async def show_page() -> HTMLResponse:
    """The page; it sends no signature, so it is of use only where none is asked for."""
    return HTMLResponse(PAGE, headers=HEADERS)
