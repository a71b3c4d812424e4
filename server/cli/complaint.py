"""How a command says that it cannot go on."""

import typer


def complaint(text: str, *, status: int) -> typer.Exit:
    """Print ``text`` on stderr; raise what is returned to end with exit ``status``."""
    typer.echo(f"passport-ocr: {text}", err=True)
    return typer.Exit(status)
