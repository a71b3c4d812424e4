import dataclasses

import numpy as np
import pytest

from engine.errors import ModelDamaged
from engine.imaging.network import open_network
from engine.memo import forget
from engine.values.items import Item
from engine.values.mrz import MrzFields
from engine.visual.items.tagging import tag_words as module
from engine.visual.items.tagging import word_tags
from engine.visual.items.tagging.tag_words import MODEL, tag_words
from engine.visual.items.tagging.words import page_words
from tests.engine.visual.pages import label, line

FIELDS = MrzFields("P", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", "740812", "F", "120415", "", "")
PAGE = (
    label("Type", 40, 9.0), label("Code", 60, 9.0), label("Passport No.", 90, 9.0),
    line("P", 40, 12.5), line("UTO", 60, 12.5), line("L898902C3", 90, 12.5),
    label("Surname / Nom", 40, 16.0), line("ERIKSSON", 40, 19.5),
    label("Given names / Prénoms", 40, 23.0), line("ANNA MARIA", 40, 26.5),
    label("Nationality / Nationalité", 40, 30.0), line("UTOPIAN", 40, 33.5),
    label("Date of birth / Date de naissance", 40, 37.0), line("12 AUG 1974", 40, 40.5),
    label("Sex / Sexe", 40, 44.0), line("F", 40, 47.5),
    label("Place of birth / Lieu de naissance", 70, 44.0), line("ZENITH", 70, 47.5),
    label("Date of issue / Date de délivrance", 40, 51.0), line("16 APR 2007", 40, 54.5),
    label("Authority / Autorité", 80, 51.0), line("PASSPORT OFFICE", 80, 54.5),
    label("Date of expiry / Date d'expiration", 40, 58.0), line("15 APR 2012", 40, 61.5),
)  # fmt: skip


def test_a_plain_page_is_tagged_word_by_word() -> None:
    words = page_words(PAGE)
    tags = tag_words(words, FIELDS)
    assert tags.shape == (len(words), word_tags.COUNT)
    assert np.allclose(tags.sum(1), 1, atol=1e-4)
    said = {word.text: word_tags.NAMES[int(row.argmax())] for word, row in zip(words, tags, strict=True)}
    assert said["ZENITH"] == Item.BIRTH_PLACE.english
    assert said["2007"] == Item.ISSUE_DATE.english
    assert said["OFFICE"] == Item.AUTHORITY.english
    assert said["Autorité"] == f"label of {Item.AUTHORITY.english}"


def test_a_page_without_words_has_no_tags() -> None:
    assert tag_words((), FIELDS).shape == (0, word_tags.COUNT)


def test_a_model_made_for_other_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    network = open_network(MODEL)
    other = dataclasses.replace(network, config={**network.config, "tags": ["nothing"]})
    monkeypatch.setattr(module, "open_network", lambda _: other)
    module._network.cache_clear()
    forget()
    try:
        with pytest.raises(ModelDamaged, match="install the engine anew"):
            tag_words(page_words(PAGE), FIELDS)
    finally:
        module._network.cache_clear()
