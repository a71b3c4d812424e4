"""What only this service's web page may ask: no other site's page can, even if the browser sent the cookie along.

The page sets a header that a form cannot set, and for which a script of another site would need our leave (a CORS
preflight, which is never answered). Beside it browsers say themselves whose page asks: in ``Sec-Fetch-Site``, which
they leave out over plain HTTP, and in ``Origin``.
"""

from typing import Final

from starlette.requests import Request

from ..contract.faults import Refused
from ..contract.page_faults import NOT_THE_PAGE
from .origin import is_of_host

PAGE_HEADER: Final = "X-Passport-Page"
"""The page sets it to 1."""


async def asked_by_the_page(request: Request) -> None:
    """A dependency of what only the page may ask.

    Raises:
        Refused: somebody else asks (403).
    """
    headers = request.headers
    if headers.get(PAGE_HEADER) != "1":
        raise Refused(NOT_THE_PAGE)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    # A proxy may have put its own name in Host, so what the browser itself says of the site goes before it.
    same = (
        site == "same-origin" if site is not None else origin is None or is_of_host(origin, headers.get("host", ""))
    )
    if not same:
        raise Refused(NOT_THE_PAGE)
