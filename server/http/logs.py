"""The log: one JSON object a line, with the request it belongs to, and never the text of an exception.

Log lines hold no field value, no picture, no secret, no query; texts of exceptions nobody foresaw may quote any of
them, so only their class and where they were raised are written.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from .log_writer import LogWriter

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request that is being served, set by `server.http.access.AccessLog`."""


class JsonLines(logging.Formatter):
    """Formats a record as a line of ASCII JSON; what ``extra={"fields": {...}}`` names is added."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get() or None,
            **getattr(record, "fields", {}),
            **(described(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}),
        }
        return json.dumps({name: value for name, value in line.items() if value is not None})


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {"stderr": {"()": LogWriter, "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "uvicorn": {"level": "INFO"},
        "passport_ocr": {"level": "INFO"},
        "python_multipart": {"level": "CRITICAL"},  # its warnings quote the form; the refusal says enough
    },
}


def described(error: BaseException) -> dict[str, str]:
    """An exception as fields of a log line: its class and frames, not its text."""
    return {"error": type(error).__name__, "frames": "".join(traceback.format_tb(error.__traceback__))}
