"""One Parquet file of rows; it is whole from the moment it has its name."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..refused import ResultsRefused
from .rows import Row, flat


def schema(names: Sequence[str]) -> Any:
    """The columns (a ``pyarrow.Schema``) of results with items called ``names``.

    Raises:
        ResultsRefused: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise ResultsRefused(
            'Parquet is written by pyarrow, which is not there; install it: pip install "passport-ocr[parquet]"'
        ) from None
    types: dict[str, Any] = {"page": pa.int32(), "code": pa.int32(), "seconds": pa.float32()}
    for name in names:
        types |= {f"{name}_confidence": pa.float32(), f"{name}_box": pa.list_(pa.int32())}
    columns = [name for name, _ in flat({"items": {}}, names)]
    return pa.schema([(name, types.get(name, pa.string())) for name in columns])


def table_of(rows: Sequence[Row], names: Sequence[str]) -> Any:
    """Rows as a ``pyarrow.Table``."""
    import pyarrow as pa

    plain = [{name: _cell(value) for name, value in flat(row, names)} for row in rows]
    return pa.Table.from_pylist(plain, schema(names))


def put(table: Any, part: Path) -> None:
    """Write a table beside its place and put it there; only its owner may read it.

    Raises:
        OSError: it cannot be written.
    """
    import pyarrow.parquet as parquet

    beside = part.with_name(f".{part.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        parquet.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(part)


def _cell(value: Any) -> Any:
    """Lists of notes become JSON; boxes stay lists of numbers."""
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(part, int) for part in value)):
        return json.dumps(value, ensure_ascii=False)
    return None if value == [] else value
