"""Install what ``make dist`` built in empty environments, and use it: ``python -m tests.release dist``."""

from pathlib import Path
from typing import Annotated

import typer

from tests.release.use import Unusable, artefacts, use


def main(
    folder: Annotated[Path, typer.Argument(help="Where wheel and source distribution are.", exists=True)],
    python: Annotated[list[str] | None, typer.Option(help="An interpreter to install into; may be repeated.")] = None,
    index: Annotated[str | None, typer.Option(help="The package index, if not pip's own.")] = None,
) -> None:
    """Exit status 1 if one of them cannot be installed, or does not read the specimen."""
    failed = False
    for interpreter in python or ["python3"]:
        for artefact in artefacts(folder):
            try:
                typer.echo(f"{interpreter} {artefact.name}: {use(artefact, interpreter, index)}")
            except Unusable as error:
                failed = True
                typer.echo(f"{interpreter} {artefact.name}: FAILED\n{error}", err=True)
    if failed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
