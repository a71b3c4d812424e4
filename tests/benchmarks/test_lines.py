from pathlib import Path

import numpy as np
import pytest

from benchmarks.lines import BEGIN, END, score, write_into
from engine.values.text import CharReading, LineText
from models.training.draw.lines.projection import DrawnLine


def drawn(text: str) -> DrawnLine:
    return DrawnLine(np.zeros((1, 1), np.uint8), text, np.zeros(len(text), np.float32), 1.0)


def read(text: str, probability: float) -> LineText:
    return LineText(tuple(CharReading(c, probability) for c in text))


def test_score_counts_exact_sure_and_sure_but_wrong_lines() -> None:
    lines = [drawn("ABCD"), drawn("EFGH"), drawn("IJKL"), drawn("MNOP")]
    answers = [read("ABCD", 0.99), read("EFGX", 0.95), read("IJ", 0.5), read("MNOP", 0.2)]
    result = score(lines, answers, [1.0, 2.0, 3.0, 6.0])
    assert (result.lines, result.exact, result.sure, result.sure_but_wrong) == (4, 0.5, 0.5, 0.25)
    assert result.wrong_characters == 3 / 16
    assert result.milliseconds == 3.0


def test_table_goes_between_the_marks(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text(f"# A\n{BEGIN}\nold\n{END}\nrest\n")
    write_into(card, "| new |")
    assert card.read_text(encoding="utf-8") == f"# A\n{BEGIN}\n| new |\n{END}\nrest\n"


def test_card_without_marks_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text("# A\n")
    with pytest.raises(ValueError, match="marks"):
        write_into(card, "| new |")
