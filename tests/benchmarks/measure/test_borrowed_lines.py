"""A page whose texts are known exactly: borrowed lines must come out as the items they are."""

from pathlib import Path

import pytest

from benchmarks.measure.borrowed_lines import read_items
from engine.measure.truth import load_documents
from engine.readers.select import open_readers
from engine.values.items import Item
from models.training.draw.manifest import save_pictures
from models.training.draw.samples import make_picture
from models.training.draw.type.fonts import FontsMissing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    try:
        save_pictures(folder, {"page": make_picture(4, 0, kind="scan200", layout="generic")})
    except FontsMissing:
        pytest.skip("no fonts to draw with")
    return folder


def test_the_texts_of_a_page_become_its_items(folder: Path) -> None:
    (document,) = load_documents(folder)
    picture = make_picture(4, 0, kind="scan200", layout="generic")
    texts = [{"text": line.text, "quad": line.quad, "score": 0.99} for line in picture.truth.lines]
    items = {item.item: item.value for item in read_items(document, texts, open_readers("ctc"))}
    for item in (Item.SURNAME, Item.BIRTH_PLACE, Item.ISSUE_DATE):
        assert items[item] == document.items[item].value
    assert read_items(document, [], open_readers("ctc")) != ()
