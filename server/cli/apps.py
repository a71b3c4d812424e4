"""The commands ``passport-ocr apps …``: who may ask the service."""

import getpass
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from .complaint import complaint

MAX_SECONDS: Final = 90 * 86400

app = typer.Typer(help="Who may ask the service: apps, their keys, signatures to try out.", no_args_is_help=True)

AppIdArgument = Annotated[str, typer.Argument(metavar="APP_ID")]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--credentials",
        metavar="FILE",
        envvar="PASSPORT_OCR_CREDENTIALS",
        help="The credentials file.",
        show_default=False,
    ),
]


@app.command()
def add(
    app_id: AppIdArgument,
    credentials: FileOption = None,
    requests_per_minute: Annotated[int | None, typer.Option(min=1, help="How often it may ask.")] = None,
    secret_id: Annotated[
        str | None,
        typer.Option(help="A SecretID clients already have; its SecretKey is asked for, or read from stdin."),
    ] = None,
) -> None:
    """Give an app, new or not, a key. The SecretKey is printed now and never again."""
    from ..auth.keys import add_key, existing_key, new_key

    with _complaining():
        key = existing_key(secret_id, _secret_key()) if secret_id else new_key()
        add_key(_file(credentials), app_id, key, requests_per_minute)
    typer.echo(f"app_id    {app_id}\nSecretID  {key.secret_id}")
    if not secret_id:
        typer.echo(f"SecretKey {key.secret_key.get_secret_value()}")


@app.command("list")
def list_apps(credentials: FileOption = None) -> None:
    """List apps and SecretIDs; SecretKeys are never shown."""
    from ..auth.credentials import load

    with _complaining():
        apps = load(_file(credentials)).apps
    table = Table(box=None, pad_edge=False)
    for title in ("app_id", "requests a minute", "SecretID", "since"):
        table.add_column(title, overflow="fold")
    for one in apps:
        for key in one.keys:
            limit = str(one.requests_per_minute or "default")
            table.add_row(one.app_id, limit, key.secret_id, key.created.strftime("%Y-%m-%d %H:%M %Z"))
    Console(highlight=False, width=None if sys.stdout.isatty() else 240).print(table)


@app.command()
def revoke(
    app_id: AppIdArgument,
    secret_id: Annotated[
        str | None, typer.Argument(metavar="[SECRET_ID]", help="All of the app's keys if left out.")
    ] = None,
    credentials: FileOption = None,
) -> None:
    """Take a key, or all keys, from an app. A running service knows at once."""
    from ..auth import keys as apps

    with _complaining():
        apps.revoke(_file(credentials), app_id, secret_id)


@app.command()
def sign(
    app_id: AppIdArgument,
    secret_id: Annotated[str | None, typer.Option(help="Which of its keys; the newest if left out.")] = None,
    seconds: Annotated[int, typer.Option(min=1, max=MAX_SECONDS, help="How long it holds.")] = 1800,
    credentials: FileOption = None,
) -> None:
    """Print a signature for the header Authorization."""
    from ..auth.keys import key_of
    from ..auth.signature import make_signature

    with _complaining():
        key = key_of(_file(credentials), app_id, secret_id)
    secret_key = key.secret_key.get_secret_value()
    typer.echo(make_signature(app_id, key.secret_id, secret_key, now=int(time.time()), lifetime=seconds))


def _file(given: Path | None) -> Path:
    from ..auth.credentials import located
    from ..settings import DEFAULT_CREDENTIALS

    return located(given or DEFAULT_CREDENTIALS)


def _secret_key() -> str:
    """From the terminal without an echo, or from stdin; never an argument, which every user of the machine sees."""
    return getpass.getpass("SecretKey: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


@contextmanager
def _complaining() -> Iterator[None]:
    from ..auth.credentials import CredentialsRefused

    try:
        yield
    except CredentialsRefused as error:
        raise complaint(str(error), status=1) from None
