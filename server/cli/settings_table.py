"""The settings as a table for docs/operations/settings.md: ``python -m server.cli.settings_table``."""

import sys

from pydantic_core import PydanticUndefined

from ..settings import Settings


def settings_table() -> str:
    """Markdown, one row a setting; a test keeps the page's copy equal."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `PASSPORT_OCR_{name.upper()}` | {_default(field.default)} | {field.description} |")
    return "\n".join(rows)


def _default(value: object) -> str:
    if value is PydanticUndefined:
        return "the number of cores"
    if isinstance(value, tuple | frozenset):
        value = ",".join(str(one) for one in (value if isinstance(value, tuple) else sorted(value)))
    return "none" if value in ("", None) else f"`{value}`"


if __name__ == "__main__":
    sys.stdout.write(settings_table() + "\n")
