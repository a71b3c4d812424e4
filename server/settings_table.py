"""The settings as a table for the README: ``python -m server.settings_table``."""

import sys

from pydantic_core import PydanticUndefined

from server.settings import Settings


def settings_table() -> str:
    """Markdown, one row a setting; a test keeps the README's copy equal."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "the number of cores" if field.default is PydanticUndefined else f"`{field.default}`"
        rows.append(f"| `PASSPORT_OCR_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(settings_table() + "\n")
