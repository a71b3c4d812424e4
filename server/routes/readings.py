"""What routes of every dialect do with a picture: it is read where all are, and counted; what was read is kept."""

from fastapi import Request

from ..auth.credentials import AppId
from ..contract.ocr_passport.answers import answer
from ..intake.body import RemotePicture
from ..pool.messages import WireReading
from ..shares import Holder
from ..store.opening import keep
from ..store.store import Submission


async def read_picture(
    request: Request, picture: bytes | RemotePicture, app: AppId, address: str, *, portrait: bool = False
) -> WireReading:
    """Read ``picture``, downloaded first where it is elsewhere, on behalf of ``app`` at ``address``.

    Raises:
        Refused: it cannot be downloaded, or too many are waiting.
        engine.errors.PassportError: it cannot be read.
    """
    state = request.app.state
    if isinstance(picture, RemotePicture):
        picture = await state.downloads.fetch(picture.url, Holder(app, address))
    reading: WireReading = await state.pool.read(picture, app, portrait=portrait)
    state.metrics.count_reading(reading)
    return reading


async def keep_by_request_id(request: Request, app: AppId, reading: WireReading) -> None:
    """Keep what was read, as the older contract tells it, where it can be looked up by the request's id."""
    submission = Submission(app, request.state.request_id)  # an id of ours: nobody else has sent anything under it
    kept = answer(reading.to_contract(submission.session_id), reading.warnings)
    await keep(request.app.state.store, submission, bytes(kept.body))
