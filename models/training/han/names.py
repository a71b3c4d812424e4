"""Invented Chinese names: common parts of names put together anew, or any characters at all. No person's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.tables.han import HanCharacter, han_characters
from models.training.draw.people.chinese_names import DOUBLE_SURNAMES

SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦"
    "向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴"
    "华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都"
    "巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺朴乌那哈尉肖闫付代戈冶阚郦鄂缪訾逄宓郗禹蒲尚麻杭"
)
"""Surnames in general use; which words of a word list are names follows from them."""
READ_OTHERWISE: Final[Mapping[str, str]] = {
    "单": "SHAN", "解": "XIE", "仇": "QIU", "查": "ZHA", "曾": "ZENG", "朴": "PIAO", "区": "OU", "任": "REN",
    "华": "HUA", "乐": "YUE LE", "盖": "GE", "缪": "MIAO", "宓": "MI", "员": "YUN", "尉": "WEI YU", "万": "WAN MO",
    "俟": "QI", "冼": "XIAN", "洗": "XIAN", "召": "SHAO", "逄": "PANG", "繁": "PO", "种": "CHONG", "黑": "HE",
    "秘": "BI", "纪": "JI", "谌": "CHEN SHEN", "覃": "QIN TAN", "折": "SHE ZHE", "隗": "WEI KUI", "翟": "ZHAI",
    "葛": "GE", "牟": "MU MOU", "那": "NA", "宁": "NING", "燕": "YAN", "不": "FOU", "晟": "CHENG SHENG",
    "柏": "BO BAI", "卜": "BU", "祭": "ZHAI", "长": "ZHANG CHANG", "莎": "SHA SUO", "茜": "QIAN XI",
    "娜": "NA NUO", "盛": "SHENG CHENG", "蔚": "WEI YU", "郗": "XI CHI", "乜": "NIE MIE", "句": "GOU JU",
    "都": "DU", "重": "CHONG ZHONG", "炅": "JIONG GUI", "彧": "YU", "赟": "YUN", "喆": "ZHE", "堃": "KUN",
    "芃": "PENG", "昇": "SHENG", "昊": "HAO", "婧": "JING", "镐": "HAO GAO", "车": "CHE", "行": "XING HANG",
    "令": "LING", "澹": "TAN", "鲜": "XIAN", "撒": "SA", "仉": "ZHANG", "藏": "ZANG CANG", "适": "KUO SHI",
    "郇": "XUN HUAN", "阚": "KAN", "麹": "QU", "石": "SHI", "合": "GE HE", "哈": "HA", "盍": "HE", "祝": "ZHU",
    "应": "YING", "相": "XIANG", "曲": "QU", "訾": "ZI", "占": "ZHAN", "沈": "SHEN", "叶": "YE", "薄": "BO",
    "谷": "GU", "贾": "JIA", "强": "QIANG", "台": "TAI", "和": "HE", "邸": "DI",
}  # fmt: skip
"""Readings of surnames, first, and spoken variants of given names, which dictionaries lack or name last."""
_SOUNDS: Final = (
    "阿艾巴白别布达丹丁多尔古哈合吉加江杰克肯库拉莱里力玛麦买曼米木穆娜尼努帕热萨赛沙斯苏提图吐托瓦西希依伊孜"
    "卓扎央措仁增"
)
"""Characters that names of other peoples are written with for their sounds."""
_DOUBLED: Final = 0.04
_SHORT: Final = 0.25
"""Shares of surnames of two characters, and of given names of one."""
_UMLAUTS: Final = {"YU": 0.7, "V": 0.15, "U": 0.15}
"""How passports write Ü."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in characters and as a passport spells its two parts."""

    native: str
    surname: str
    given: str


def invent_name(rng: Generator, held: NDArray[np.bool_], *, uniform: bool) -> Name:
    """Make up a name of characters that are ``held`` (by a face), given ones as names have them or any at all."""
    surname = _surname(rng, held)
    weights = np.asarray(held * (1.0 if uniform else _counts()))
    count = 1 if rng.random() < _SHORT else 2
    known = list(han_characters())
    given = "".join(known[i] for i in rng.choice(len(known), count, p=weights / weights.sum()))
    spelt = DOUBLE_SURNAMES.get(surname) or _spelt(rng, surname, surname=True)
    return Name(surname + given, spelt, "".join(_spelt(rng, character, surname=False) for character in given))


def invent_dotted_name(rng: Generator, held: NDArray[np.bool_]) -> Name:
    """Make up a name of two parts with a dot between, as other peoples have it; the zone has either first."""
    places = {character: at for at, character in enumerate(han_characters())}
    sounds = [character for character in _SOUNDS if held[places[character]]]
    parts = ["".join(rng.choice(sounds, int(rng.integers(2, 5)), replace=False)) for _ in range(2)]
    first, second = ("".join(_spelt(rng, character, surname=False) for character in part) for part in parts)
    surname, given = (first, second) if rng.random() < 0.5 else (second, first)
    return Name("·".join(parts), surname, given)


def _surname(rng: Generator, held: NDArray[np.bool_]) -> str:
    places = {character: at for at, character in enumerate(han_characters())}
    choices = list(DOUBLE_SURNAMES) if rng.random() < _DOUBLED else list(SURNAMES)
    while True:
        weights = np.array([han_characters()[name[0]].surname + 1.0 for name in choices])
        surname = choices[int(rng.choice(len(choices), p=weights / weights.sum()))]
        if all(held[places[character]] for character in surname):
            return surname


def _spelt(rng: Generator, character: str, *, surname: bool) -> str:
    """The usual reading of a character, in a surname its own."""
    entry = han_characters()[character]
    own = READ_OTHERWISE.get(character, "").split() if surname else []
    reading = own[0] if own else entry.readings[0]
    forms = _forms(entry, reading)
    return reading if len(forms) < 2 else str(rng.choice(list(forms), p=list(_UMLAUTS.values())))


def _forms(entry: HanCharacter, reading: str) -> tuple[str, ...]:
    """The spellings of a reading with Ü; of others that alone."""
    if not reading.endswith("YU") or len(reading) < 3:
        return (reading,)
    forms = tuple(reading[:-2] + form for form in _UMLAUTS)
    return forms if all(form in entry.readings for form in forms) else (reading,)


@cache
def _counts() -> NDArray[np.float64]:
    return np.array([entry.given for entry in han_characters().values()], np.float64)
