"""`engine.errors` under this name: ``from passport_ocr.errors import PassportError``."""

import sys

from engine import errors
from engine.errors import *  # noqa: F403  # what type checkers look at

sys.modules[__name__] = errors  # what programs get: the module itself, whichever way they name it
