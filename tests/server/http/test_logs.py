import io
import json
import logging

from server.http.logs import JsonLines, request_id


def lines(write: str, *arguments: object, **named: object) -> list[dict[str, str]]:
    """What one call of a logger's method leaves in the log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    getattr(logger, write)(*arguments, **named)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_message_level_logger_and_fields() -> None:
    [line] = lines("warning", "%d of %s", 1, "护照\n", extra={"fields": {"status": 502}})
    assert line.pop("time")
    assert line == {"level": "WARNING", "logger": "test", "message": "1 of 护照\n", "status": 502}


def test_the_request_that_is_served_is_named() -> None:
    token = request_id.set("0123")
    [line] = lines("info", "text")
    request_id.reset(token)
    assert line["request_id"] == "0123"


def test_an_exception_without_its_text() -> None:
    try:
        raise ValueError("ERIKSSON") from KeyError("L898902C3")
    except ValueError:
        [line] = lines("exception", "failed")
    assert line["error"] == "ValueError"
    assert "test_an_exception_without_its_text" in line["frames"]
    assert "L898902C3" not in str(line).replace("KeyError(", "", 1).split("frames")[0]
