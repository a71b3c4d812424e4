"""A picture that a parameter holds, as base64 or as the address where it is."""

import binascii

from ..contract import faults
from ..contract.faults import Refused
from .body import MAX_URL, RemotePicture, decode_base64


def sent_picture(text: str) -> bytes:
    """The picture that ``text`` is the base64 of.

    Raises:
        Refused: it is none, or that of nothing.
    """
    try:
        picture = decode_base64(text)
    except binascii.Error:
        raise Refused(faults.NOT_BASE64) from None
    if not picture:
        raise Refused(faults.PICTURE_EMPTY)
    return picture


def remote_picture(url: str) -> RemotePicture:
    """The picture at ``url``, of which only length and scheme are looked at.

    Raises:
        Refused: it is too long, or no http(s) URL.
    """
    if len(url) > MAX_URL:
        raise Refused(faults.PARAMETER_TOO_LONG)
    if not url.strip().lower().startswith(("http://", "https://")):
        raise Refused(faults.BAD_URL)
    return RemotePicture(url)
