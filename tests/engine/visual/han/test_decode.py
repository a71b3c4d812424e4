import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables.han import han_characters
from engine.visual.han.decode import Spelling, counts, decode_bound, decode_free, decode_known
from engine.visual.han.readings import characters
from tests.engine.visual.han.pictures import clear, scores_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王琳", ("WANG", "LIN")),
        ("欧阳晓梅", ("OUYANG", "XIAOMEI")),
        ("单雄信", ("SHAN", "XIONGXIN")),
        ("解缙", ("XIE", "JIN")),
        ("仇英", ("QIU", "YING")),
        ("吕绿", ("LYU", "LV")),
        ("吕女", ("LU", "NYU")),
        ("万俟雪", ("MOQI", "XUE")),
        ("尉迟恭", ("YUCHI", "GONG")),
        ("夏爱", ("XIA", "AI")),
        ("鄂安", ("E", "AN")),
        ("林西安", ("LIN", "XIAN")),
        ("林先", ("LIN", "XIAN")),
        ("扎西多布吉", ("ZHAXIDUOBUJI",)),
        ("古丽仙·阿不都", ("GULIXIAN", "ABUDU")),
        ("古丽仙·阿不都", ("ABUDU", "GULIXIAN")),
    ],
)
def test_names_that_are_plainly_shown(name: str, parts: tuple[str, ...]) -> None:
    found = decode_bound(clear(name), Spelling(parts))
    assert found is not None
    assert found.text == name
    assert found.share > 0.99


def test_the_zone_decides_between_characters_that_look_alike() -> None:
    pictures = scores_of({"王": 0.9}, {"柯": 0.6, "轲": 0.3, "河": 0.05})
    assert decode_free(pictures).text == "王柯"
    river = decode_bound(pictures, Spelling(("WANG", "HE")))
    assert river is not None
    assert river.text == "王河"


def test_the_picture_decides_between_characters_that_sound_alike() -> None:
    found = decode_bound(scores_of({"王": 0.9}, {"祯": 0.55, "桢": 0.45}), Spelling(("WANG", "ZHEN")))
    assert found is not None
    assert found.text == "王祯"
    assert 0.5 < found.share < 0.9


def test_each_split_counts_and_the_best_is_taken() -> None:
    one = decode_bound(scores_of({"林": 0.9}, {"西": 0.4, "先": 0.5}, {"安": 0.9}), Spelling(("LIN", "XIAN")))
    assert one is not None
    assert one.text == "林西安"
    either = decode_bound(clear("先爱"), Spelling(("XIANAI",)))
    other = decode_bound(clear("夏奈"), Spelling(("XIANAI",)))
    assert either is not None and other is not None
    assert (either.text, other.text) == ("先爱", "夏奈")


def test_a_space_within_a_short_name_is_no_dot() -> None:
    found = decode_bound(clear("王·琳"), Spelling(("WANG", "LIN")))
    assert found is not None
    assert found.text == "王琳"


@pytest.mark.parametrize("cut", ["ABUDUREXITI", "ABUDUREXIT", "ABUDUREX", "ABUDU"])
def test_names_that_the_zone_cuts(cut: str) -> None:
    pictures = clear("阿不都热西提")
    found = decode_bound(pictures, Spelling((cut,), cut=True))
    assert found is not None
    assert found.text == "阿不都热西提"
    if cut != "ABUDUREXITI":
        assert decode_bound(pictures, Spelling((cut,))) is None


def test_letters_that_are_no_pinyin_fit_nothing() -> None:
    assert decode_bound(clear("黄文"), Spelling(("WONG", "MAN"))) is None
    assert decode_bound(clear("王"), Spelling(())) is None
    assert not counts(Spelling(("WONG", "MAN")), 15)
    assert not counts(Spelling(()), 15)


def test_how_many_characters_letters_may_be() -> None:
    assert counts(Spelling(("WANG", "LIN")), 15) == {2, 3}  # with a gap between
    assert counts(Spelling(("XIANAI",)), 15) == {2, 3}
    assert counts(Spelling(("WANG",)), 15) == {1}
    assert max(counts(Spelling(("ABUDUREXIT",), cut=True), 8)) == 8


spelt = [character for character in characters() if character not in "嗯呣"]
names = st.lists(st.sampled_from(spelt), min_size=2, max_size=8).map("".join)


@given(names, st.integers(1, 3), st.data())
def test_any_name_is_found_by_any_of_its_readings_however_it_is_parted(
    name: str, behind: int, data: st.DataObject
) -> None:
    ways = [[way for way in han_characters()[character].readings if set(way) & set("AEIOUV")] for character in name]
    spelt = [data.draw(st.sampled_from(some)) for some in ways]
    behind = min(behind, len(name) - 1)
    spelling = Spelling(("".join(spelt[:behind]), "".join(spelt[behind:])))
    assert len(name) in counts(spelling, 15)
    found = decode_bound(clear(name), spelling)
    assert found is not None
    assert found.text == name
    assert 0.5 < found.share <= 1.0
    assert found.score == pytest.approx(math.log(0.9), abs=1e-4)


@given(names, st.integers(0, 2**32 - 1))
def test_what_fits_the_spelling_is_never_likelier_than_what_the_pictures_say(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    raw = rng.normal(0, 3, (len(name), len(characters()) + 1)).astype(np.float32)
    scores = raw - np.logaddexp.reduce(raw, axis=1, keepdims=True)
    spelling = Spelling(("".join(han_characters()[character].readings[0] for character in name),))
    found, free = decode_bound(scores, spelling), decode_free(scores)
    assert found is not None
    assert len(found.text) == len(name)
    assert 0.0 <= found.share <= 1.0
    assert found.score <= free.score + 1e-5


def test_what_was_read_is_not_in_a_repr() -> None:
    found = decode_bound(clear("王琳"), Spelling(("WANG", "LIN")))
    assert "王" not in repr(found)
    assert "WANG" not in repr(Spelling(("WANG", "LIN")))


def test_of_known_texts_the_likeliest_of_that_length_is_taken() -> None:
    pictures = scores_of({"湖": 0.5, "河": 0.4}, {"南": 0.9})
    found = decode_known(pictures, ("湖南", "河南", "黑龙江"))
    assert found is not None
    assert found.text == "湖南"
    assert 0.5 < found.share < 0.9
    assert decode_known(pictures, ("黑龙江",)) is None
    assert decode_known(pictures, ()) is None


def test_what_is_written_over_some_of_many_characters_hides_nothing_that_is_known() -> None:
    pictures = clear("公安部出入丑丑丑丑")
    found = decode_known(pictures, ("公安部出入境管理局",))
    assert found is not None
    assert found.score == pytest.approx(math.log(0.9), abs=1e-4)


def test_a_text_that_differs_in_its_middle_takes_what_is_shown_there() -> None:
    texts = ("中国驻…大使馆", "中国驻…总领事馆", "中国驻…领事馆")
    embassy, consulate = (
        decode_known(clear("中国驻法国大使馆"), texts),
        decode_known(clear("中国驻纽约总领事馆"), texts),
    )
    assert embassy is not None and consulate is not None
    assert (embassy.text, consulate.text) == ("中国驻法国大使馆", "中国驻纽约总领事馆")
    assert consulate.share > 0.9  # two of the texts are the same there
    empty = decode_known(clear("中国驻大使馆"), ("中国驻…大使馆",))
    assert empty is None


def test_how_likely_the_middle_is_counts() -> None:
    pictures = np.concatenate([clear("中国驻"), scores_of({"法": 0.5, "注": 0.45}), clear("国大使馆")])
    found = decode_known(pictures, ("中国驻…大使馆",))
    assert found is not None
    assert 0.4 < found.share < 0.7
