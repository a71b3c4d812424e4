"""``python -m tests.server.obedient_service``: over `ObedientEngine`.

``broken``: over an engine that never opens; ``endless``: with a pool that never ends; half a second is waited for it.
"""

import asyncio
import errno
import os
import signal
import sys

from server import serve
from server.app import create_app, open_pool
from server.pool import pool
from server.serve import serve_app
from server.settings import Settings
from tests.server.doubles import GATES, ObedientEngine, OpenBadly


async def never_end(_: object) -> None:
    await asyncio.Event().wait()


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it ignored, as nohup has
    settings = Settings(no_auth=True, port=0, workers=1)
    engine = (
        ObedientEngine
        if sys.argv[1:] != ["broken"]
        else OpenBadly(OSError(errno.EROFS, os.strerror(errno.EROFS), "/models/x.onnx"))
    )
    pool.LONGEST_PAUSE = 0.0
    if sys.argv[1:] == ["endless"]:
        serve.SLACK_SECONDS = 0.5 - 3 * settings.read_seconds
        pool.WorkerPool.close = never_end
    serve_app(create_app(settings, open_pool(settings, engine, GATES)), settings)
