"""The parameters of API 3.0; what they may be is tried through the service in `tests/server/routes/test_api3.py`."""

from server.intake.parameters import JSON_BOOLEANS, Parameters


def test_no_representation_shows_a_picture() -> None:
    asked = Parameters({"ImageBase64": "c2VjcmV0"}, JSON_BOOLEANS).asked("RetPortrait")
    assert asked.picture == b"secret"
    assert "secret" not in repr(asked)
