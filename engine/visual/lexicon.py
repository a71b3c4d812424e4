"""Places and authorities that certain states print again and again.

A reading that comes very close to one of them, and to no other, is taken for it: at 94 dpi a long authority is
seldom read without one wrong letter. The provinces of China are those that its passports give as places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.text import CharReading
from engine.visual.fold import fold, likeness
from engine.visual.match import match_text, trust

_TEXTS: Final[Mapping[str, str]] = {
    "CHN": """
        Ministry of Public Security | MPS Exit & Entry Administration | National Immigration Administration, PRC
        Ministry of Foreign Affairs | Immigration Department
        Immigration Department, Hong Kong Special Administrative Region
        Identification Services Bureau, Macao SAR
        BEIJING | TIANJIN | HEBEI | SHANXI | INNER MONGOLIA | LIAONING | JILIN | HEILONGJIANG | SHANGHAI | JIANGSU
        ZHEJIANG | ANHUI | FUJIAN | JIANGXI | SHANDONG | HENAN | HUBEI | HUNAN | GUANGDONG | GUANGXI | HAINAN
        CHONGQING | SICHUAN | GUIZHOU | YUNNAN | TIBET | SHAANXI | GANSU | QINGHAI | NINGXIA | XINJIANG | HONG KONG
        MACAO | MACAU | TAIWAN
    """,
    "TWN": "MINISTRY OF FOREIGN AFFAIRS | TAIWAN",
    "USA": "United States Department of State",
    "SGP": "MINISTRY OF HOME AFFAIRS | SINGAPORE",
    "JPN": "MINISTRY OF FOREIGN AFFAIRS",
    "AUS": "AUSTRALIA",
}
KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    state: {fold(text): text for row in texts.splitlines() for text in map(str.strip, row.split("|")) if text}
    for state, texts in _TEXTS.items()
}
"""State → folded text → text as printed."""
_CLOSE: Final = 0.82
_APART: Final = 0.04


@dataclass(frozen=True, slots=True)
class Known:
    """A known text, and the probability that it is what was read."""

    text: str
    probability: float


def nearest_known(chars: Sequence[CharReading], state: str) -> Known | None:
    """Return the known text of ``state`` that ``chars`` are, or nearly are; None where none or several come close."""
    texts = KNOWN.get(state, {})
    read = fold("".join(c.char for c in chars))
    near = sorted(
        ((likeness(read, folded), folded) for folded in texts if abs(len(folded) - len(read)) < 8), reverse=True
    )
    if not near or near[0][0] < _CLOSE:
        return None
    best, folded = near[0]
    if best < 1 and len(near) > 1 and near[1][0] > best - _APART:
        return None
    match = match_text(chars, folded)
    return Known(texts[folded], trust(match.probability)) if match else None
