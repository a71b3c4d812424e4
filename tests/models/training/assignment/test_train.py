import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from engine.values.items import PAGE_ALONE, Item  # noqa: E402
from engine.visual.items.tagging import word_features, word_tags  # noqa: E402
from models.training.assignment import train as module  # noqa: E402
from models.training.assignment.examples import Example  # noqa: E402
from models.training.assignment.export import export  # noqa: E402
from models.training.assignment.read_pages import NO_VALUE, UNKNOWN  # noqa: E402
from models.training.assignment.train import (  # noqa: E402
    Run,
    as_batch,
    draw_batches,
    tag_weights,
    tagging_loss,
    train,
)

NOWHERE = Path("no pages were read here")


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOGETHER", 2)
    monkeypatch.setattr(module, "_BATCH", 3)


@pytest.mark.usefixtures("few_pages")
def test_batches_hold_pages_of_like_length_and_are_the_same_for_the_same_number() -> None:
    one, two = draw_batches(NOWHERE, 4), draw_batches(NOWHERE, 4)
    assert [len(batch) for batch in one] == [3, 3]
    shorter, longer = sorted(one, key=lambda batch: len(batch[0].tags))
    assert max(len(page.tags) for page in shorter) <= min(len(page.tags) for page in longer)
    assert all(
        np.array_equal(a.arrays.grams, b.arrays.grams)
        for x, y in zip(one, two, strict=True)
        for a, b in zip(x, y, strict=True)
    )


@pytest.mark.usefixtures("few_pages")
def test_a_batch_is_as_long_as_its_longest_page_and_padding_is_no_word() -> None:
    pages: list[Example] = draw_batches(NOWHERE, 1)[0]
    inputs, tags = as_batch(pages)
    words = max(len(page.tags) for page in pages)
    assert [tuple(tensor.shape[:2]) for tensor in (*inputs, tags)] == [(3, words)] * 6
    short = min(range(3), key=lambda k: len(pages[k].tags))
    rest = slice(len(pages[short].tags), None)
    assert bool((tags[short, rest] == -100).all())
    assert bool((inputs[4][short, rest] == -1).all())


@pytest.mark.usefixtures("few_pages")
def test_padding_does_not_change_the_answers() -> None:
    pages = sorted(draw_batches(NOWHERE, 1)[0], key=lambda page: len(page.tags))
    net = Run(torch.device("cpu")).net.eval()
    with torch.no_grad():
        together = net(*as_batch(pages)[0])[0, : len(pages[0].tags)]
        alone = net(*as_batch(pages[:1])[0])[0]
    assert torch.allclose(together, alone, atol=1e-4)


def test_a_word_that_is_no_value_may_be_anything_else_and_one_not_known_anything() -> None:
    weights = tag_weights()
    logits = torch.zeros(1, word_tags.COUNT)
    value, label = word_tags.value_tag(Item.BIRTH_PLACE), word_tags.OTHER_LABEL
    for chosen, right in ((value, False), (label, True), (word_tags.NOTHING, True)):
        answer = logits.clone()
        answer[0, chosen] = 20.0
        assert (float(tagging_loss(answer, torch.tensor([NO_VALUE]), weights)) < 0.01) is right
        assert float(tagging_loss(answer, torch.tensor([UNKNOWN]), weights)) == 0.0
        assert (float(tagging_loss(answer, torch.tensor([chosen]), weights)) < 0.5) is True


def test_items_that_only_the_page_tells_weigh_most() -> None:
    weights = tag_weights()
    assert {float(weights[word_tags.value_tag(item)]) for item in PAGE_ALONE} == {2.0}
    assert float(weights[word_tags.OTHER_LABEL]) == 0.5


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch.onnx's own
@pytest.mark.usefixtures("few_pages")
def test_training_goes_on_where_it_stopped_and_is_exported(tmp_path: Path) -> None:
    run = Run(torch.device("cpu"))
    train(run, NOWHERE, 1, tmp_path / "last.pt", 0)
    later = Run(torch.device("cpu"))
    later.resume(tmp_path / "last.pt")
    assert later.step == 1
    train(later, NOWHERE, 2, tmp_path / "last.pt", 0)
    assert later.step == 2
    export(later.average, tmp_path / "model", {"steps": 2})
    config = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    assert config["numbers"] == word_features.COUNT
    assert config["tags"] == list(word_tags.NAMES)
    assert config["training"] == {"steps": 2}
    assert (tmp_path / "model" / "SHA256SUMS").is_file()
