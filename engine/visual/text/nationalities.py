"""Names of nationalities as passports print them, by ICAO 9303-3 §5 code: English, and the state's own ones."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from engine.memo import remembered
from engine.tables.countries import country_name
from engine.visual.text.fold import fold, likeness

_ROWS: Final = """
ARG Argentina, Argentine
AUS Australian
AUT Austrian, Österreich, Österreicher
BEL Belgian, Belge, Belg
BGR Bulgarian
BLR Republic of Belarus, Belarusian
BRA Brazilian, Brasileiro, Brasileira
CAN Canadian, Canadienne, Canadien
CHE Swiss, Schweiz, Suisse
CHN Chinese, China
CYP Cypriot
CZE Czech Republic, Česká republika, Czech
D Deutsch, German, Deutsche
DNK Danish, Dansk
EGY Egyptian
ESP Española, Español, Spanish
EST Estonian, Eesti
FIN Finnish, Suomi Finland, Suomi, Finland
FRA Française, Français, French
GBR British Citizen, British
GRC Hellenic, Greek
HKG Chinese
HRV Hrvatsko, Croatian, Hrvatska
HUN Magyar, Hungarian
IDN Indonesia, Indonesian
IND Indian
IRL Éireannach, Irish
ISL Íslenskur, Íslensk, Icelandic
ISR Israeli
ITA Italiana, Italiano, Italian
JPN Japan, Japanese
KOR Republic of Korea, Korean
LTU Lietuvos, Lithuanian, Lietuva
LUX Luxembourgeoise, Luxembourgeois
LVA Latvian, Latvija, Latvijas
MAC Chinese
MEX Mexicana, Mexican, Mexicano
MLT Maltese, Maltija
MYS Malaysia, Malaysian
NGA Nigerian
NLD Nederlandse, Dutch, Netherlands
NOR Norsk, Norwegian
NZL New Zealand, New Zealander
PAK Pakistani
PHL Filipino
POL Polskie, Polish, Polska
PRT Portuguesa, Portuguese
ROU Română, Romanian, Roumaine
RUS Russian Federation, Russian
SGP Singapore Citizen
SVK Slovenská republika, Slovak
SVN Slovensko, Slovenian, Slovene
SWE Svensk, Swedish
THA Thai
TUR Türkiye, Turkish, T.C.
TWN Republic of China, Taiwan
UKR Ukraine, Ukrainian
USA United States of America, American
UTO Utopian
VNM Vietnamese, Việt Nam
ZAF South African
"""
_NAMES: Final[Mapping[str, str]] = dict(row.split(" ", 1) for row in _ROWS.strip().splitlines())


@remembered
def is_nationality(folded: str, code: str) -> bool:
    """Return whether a folded text names the nationality of ``code``, small reading errors allowed."""
    return any(likeness(folded, name) >= 0.7 for name in _names(code))


@cache
def _names(code: str) -> frozenset[str]:
    """What the nationality is called, folded."""
    return frozenset(fold(name) for name in (*_NAMES.get(code, "").split(", "), country_name(code))) - {""}
