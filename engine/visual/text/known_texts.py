"""Places and authorities that certain states print again and again.

A reading that comes very close to one of them, and to no other, is taken for it: at 94 dpi a long authority is
seldom read without one wrong letter. The provinces of China are those that its passports give as places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.memo import remembered
from engine.values.text import CharReading
from engine.visual.text.fold import fold, likeness
from engine.visual.text.match import match_text, trust

_AUTHORITIES: Final[Mapping[str, str]] = {
    "CHN": """
        Ministry of Public Security | MPS Exit & Entry Administration | National Immigration Administration, PRC
        Ministry of Foreign Affairs | Immigration Department
        Immigration Department, Hong Kong Special Administrative Region
        Identification Services Bureau, Macao SAR
    """,
    "TWN": """
        MINISTRY OF FOREIGN AFFAIRS | BUREAU OF CONSULAR AFFAIRS | TAIPEI ECONOMIC AND CULTURAL OFFICE
    """,
    "USA": "United States Department of State | NATIONAL PASSPORT CENTER",
    "SGP": "MINISTRY OF HOME AFFAIRS",
    "JPN": "MINISTRY OF FOREIGN AFFAIRS",
    "KOR": "MINISTRY OF FOREIGN AFFAIRS | MINISTRY OF FOREIGN AFFAIRS AND TRADE",
    "THA": "MINISTRY OF FOREIGN AFFAIRS",
    "AUS": "DEPARTMENT OF FOREIGN AFFAIRS AND TRADE",
    "GBR": "UKPA | HMPO",
    "NZL": "Department of Internal Affairs Wellington",
    "ZAF": "DEPT OF HOME AFFAIRS",
    "POL": """
        MINISTER S W I A | MINISTER SPRAW ZAGRANICZNYCH | WOJEWODA DOLNOŚLĄSKI | WOJEWODA KUJAWSKO-POMORSKI
        WOJEWODA LUBELSKI | WOJEWODA LUBUSKI | WOJEWODA ŁÓDZKI | WOJEWODA MAŁOPOLSKI | WOJEWODA MAZOWIECKI
        WOJEWODA OPOLSKI | WOJEWODA PODKARPACKI | WOJEWODA PODLASKI | WOJEWODA POMORSKI | WOJEWODA ŚLĄSKI
        WOJEWODA ŚWIĘTOKRZYSKI | WOJEWODA WARMIŃSKO-MAZURSKI | WOJEWODA WIELKOPOLSKI | WOJEWODA ZACHODNIOPOMORSKI
    """,
    "PRT": "SEF - SERV ESTR E FRONTEIRAS",
    "HUN": "BELÜGYMINISZTÉRIUM NYILVÁNTARTÓ HIVATAL",
    "EST": "POLITSEI- JA PIIRIVALVEAMET | KODAKONDSUS- JA MIGRATSIOONIAMET",
    "GRC": "A.E.A./D.D.-N.P.C.",
    "IRL": "AN ROINN GNÓTHAÍ EACHTRACHA/DEPT OF FOREIGN AFFAIRS",
    "ISL": "ÞJÓÐSKRÁ ÍSLANDS | RÍKISLÖGREGLUSTJÓRINN",
    "ROU": "DIRECȚIA GENERALĂ DE PAȘAPOARTE",
    "ITA": "MINISTRO AFFARI ESTERI | MINISTRO AFFARI ESTERI E COOPERAZIONE INTERNAZIONALE",
    "LTU": "ADIC PRIE LR VRM | MIGRACIJOS DEPARTAMENTAS",
}
_PLACES: Final[Mapping[str, str]] = {
    "CHN": """
        BEIJING | TIANJIN | HEBEI | SHANXI | INNER MONGOLIA | LIAONING | JILIN | HEILONGJIANG | SHANGHAI | JIANGSU
        ZHEJIANG | ANHUI | FUJIAN | JIANGXI | SHANDONG | HENAN | HUBEI | HUNAN | GUANGDONG | GUANGXI | HAINAN
        CHONGQING | SICHUAN | GUIZHOU | YUNNAN | TIBET | SHAANXI | GANSU | QINGHAI | NINGXIA | XINJIANG | HONG KONG
        MACAO | MACAU | TAIWAN
    """,
    "TWN": "TAIWAN",
    "SGP": "SINGAPORE",
    "AUS": "AUSTRALIA",
}
"""What is no authority everywhere: Australia names itself as one."""
_EVERYWHERE: Final = """
MINISTRY OF FOREIGN AFFAIRS | MINISTRY OF FOREIGN AFFAIRS AND TRADE | MINISTRY OF EXTERNAL AFFAIRS
MINISTRY OF HOME AFFAIRS | MINISTRY OF INTERNAL AFFAIRS | MINISTRY OF INTERIOR | MINISTRY OF THE INTERIOR
DEPARTMENT OF FOREIGN AFFAIRS | DEPARTMENT OF FOREIGN AFFAIRS AND TRADE | DEPARTMENT OF HOME AFFAIRS
DEPARTMENT OF IMMIGRATION | DEPARTMENT OF IMMIGRATION AND EMIGRATION | DEPARTMENT OF INTERNAL AFFAIRS
IMMIGRATION DEPARTMENT | DIRECTORATE OF IMMIGRATION SERVICES | DIRECTORATE GENERAL OF IMMIGRATION
PASSPORT OFFICE | IMMIGRATION OFFICE | CIVIL REGISTRY AND PASSPORT DEPARTMENT
MINISTÈRE DES AFFAIRES ÉTRANGÈRES | MINISTÈRE DE L'INTÉRIEUR | DIRECTION GÉNÉRALE DE LA SÛRETÉ NATIONALE
MINISTERIO DE RELACIONES EXTERIORES | MINISTÉRIO DAS RELAÇÕES EXTERIORES | DIRECCIÓN GENERAL DE MIGRACIÓN
"""


def _folded(texts: str) -> dict[str, str]:
    parts = (part.strip() for row in texts.splitlines() for part in row.split("|"))
    return {fold(part): part for part in parts if part}


KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    state: _folded(_AUTHORITIES.get(state, "")) | _folded(_PLACES.get(state, ""))
    for state in _AUTHORITIES.keys() | _PLACES.keys()
}
"""State → folded text → text as printed."""
_COMMON: Final = _folded(_EVERYWHERE)
"""Authorities that many states name so, as printed in capitals."""
AUTHORITIES: Final = frozenset(_COMMON).union(*(_folded(texts) for texts in _AUTHORITIES.values()))
"""Folded texts that are authorities wherever they stand."""
_CLOSE: Final = 0.82
_APART: Final = 0.05
"""Texts nearer to each other than that are told by how probable their letters are."""
_CLEAR: Final = 5.0
"""Times as probable as the next."""
_VERY_CLOSE: Final = 0.9
"""Least likeness of what the state is not known to print."""
_LONG, _NEAR, _FAR = 10, 0.66, 0.3
"""A reading of so many letters may be less close where every other text is so much less like it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A known text, and the probability that it is what was read."""

    text: str
    probability: float


def nearest_known(chars: Sequence[CharReading], state: str) -> Known | None:
    """Return the known text of ``state`` that ``chars`` are, or nearly are; None where none or several come close.

    Texts in capitals are also compared with what authorities are called in many states.
    """
    read = fold("".join(c.char for c in chars))
    capitals = sum(c.char.isupper() for c in chars) > sum(c.char.islower() for c in chars)
    texts = KNOWN.get(state, {})
    near = _nearest(read, state)
    if not near and capitals:
        texts = _COMMON
        near = tuple(folded for folded in _nearest(read, "") if likeness(read, folded) >= _VERY_CLOSE)
    matches = sorted(((m.probability, folded) for folded in near if (m := match_text(chars, folded))), reverse=True)
    if not matches or any(probability * _CLEAR > matches[0][0] for probability, _ in matches[1:]):
        return None
    return Known(texts[matches[0][1]], trust(matches[0][0]))


@remembered
def _nearest(read: str, state: str) -> tuple[str, ...]:
    """The texts (folded) of ``state``, or of many where it is "", that a folded reading comes equally close to."""
    texts = KNOWN.get(state, {}) if state else _COMMON
    near = sorted(
        ((likeness(read, folded), folded) for folded in texts if abs(len(folded) - len(read)) < 8), reverse=True
    )
    if not near:
        return ()
    best, folded = near[0]
    if best == 1:
        return (folded,)
    margin = best - (near[1][0] if len(near) > 1 else 0.0)
    alone = len(folded) >= _LONG and best >= _NEAR and margin >= _FAR
    if best < _CLOSE:
        return (folded,) if alone else ()
    return tuple(other for alike, other in near if best - alike < _APART and alike >= _CLOSE)
