"""The command line ``passport-ocr`` and its commands."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand

from ..version import release
from . import apps
from .batch.command import batch
from .bench import bench
from .complaint import complaint
from .read import read
from .redact import redact


class PlainHelp(TyperCommand):
    """A command whose help names no Python type beside its arguments: ``<list[Path]>`` helps nobody."""

    def get_params(self, ctx: Any) -> list[Any]:
        """See typer."""
        params: list[Any] = super().get_params(ctx)
        for param in params:
            if isinstance(param, TyperArgument):
                param.display_type = lambda ctx: ""  # type: ignore[method-assign]
        return params


app = typer.Typer(
    help="Read passports: fifteen items with boxes and confidences. Nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # it would print local variables, which hold what was read
)
app.add_typer(apps.app, name="apps")
app.command(cls=PlainHelp)(read)
app.command(cls=PlainHelp)(batch)
app.command(cls=PlainHelp)(bench)
app.command(cls=PlainHelp)(redact)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(release())
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the release.")
    ] = False,
) -> None:
    """Read passports: fifteen items with boxes and confidences. Nothing leaves this machine."""


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    credentials: Annotated[Path | None, typer.Option(help="The apps' keys, see passport-ocr apps.")] = None,
    no_auth: Annotated[
        bool | None, typer.Option("--no-auth", help="Answer everybody; listens on loopback only.")
    ] = None,
) -> None:
    """Serve POST /ocr/passport over HTTP. Other settings: environment variables, docs/operations/settings.md."""
    from ..serve import SettingsRefused, run_service  # `read` need not wait for the service's libraries

    given = {"host": host, "port": port, "no_auth": no_auth, "credentials": credentials}
    try:
        run_service({name: value for name, value in given.items() if value is not None}, typer.echo)
    except SettingsRefused as error:
        raise complaint(str(error), status=2) from None


@app.command()
def version() -> None:
    """Print the release."""
    typer.echo(release())
