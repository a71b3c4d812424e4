"""The credentials file: which apps may ask, with which keys. For its owner only, or the group of a mounted secret."""

import contextlib
import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, NewType, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_serializer,
    field_validator,
    model_validator,
)

AppId = NewType("AppId", str)

MAX_FILE_BYTES: Final = 4 * 1024 * 1024
_SECRET_KEY: Final = re.compile(r"[!-~]{16,256}")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class CredentialsRefused(Exception):
    """The file cannot be used; the message says why and what to do, and holds nothing secret."""


class CredentialsMissing(CredentialsRefused):
    """There is no file, or no app in it."""


class Part(BaseModel):
    """What every part of the file is: complete, without misspelt names, silent about what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Key(Part):
    """One pair of SecretID and SecretKey."""

    secret_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,128}$")]
    secret_key: SecretStr
    created: AwareDatetime

    @field_validator("secret_key")
    @classmethod
    def _check(cls, secret_key: SecretStr) -> SecretStr:
        if not _SECRET_KEY.fullmatch(secret_key.get_secret_value()):
            raise ValueError("a SecretKey has 16 to 256 printable ASCII characters")
        return secret_key

    @field_serializer("secret_key", when_used="json")
    def _reveal(self, secret_key: SecretStr) -> str:
        return secret_key.get_secret_value()


class App(Part):
    """A client: its id, its keys – several while one replaces another – and how often it may ask."""

    app_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,64}$")]
    requests_per_minute: Annotated[int | None, Field(ge=1, description="the setting's where null")] = None
    keys: Annotated[tuple[Key, ...], Field(min_length=1)]


class Credentials(Part):
    """All apps."""

    version: Literal[1] = 1
    apps: tuple[App, ...] = ()

    @model_validator(mode="after")
    def _refuse_doubles(self) -> Self:
        app_ids = [app.app_id for app in self.apps]
        secret_ids = [key.secret_id for app in self.apps for key in app.keys]
        if len(set(app_ids)) < len(app_ids) or len(set(secret_ids)) < len(secret_ids):
            raise ValueError("an app_id or a secret_id stands in it twice")
        return self

    def app(self, app_id: str) -> App | None:
        """The app of that id, if there is one."""
        return next((app for app in self.apps if app.app_id == app_id), None)


def located(path: Path) -> Path:
    """The file, where a path that begins with ``~`` leads to.

    Raises:
        CredentialsRefused: whoever runs this has no home.
    """
    try:
        return path.expanduser()
    except RuntimeError:
        raise CredentialsRefused(f"{path}: this account has no home: set HOME, or name another file") from None


def load(path: Path) -> Credentials:
    """Read and check the file.

    Raises:
        CredentialsRefused: it is missing, readable for others, somebody else's, or not what it should be.
    """
    try:
        return Credentials.model_validate_json(_read_private(path))
    except FileNotFoundError as error:
        raise CredentialsMissing(f"{path}: {error.strerror}") from None
    except PermissionError as error:
        raise CredentialsRefused(f"{path}: {error.strerror}: give it to the user who runs the service") from None
    except OSError as error:
        raise CredentialsRefused(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        raise CredentialsRefused(f"{path}: {first_problem(error)}") from None


def save(path: Path, credentials: Credentials) -> None:
    """Replace the file as a whole: whoever reads it meanwhile gets the old or the new one, never a part.

    Raises:
        CredentialsRefused: it cannot be written.
    """
    content = credentials.model_dump_json(indent=2).encode() + b"\n"
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:  # 0600
            try:
                _keep_owner(path, file.fileno())
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CredentialsRefused(f"{path}: {error.strerror}") from None


@contextlib.contextmanager
def editing(path: Path) -> Iterator[Credentials]:
    """What the file holds, or nothing yet, while no other process that asks like this may change it.

    Raises:
        CredentialsRefused: as `load`, and where its folder cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise CredentialsRefused(f"{path.parent}: {error.strerror}") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield load(path) if path.exists() else Credentials()
    finally:
        os.close(folder)


def _keep_owner(path: Path, descriptor: int) -> None:
    # An administrator may edit what the service's user must go on reading.
    if os.geteuid() == 0 and path.exists():
        os.fchown(descriptor, path.stat().st_uid, path.stat().st_gid)


def _read_private(path: Path) -> bytes:
    # The very file that was checked is read, also behind links; O_NONBLOCK: a pipe in its place must not hold us up.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise CredentialsRefused(f"{path}: not a file")
        if status.st_mode & (_OTHERS & ~stat.S_IRGRP if _is_mounted(status) else _OTHERS):
            raise CredentialsRefused(f"{path}: others may read it: chmod 600 it")
        if os.geteuid() != 0 and status.st_uid not in (os.geteuid(), 0):
            raise CredentialsRefused(f"{path}: it belongs to another user")
        if status.st_size > MAX_FILE_BYTES:
            raise CredentialsRefused(f"{path}: longer than {MAX_FILE_BYTES} bytes")
        return file.read(MAX_FILE_BYTES)


def _is_mounted(status: os.stat_result) -> bool:
    """Whether it is root's and this process reads it by its group alone, as Kubernetes mounts secrets (fsGroup)."""
    return os.geteuid() != 0 == status.st_uid and status.st_gid in (os.getegid(), *os.getgroups())


def first_problem(error: ValidationError) -> str:
    """What is wrong and where, without what stands there."""
    problem = error.errors(include_input=False, include_context=False, include_url=False)[0]
    place = problem["loc"][:-1] if problem["type"] == "extra_forbidden" else problem["loc"]
    return f"{'.'.join(map(str, place)) or 'the whole'}: {problem['msg'].removeprefix('Value error, ')}"
