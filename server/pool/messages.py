"""What workers say to the service: JSON of a fixed shape, which can say nothing else and run nothing.

A worker that a picture has taken over may send anything. What does not have the shape is no message.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec

from engine import Caution, PassportReading
from engine.errors import PassportError
from engine.pipeline import TIMED
from engine.result.drawings import Drawing, drawn_files
from engine.values.contract import ContractData

from ..contract.facts import Facts, facts_of
from ..contract.screen import Screen, screen_of

MAX_BYTES: Final = 1024 * 1024
"""Longer messages are none: a reading takes about 12 KB."""
MAX_SCREEN_BYTES: Final = 8 * 1024 * 1024
"""The same where a screen shows it: the picture reduced to 2000 px, and its parts."""

Sentence = Annotated[str, msgspec.Meta(max_length=1000)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
FileName = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9_]{1,40}\Z")]
"""Of a drawing, without suffix. It is joined to a folder: a worker that was taken over must not send a path."""


class NoMessage(Exception):
    """That is no message of a worker."""


class WireReading(msgspec.Struct, frozen=True, tag="reading"):
    """What the service needs of a `PassportReading`, made of plain values.

    ``data`` is the contract's, without session id; ``timings`` are seconds by stage, ``corrected`` the number of
    characters of the MRZ that the decoder changed, ``facts`` what dialects without boxes tell,
    ``screen`` what the web page shows, ``drawings`` JPEG files by kind and name, where they are asked for.
    """

    data: ContractData
    timings: Mapping[str, Seconds]
    corrected: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    warnings: Annotated[tuple[Caution, ...], msgspec.Meta(max_length=100)]
    facts: Facts
    screen: Screen | None = None
    drawings: Mapping[Drawing, Mapping[FileName, bytes]] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, reading: PassportReading, picture: bytes = b"", *, portrait: bool = False) -> "WireReading":
        """Take what is needed of ``reading``; the portrait, if it is wanted, out of ``picture``."""
        facts = facts_of(reading, picture, portrait=portrait)
        corrected = len(reading.mrz.corrections)
        return cls(reading.to_contract(), dict(reading.timings), corrected, reading.warnings, facts)

    @classmethod
    def for_screen(cls, reading: PassportReading, picture: bytes) -> "WireReading":
        """The same for the web page; ``picture`` is the one that was read."""
        return msgspec.structs.replace(cls.of(reading), screen=screen_of(reading, picture))

    @classmethod
    def with_drawings(cls, reading: PassportReading, picture: bytes, wanted: tuple[Drawing, ...]) -> "WireReading":
        """The same with files drawn of it; ``picture`` is the one that was read."""
        return msgspec.structs.replace(cls.of(reading), drawings=drawn_files(picture, reading, wanted))

    def __repr__(self) -> str:
        """Tell nothing that was read."""
        return "WireReading(…)"

    def to_contract(self, session_id: str) -> ContractData:
        """The contract's ``data`` object."""
        return {**self.data, "session_id": session_id}


class NotRead(msgspec.Struct, frozen=True, tag="not read"):
    """The engine's error: the name of its class, and its text."""

    error: str
    text: Sentence = ""

    @classmethod
    def of(cls, error: PassportError) -> "NotRead":
        """Take what is needed of ``error``; a class that this package does not have is told as the one it is of."""
        known = next(kind for kind in type(error).__mro__ if _ERRORS.get(kind.__name__) is kind)
        return cls(known.__name__, sendable(str(error), 1000))

    @property
    def raised(self) -> PassportError:
        """The error as it was."""
        return _ERRORS[self.error](self.text)


class Defect(msgspec.Struct, frozen=True, tag="defect"):
    """An exception nobody expected: its class and where it was raised, never its text, which may quote a picture.

    ``reason`` is what the system said, and about which file, where the engine could not be opened.
    """

    error: Annotated[str, msgspec.Meta(max_length=200)]
    frames: Annotated[str, msgspec.Meta(max_length=20_000)]
    reason: Sentence = ""


class Started(msgspec.Struct, frozen=True, tag="started"):
    """The process is there. ``missing``: by each means of confinement that does not hold, why; see `confine`."""

    missing: Annotated[dict[str, Sentence], msgspec.Meta(max_length=10)]


Outcome = WireReading | NotRead | Defect
Message = Outcome | Started


def sendable(text: str, length: int) -> str:
    """The first ``length`` characters of ``text``, without what is no character: names of files may hold some."""
    return text[:length].encode(errors="replace").decode()


def pack(message: Message) -> bytes:
    """``message`` as bytes.

    Raises:
        TypeError, ValueError: it holds what is no plain value, or text that is none.
    """
    return msgspec.json.encode(message)


def unpack(packed: bytes) -> Message:
    """The message that ``packed`` is.

    Raises:
        NoMessage: it is none.
    """
    try:
        message: Message = _DECODER.decode(packed)
    except (msgspec.MsgspecError, RecursionError):
        raise NoMessage from None
    if isinstance(message, WireReading) and not set(message.timings) <= set(TIMED):  # each has a metric
        raise NoMessage
    if isinstance(message, NotRead) and message.error not in _ERRORS:
        raise NoMessage
    return message


def _tree(kind: type[PassportError]) -> Iterator[type[PassportError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


_ERRORS: Final = {kind.__name__: kind for kind in _tree(PassportError) if kind.__module__ == PassportError.__module__}
_DECODER: Final = msgspec.json.Decoder(Message)
