"""The classes of `engine.errors`, for ``from passport_ocr.errors import PassportError``."""

from engine.errors import *  # noqa: F403
