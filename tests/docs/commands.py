"""The commands that README and docs show: found in their blocks, taken apart as a shell would."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = frozenset({"shell", "sh", "bash"})
OURS = ("passport-ocr ", "make ", "python -m ", ".venv/bin/")
"""How lines begin that are commands of this project, also in blocks that do not say what they hold."""
SPAN = re.compile(r"(?<!`)`((?:passport-ocr|make|python -m|pip) [^`…]+)`(?!`)")
"""Commands inside a sentence; those with ``…`` are not whole."""
SUBSTITUTED = re.compile(r"\$\(([^()]*)\)")
OPERATORS = frozenset("();<>|&")


@dataclass(frozen=True)
class Command:
    """One program with its arguments; a sentence may name one without all that it needs."""

    page: Path
    words: tuple[str, ...]
    whole: bool = True

    @property
    def program(self) -> str:
        return self.words[0].removeprefix(".venv/bin/")

    @property
    def arguments(self) -> list[str]:
        return list(self.words[1:])

    def __str__(self) -> str:
        return f"{self.page.name}: {shlex.join(self.words)}"


def shown_lines(page: Path) -> list[str]:
    """The lines of the page's blocks of commands, continued lines joined; comments and blank lines left out."""
    lines = []
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind in SHELL or not kind:
            joined = re.sub(r"\\\n\s*", "", block).splitlines()
            lines += [line for line in joined if (kind and line.strip()) or line.startswith(OURS)]
    return [line for line in lines if not line.startswith("#")]


def commands(page: Path) -> list[Command]:
    """Every command of the page: in blocks, inside ``$(…)`` there, and in sentences."""
    lines = shown_lines(page)
    inner = [text for line in lines for text in SUBSTITUTED.findall(line)]
    spans = [" ".join(span.split()) for span in SPAN.findall(page.read_text(encoding="utf-8"))]
    whole = [Command(page, words) for line in [*lines, *inner] for words in _simple_commands(line)]
    return whole + [Command(page, words, whole=False) for span in spans for words in _simple_commands(span)]


def _simple_commands(line: str) -> Iterator[tuple[str, ...]]:
    """Split at ``&&``, ``;`` and ``|``; leave redirections and assignments before a command out."""
    splitter = shlex.shlex(line, posix=True, punctuation_chars=True)
    splitter.whitespace_split = True
    words: list[str] = []
    redirected = False
    for token in [*splitter, ";"]:
        if set(token) <= OPERATORS:
            redirected = token[0] in "<>"
            if not redirected and words:
                yield tuple(words)
                words = []
        elif redirected:
            redirected = False
        elif words or not re.fullmatch(r"[A-Z_]+=\S*", token):
            words.append(token)
