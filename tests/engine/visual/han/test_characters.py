"""What the network answers means what the table says: both count the characters in the same order."""

import numpy as np

from engine.imaging.network import open_network
from engine.visual.han.characters import MODEL, SIDE, score_characters
from engine.visual.han.readings import characters


def test_the_network_and_the_table_have_the_characters_in_one_order() -> None:
    assert open_network(MODEL).config["characters"] == characters()


def test_there_is_a_probability_for_each_character_and_for_none() -> None:
    crops = np.random.default_rng(0).integers(0, 256, (3, SIDE, SIDE)).astype(np.uint8)
    answers = score_characters(crops)
    assert answers.shape == (3, len(characters()) + 1)
    assert np.allclose(np.exp(answers).sum(axis=1), 1.0, atol=1e-3)
