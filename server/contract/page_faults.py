"""What only the web page of this service is told; no public contract knows these refusals."""

from typing import Final

from .faults import Fault

NOT_SIGNED_IN: Final = Fault(401, 401, "nobody is signed in, or no longer: sign in with an app's key")
SIGN_IN_WRONG: Final = Fault(
    403, 403, "SecretID and SecretKey do not belong together: copy both as `apps add` printed them"
)
NOT_THE_PAGE: Final = Fault(
    403, 403, "only the web page of this service may ask this: programs use POST /ocr/passport"
)
