"""Rows as a batch writes them, for tests."""

from server.batch.file_faults import READ
from server.batch.results.rows import Row, row
from server.contract.faults import Fault

FAILED = Fault(200, -1303, "no picture")


def made(name: str, *, failed: bool = False, certainty: str = "sure") -> Row:
    """A row of the picture ``name``."""
    if failed:
        return row(name, b"picture", FAILED, "why", 0.1, None)
    cell = {"value": "L898902C3", "confidence": 0.99, "certainty": certainty, "box": [1, 2, 3, 4]}
    part = {"page": 1, "mrz_format": "TD3", "items": {"passport_number": cell}, "checks": [], "warnings": []}
    return row(name, b"picture", READ, "", 0.1, {**part, "contradictions": []})
