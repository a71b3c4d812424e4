"""Everything that can go wrong while reading a passport.

Uncertain is a value (a low confidence, an empty item); impossible is one of these::

    PassportError
    ├── BadImage                the input cannot become pixels
    │   ├── EmptyImage          no bytes, or a picture without pixels
    │   ├── UnsupportedFormat   a format that is refused (GIF, PDF, SVG ...)
    │   ├── NotAnImage          bytes that no decoder understands, or that are cut off
    │   └── ImageTooLarge       more bytes or pixels than the limits allow
    ├── NothingToRead           a good picture, but no passport in it
    │   └── MrzNotFound
    ├── RedactionRefused        a picture cannot be made safe to share as asked
    ├── ReaderFailed            a line reader did not do its work
    │   ├── ReaderMissing       its library or program is not installed
    │   ├── ReaderCrashed
    │   └── ReaderTimeout
    └── ModelDamaged            a weight file is missing or does not match its hash

Raise the leaves only. A message says what was wrong and what to do; it carries numbers and never text read
off a passport, so it may be logged.
"""


class PassportError(Exception):
    """Base of every error this package raises on purpose."""


class BadImage(PassportError):
    """The input cannot be turned into pixels."""


class EmptyImage(BadImage):
    """There are no bytes, or the picture has no pixels."""


class UnsupportedFormat(BadImage):
    """The picture's format is refused."""


class NotAnImage(BadImage):
    """No decoder understands the bytes."""


class ImageTooLarge(BadImage):
    """The picture exceeds a limit on bytes or pixels."""


class NothingToRead(PassportError):
    """The picture is good but holds no passport that can be read."""


class MrzNotFound(NothingToRead):
    """No machine readable zone was found and read."""


class RedactionRefused(PassportError):
    """A picture cannot be redacted as asked: something withheld would show, or the wish is impossible."""


class ReaderFailed(PassportError):
    """A line reader did not do its work."""


class ReaderMissing(ReaderFailed):
    """The library or program a reader needs is not installed."""


class ReaderCrashed(ReaderFailed):
    """The reader's library failed."""


class ReaderTimeout(ReaderFailed):
    """The reader did not answer in time."""


class ModelDamaged(PassportError):
    """A weight file is missing or does not match its hash."""
