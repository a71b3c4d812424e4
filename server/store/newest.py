"""Of pictures sent under one session id the answer of the newest is kept, whichever is done last."""

from collections import OrderedDict
from typing import Final

from ..auth.credentials import AppId
from .store import ResultStore, Submission

MOST_NAMES: Final = 10_000
"""Session ids of which the newest submission is remembered: far more than can be under way at the same time."""


class NewestAnswers:
    """A `server.store.store.ResultStore` over another that drops the answers of submissions that were overtaken.

    It knows what came to this node, at once; where nodes share their answers the store below knows of the others.
    """

    def __init__(self, store: ResultStore) -> None:
        self._store = store
        self._newest: OrderedDict[tuple[AppId, str], int] = OrderedDict()  # by app and session id; the latest last

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """See `server.store.store.ResultStore.submitted`."""
        submission = await self._store.submitted(app, session_id)
        self._newest[submission.key] = max(submission.at, self._newest.pop(submission.key, 0))
        while len(self._newest) > MOST_NAMES:
            self._newest.popitem(last=False)
        return submission

    def is_newest(self, submission: Submission) -> bool:
        """Whether no newer one of its app and session id has come to this node."""
        return submission.at == 0 or submission.at >= self._newest.get(submission.key, 0)

    async def save(self, submission: Submission, content: bytes) -> None:
        """See `server.store.store.ResultStore.save`."""
        if self.is_newest(submission):
            await self._store.save(submission, content)

    async def forget(self, submission: Submission) -> None:
        """See `server.store.store.ResultStore.forget`."""
        if self.is_newest(submission):
            await self._store.forget(submission)

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `server.store.store.ResultStore.find`."""
        return await self._store.find(app, session_id)

    async def purge(self) -> None:
        """See `server.store.store.ResultStore.purge`."""
        await self._store.purge()

    async def close(self) -> None:
        """See `server.store.store.ResultStore.close`."""
        await self._store.close()
