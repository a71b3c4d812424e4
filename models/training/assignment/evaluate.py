"""How often the shipped net finds the right words of drawn pages that it was not trained on.

``python -m models.training.assignment.evaluate --pages 1000`` prints a table; ``--card`` writes the model's README
with it.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.memo import forget
from engine.values.items import Item
from engine.visual.items.tagging.choose_words import choose_words
from engine.visual.items.tagging.tag_words import tag_words
from engine.visual.items.tagging.tagged_page import SURE
from engine.visual.items.tagging.word_tags import ITEMS, value_tag
from engine.visual.items.tagging.words import Word
from models.training.assignment.card import write_card
from models.training.assignment.examples import draw_page


@dataclass
class Score:
    """Of one item: pages that print it, those where just its words were chosen, and the same of choices by bin.

    ``bins`` holds [choices, right ones] for probabilities below one half, up to `SURE`, and from there on;
    ``absent`` counts pages that do not print it, ``invented`` those of them where a sure choice was made.
    """

    printed: int = 0
    right: int = 0
    bins: list[list[int]] = field(default_factory=lambda: [[0, 0], [0, 0], [0, 0]])
    absent: int = 0
    invented: int = 0

    def row(self, item: Item) -> str:
        """The item's row of the table."""
        low, middle, sure = (f"{right} of {count}" for count, right in self.bins)
        return (
            f"| {item.english} | {self.printed} | {100 * self.right / max(self.printed, 1):.1f} % "
            f"| {sure} | {middle} | {low} | {self.invented} of {self.absent} |"
        )


def evaluate(pages: int, seed: int) -> tuple[dict[Item, Score], float]:
    """Return the scores on drawn pages, and the median milliseconds of processor time a page takes."""
    rng = random.Random(f"evaluation {seed}")
    scores: dict[Item, Score] = {item: Score() for item in ITEMS}
    times = []
    for _ in range(pages):
        document, words, tags = draw_page(rng)
        start = time.process_time()
        probabilities = tag_words(tuple(words), document.fields)
        times.append(time.process_time() - start)
        forget()
        for item, score in scores.items():
            chosen = choose_words(words, probabilities, item)
            got = _lettered(words, [i for line in chosen.lines for i in line]) if chosen else set()
            true = _lettered(words, [i for i, tag in enumerate(tags) if tag == value_tag(item)])
            score.printed += bool(true)
            score.right += bool(true) and got == true
            score.absent += not true
            if chosen:
                place = 2 if chosen.probability >= SURE else 1 if chosen.probability >= 0.5 else 0
                score.bins[place][0] += 1
                score.bins[place][1] += got == true
                score.invented += not true and place == 2
    return scores, 1000 * sorted(times)[len(times) // 2]


def _lettered(words: Sequence[Word], indices: Sequence[int]) -> set[int]:
    """Those of the words that have letters or figures: marks alone do not count."""
    return {i for i in indices if any(c.isalnum() for c in words[i].text)}


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--card", action="store_true", help="write the model's README")
    given = options.parse_args()
    scores, milliseconds = evaluate(given.pages, given.seed)
    heading = f"| item | printed | right | right from {SURE} on | from 0.5 | below | sure where not printed |"
    table = "\n".join([heading, "|---" * 7 + "|", *(score.row(item) for item, score in scores.items())])
    print(f"{table}\n{milliseconds:.1f} ms of processor time a page")
    if given.card:
        print(write_card(table, milliseconds, given.pages, given.seed))


if __name__ == "__main__":
    _main()
