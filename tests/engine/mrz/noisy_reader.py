"""A reader that makes the mistakes readers make, with honest probabilities; no pixels."""

import random
from dataclasses import dataclass

from engine.tables.look_alikes import Shape, look_alikes
from engine.values.text import CharReading, LineText


@dataclass(frozen=True, slots=True)
class Noise:
    """How often what goes wrong: a doubtful character, a filler lost or added in a long run, a speck at an end."""

    doubtful: float = 0.03
    run_length: float = 0.0
    speck: float = 0.0


def clean_line(text: str, probability: float = 0.9995) -> LineText:
    """A line read surely and rightly."""
    return LineText(tuple(CharReading(c, probability) for c in text))


def with_reading(
    line: LineText, position: int, char: str, probability: float, *others: tuple[str, float]
) -> LineText:
    """The same line with another reading of one character."""
    chars = list(line.chars)
    chars[position] = CharReading(char, probability, others)
    return LineText(tuple(chars))


def noisy_line(text: str, noise: Noise, random_: random.Random) -> LineText:
    """A line as a middling reader reads it."""
    text = _with_run_errors(text, noise.run_length, random_)
    chars = [_read(c, noise.doubtful, random_) for c in text]
    if random_.random() < noise.speck:
        chars.insert(random_.choice((0, len(chars))), CharReading(random_.choice("1I7LJ"), random_.uniform(0.4, 0.9)))
    return LineText(tuple(chars))


def _with_run_errors(text: str, rate: float, random_: random.Random) -> str:
    if "<<<<<" in text and random_.random() < rate:
        at = text.index("<<<<<") + 2
        return text[:at] + text[at + 1 :] if random_.random() < 0.7 else text[:at] + "<" + text[at:]
    return text


def _read(char: str, doubtful: float, random_: random.Random) -> CharReading:
    """The truth surely, or one of a pair of look-alikes at odds that say how often it is the truth."""
    if random_.random() >= doubtful:
        return CharReading(char, random_.uniform(0.99, 0.9999))
    other = random_.choice(look_alikes(Shape.OCR_B)[char])
    odds = random_.uniform(0.5, 0.98)
    best, second = (char, other) if random_.random() < odds else (other, char)
    return CharReading(best, odds, ((second, 0.9 * (1 - odds)),))
