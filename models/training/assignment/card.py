"""Writes the card of the assignment net: what it is, what it was trained on, and how well it does on drawn pages."""

import json
from pathlib import Path

from engine.visual.items.tagging.tagged_page import SURE, TOLD

HOME = Path(__file__).parents[2] / "assignment_v4"


def write_card(table: str, milliseconds: float, pages: int, seed: int) -> Path:
    """Write ``README.md`` of the model folder; ``table`` is what `evaluate` printed. Returns its path."""
    config = json.loads((HOME / "config.json").read_text(encoding="utf-8"))
    training, path = config["training"], HOME / "README.md"
    size = (HOME / "model.onnx").stat().st_size / 1e6
    path.write_text(
        f"""# {HOME.name}

Says of every word that was read on a passport page what it is: the value of one of thirteen items, the label of one,
another value or label, or nothing (`engine/visual/items/tagging/tag_words.py`). From it the engine takes place of
birth, date of issue, authority, place of issue and printed type where the probability is {TOLD} or more; below {SURE}
its rules are asked too, and below {TOLD} they decide, among the lines that the net holds possible.

- **In**: the words of the page above its machine readable zone, up to 200: {config["numbers"]} numbers each (place
  and size in mm, share of figures and capitals, the reader's probabilities, likeness to what the zone says, dates),
  the classes of its first letters, its folded trigrams, its box (`engine/visual/items/tagging/word_features.py`).
- **Out**: logits of {len(config["tags"])} tags a word (`config.json`).
- **Net**: letters through one convolution, trigrams through a table, then three layers of attention with a bias that
  depends on how two words stand to each other (`models/training/assignment/net.py`); ONNX opset 17, {size:.2f} MB,
  its weights in half precision, made floats of 32 bits when it is opened.
- **Trained on** pages drawn at random as lines of text, without pixels (`models/training/assignment/`), in the end
  one in three drawn in pixels and read by the engine: no known passport's layout, no real document.
  {training["pages"]:,} pages were shown, in {training["steps"]:,} steps of 24,
  {training["processor_minutes"]} minutes of processor time
  (`python -m models.training.assignment.train`).
- **Speed** {milliseconds:.1f} ms of processor time a page in the median, one thread, numbers included.
- **Limits**: it knows Latin letters. Values that the reader lost are lost.

On {pages} drawn pages not trained on (`python -m models.training.assignment.evaluate --pages {pages} --seed {seed}
--card`). "Right" are pages where just the words of the value were chosen; then the same of all choices, by how
probable they were said to be; last, where the item is not printed, how often a sure choice was made all the same.

{table}
""",
        encoding="utf-8",
    )
    return path
