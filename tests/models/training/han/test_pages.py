"""Which faces measure what, and what drawn pages say beside their Latin print."""

from dataclasses import replace

import numpy as np

from engine.values.items import Item
from models.training.draw.people.identities import invent_chinese
from models.training.draw.type.fonts import FILES
from models.training.han import pages
from models.training.han.faces import FITTED, HELD_OUT


def test_the_faces_that_measure_and_those_that_fit_are_others() -> None:
    assert not {*HELD_OUT} & {*FITTED}
    assert {*HELD_OUT, *FITTED} < {*FILES["han"]}


def test_some_pages_were_issued_abroad_and_some_contradict_themselves() -> None:
    rng = np.random.default_rng(4)
    drawn = [pages._elsewhere(rng, invent_chinese(rng, "2018")) for _ in range(200)]
    abroad = [holder for holder, _ in drawn if "驻" in holder.native_authority]
    assert 10 < len(abroad) < 50
    assert all(holder.authority.startswith("CHINESE ") for holder in abroad)
    assert 3 < sum(not fits for _, fits in drawn) < 30


def test_characters_stand_beside_a_place_only_where_both_scripts_are_printed() -> None:
    holder = replace(invent_chinese(np.random.default_rng(5), "1997"), birth_place="HUNAN", native_birth_place="湖南")
    assert pages._beside(holder, ["HUNAN"])[Item.BIRTH_PLACE] == ""
    assert pages._beside(holder, ["湖南/HUNAN"])[Item.BIRTH_PLACE] == "湖南"


def test_a_line_with_a_wide_dot_holds_its_name() -> None:
    assert pages._holds("阿里\u30fb买买提", "阿里·买买提")
    assert not pages._holds("HUNAN", "阿里·买买提")
