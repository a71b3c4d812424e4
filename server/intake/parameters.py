"""The parameters of API 3.0, from JSON, forms and queries: which of them a request may hold and what they mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..contract import faults
from ..contract.faults import PARAMETER_WRONG, Refused
from ..contract.v3.faults import BASE64_TOO_LONG, NO_PICTURE
from .body import RemotePicture, check_marks
from .forms import is_form, kind_of, named_once, parse_form
from .pictures import remote_picture, sent_picture

MAX_BASE64: Final = 10 * 1024 * 1024
"""Characters of ``ImageBase64``."""
FORM_BOOLEANS: Final[Mapping[object, bool]] = {
    **dict.fromkeys(("true", "True", "1"), True),
    **dict.fromkeys(("false", "False", "0", ""), False),
}
"""As SDKs write them in forms and queries."""
JSON_BOOLEANS: Final[Mapping[object, bool]] = {True: True, False: False}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted: a picture or where it is, and whether its portrait is to be cut out."""

    picture: bytes | RemotePicture = field(repr=False)
    portrait: bool


def parse_json(body: bytes) -> dict[str, object]:
    """The parameters of a JSON body.

    Raises:
        Refused: it is no JSON object, or names one twice.
    """
    check_marks(body)
    try:
        fields = json.loads(body, object_pairs_hook=named_once)
    except (ValueError, RecursionError):  # also: bytes that are no text, numbers of thousands of digits
        raise Refused(PARAMETER_WRONG) from None
    if not isinstance(fields, dict):
        raise Refused(PARAMETER_WRONG)
    return fields


def parse_parameters(content_type: str, body: bytes) -> "Parameters":
    """The parameters of a POST body in either format.

    Raises:
        Refused: the format is another one, or the body does not follow it.
    """
    if kind_of(content_type) == "application/json":
        return Parameters(parse_json(body), JSON_BOOLEANS)
    if is_form(content_type):
        return Parameters(parse_form(body), FORM_BOOLEANS)
    raise Refused(faults.MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of an action as they came; ``booleans`` is how their format writes yes and no."""

    fields: Mapping[str, object] = field(repr=False)
    booleans: Mapping[object, bool] = field(repr=False)

    def asked(self, portrait: str) -> Asked:
        """Check them and take the picture out of them; ``ImageUrl`` wins over ``ImageBase64``.

        ``portrait`` names the parameter by which a portrait is wanted. Unknown parameters are passed over.

        Raises:
            Refused: one is of the wrong type or too long, there is no picture, or it is not base64.
        """
        url, image, wanted = self._text("ImageUrl"), self._text("ImageBase64"), self._boolean(portrait)
        if not url and not image:
            raise Refused(NO_PICTURE)
        if not url and len(image) > MAX_BASE64:
            raise Refused(BASE64_TOO_LONG)
        return Asked(remote_picture(url) if url else sent_picture(image), wanted)

    def _text(self, name: str) -> str:
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Refused(PARAMETER_WRONG)
        return value

    def _boolean(self, name: str) -> bool:
        value = self.fields.get(name)
        found = [
            meant for written, meant in self.booleans.items() if type(written) is type(value) and written == value
        ]
        if value is not None and not found:
            raise Refused(PARAMETER_WRONG)
        return any(found)
