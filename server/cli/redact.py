"""The command ``passport-ocr redact``: pictures that can be shared."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine import Engine, Item
from engine.errors import PassportError

from ..batch.sources.pictures import REDACTED
from .complaint import complaint
from .find import STDIN

if TYPE_CHECKING:  # redaction is loaded when it is asked for
    from engine.redaction.redact import Redacted

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Pictures of passports, - for one on stdin.")
]
KeepOption = Annotated[
    list[str] | None,
    typer.Option(metavar="ITEM", help="An item that stays, in English or Chinese; may be given several times."),
]
PortraitOption = Annotated[bool, typer.Option("--keep-portrait", help="Leave the portrait.")]
PageOption = Annotated[
    bool, typer.Option("--whole-page", help="Black out the whole page but what is kept, labels and paper too.")
]
OutOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where NAME.redacted.png is written; beside each picture otherwise."),
]


def redact(
    files: FilesArgument,
    keep: KeepOption = None,
    keep_portrait: PortraitOption = False,
    whole_page: PageOption = False,
    out: OutOption = None,
) -> None:
    """Black out values, MRZ, portrait and all other text but labels, so that a picture can be shared.

    The result is read again before it is written: nothing is written while a withheld value can still be read.

    Exit status: 0 all were written, 1 some were not, 2 wrong usage.
    """
    items = _items(keep or [])
    if out is not None:
        _make_folder(out)
    engine = Engine()
    written = [
        _redact(engine, file, _target(file, out), items, (keep_portrait, whole_page)) for file in dict.fromkeys(files)
    ]
    if any(written):
        typer.echo(
            "look at each picture before you share it: no program knows everything that tells of a person", err=True
        )
    raise typer.Exit(0 if all(written) else 1)


def _items(names: list[str]) -> list[Item]:
    from engine.redaction.redact import wish_of

    items = [_item(name) for each in names for name in each.split(",") if name.strip()]
    try:
        wish_of(items, portrait=False)
    except PassportError as error:
        raise typer.BadParameter(str(error), param_hint="--keep") from None
    return items


def _item(name: str) -> Item:
    try:
        return Item(name.strip())
    except ValueError:
        pass
    from engine.measure.truth.columns import nearest

    names = [item.name.lower() for item in Item]
    near = nearest(name.strip(), names)
    advice = f"did you mean {near}?" if near else f"choose from {', '.join(names)}"
    raise typer.BadParameter(f"there is no item {name.strip()}: {advice}", param_hint="--keep")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{folder}: {error.strerror}", param_hint="--out") from None


def _target(file: Path, out: Path | None) -> Path:
    name = f"{'stdin' if file == STDIN else file.stem}{REDACTED}"
    return (out or (Path() if file == STDIN else file.parent)) / name


def _redact(engine: Engine, file: Path, target: Path, items: list[Item], options: tuple[bool, bool]) -> bool:
    """Whether a redacted picture was written; what is wrong is said."""
    source = sys.stdin.buffer.read() if file == STDIN else file
    try:
        made = engine.redact(source, keep=items, keep_portrait=options[0], whole_page=options[1])
        made.save(target)
    except PassportError as error:
        complaint(f"{file}: {error}", status=1)
    except OSError as error:
        complaint(f"{error.filename or file}: {error.strerror}", status=1)
    else:
        typer.echo(f"{target}: {_described(made)}")
        return True
    return False


def _described(made: "Redacted") -> str:
    kept = ", ".join(item.english for item in made.kept) or "nothing"
    absent = f"; not on the picture: {', '.join(item.english for item in made.absent)}" if made.absent else ""
    whole = "; the whole page is covered" if made.whole_page else ""
    return f"shows {kept}{absent}{whole}"
