"""Month names as passports print them, folded; a name may mean different months in different languages."""

import re
from collections.abc import Mapping
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.memo import remembered
from engine.visual.text.fold import fold

_BY_LANGUAGE: Final = {
    "en": "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER",
    "fr": "JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE",
    "de": "JANUAR FEBRUAR MAERZ APRIL MAI JUNI JULI AUGUST SEPTEMBER OKTOBER NOVEMBER DEZEMBER",
    "de-short": "JAN FEB MRZ APR MAI JUN JUL AUG SEP OKT NOV DEZ",
    "es": "ENERO FEBRERO MARZO ABRIL MAYO JUNIO JULIO AGOSTO SEPTIEMBRE OCTUBRE NOVIEMBRE DICIEMBRE",
    "pt": "JANEIRO FEVEREIRO MARCO ABRIL MAIO JUNHO JULHO AGOSTO SETEMBRO OUTUBRO NOVEMBRO DEZEMBRO",
    "it": "GENNAIO FEBBRAIO MARZO APRILE MAGGIO GIUGNO LUGLIO AGOSTO SETTEMBRE OTTOBRE NOVEMBRE DICEMBRE",
    "nl": "JANUARI FEBRUARI MAART APRIL MEI JUNI JULI AUGUSTUS SEPTEMBER OKTOBER NOVEMBER DECEMBER",
    "nl-short": "JAN FEB MRT APR MEI JUN JUL AUG SEP OKT NOV DEC",
    "sv": "JANUARI FEBRUARI MARS APRIL MAJ JUNI JULI AUGUSTI SEPTEMBER OKTOBER NOVEMBER DECEMBER",
    "pl": "STYCZEN LUTY MARZEC KWIECIEN MAJ CZERWIEC LIPIEC SIERPIEN WRZESIEN PAZDZIERNIK LISTOPAD GRUDZIEN",
    "cs": "LEDEN UNOR BREZEN DUBEN KVETEN CERVEN CERVENEC SRPEN ZARI RIJEN LISTOPAD PROSINEC",
    "hr": "SIJECANJ VELJACA OZUJAK TRAVANJ SVIBANJ LIPANJ SRPANJ KOLOVOZ RUJAN LISTOPAD STUDENI PROSINAC",
    "ro": "IANUARIE FEBRUARIE MARTIE APRILIE MAI IUNIE IULIE AUGUST SEPTEMBRIE OCTOMBRIE NOIEMBRIE DECEMBRIE",
    "hu": "JANUAR FEBRUAR MARCIUS APRILIS MAJUS JUNIUS JULIUS AUGUSZTUS SZEPTEMBER OKTOBER NOVEMBER DECEMBER",
    "tr": "OCAK SUBAT MART NISAN MAYIS HAZIRAN TEMMUZ AGUSTOS EYLUL EKIM KASIM ARALIK",
    "fi": "TAMMIKUU HELMIKUU MAALISKUU HUHTIKUU TOUKOKUU KESAKUU HEINAKUU ELOKUU SYYSKUU LOKAKUU MARRASKUU JOULUKUU",
    "et": "JAANUAR VEEBRUAR MARTS APRILL MAI JUUNI JUULI AUGUST SEPTEMBER OKTOOBER NOVEMBER DETSEMBER",
    "lv": "JANVARIS FEBRUARIS MARTS APRILIS MAIJS JUNIJS JULIJS AUGUSTS SEPTEMBRIS OKTOBRIS NOVEMBRIS DECEMBRIS",
    "lt": "SAUSIS VASARIS KOVAS BALANDIS GEGUZE BIRZELIS LIEPA RUGPJUTIS RUGSEJIS SPALIS LAPKRITIS GRUODIS",
    "id": "JANUARI FEBRUARI MARET APRIL MEI JUNI JULI AGUSTUS SEPTEMBER OKTOBER NOVEMBER DESEMBER",
    "ms": "JANUARI FEBRUARI MAC APRIL MEI JUN JULAI OGOS SEPTEMBER OKTOBER NOVEMBER DISEMBER",
    "fil": "ENERO PEBRERO MARSO ABRIL MAYO HUNYO HULYO AGOSTO SETYEMBRE OKTUBRE NOBYEMBRE DISYEMBRE",
    "is": "JANUAR FEBRUAR MARS APRIL MAI JUNI JULI AGUST SEPTEMBER OKTOBER NOVEMBER DESEMBER",
    "ga": "EANAIR FEABHRA MARTA AIBREAN BEALTAINE MEITHEAMH IUIL LUNASA MEAN DEIREADH SAMHAIN NOLLAIG",
    "ga-short": "EAN FEABH MARTA AIB BEAL MEITH IUIL LUN MFOMH DFOMH SAMH NOLL",
    "sq": "JANAR SHKURT MARS PRILL MAJ QERSHOR KORRIK GUSHT SHTATOR TETOR NENTOR DHJETOR",
    "sl": "JANUAR FEBRUAR MAREC APRIL MAJ JUNIJ JULIJ AVGUST SEPTEMBER OKTOBER NOVEMBER DECEMBER",
    "mt": "JANNAR FRAR MARZU APRIL MEJJU GUNJU LULJU AWWISSU SETTEMBRU OTTUBRU NOVEMBRU DICEMBRU",
    "roman": "I II III IV V VI VII VIII IX X XI XII",
}


def _table() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for language, names in _BY_LANGUAGE.items():
        for month, name in enumerate(names.split(), start=1):
            cuts = {len(name)} if language == "roman" else {3, 4, len(name)}
            for cut in cuts:
                found.setdefault(name[:cut], set()).add(month)
    return {name: frozenset(months) for name, months in found.items()}


MONTHS: Final[Mapping[str, frozenset[int]]] = _table()
"""Folded full names and their first three and four letters."""
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_ENGLISH: Final = {name[:3]: month for month, name in enumerate(_BY_LANGUAGE["en"].split(), start=1)}


@remembered
def months_named(word: str) -> tuple[frozenset[int], float]:
    """Return the months ``word`` may name and how sure that is (0..1); nothing and 0 for other words.

    A word of three letters may carry one misread letter, a longer one two, if what is meant stays unique.
    """
    name = fold(word)
    if name in MONTHS:
        return MONTHS[name], 1.0
    if len(name) < 3:
        return frozenset(), 0.0
    if twice := _named_twice(name):
        return twice, 1.0
    errors = 1 if len(name) <= 4 else 2
    letters = set(name)
    alike = (
        k for k in MONTHS if abs(len(k) - len(name)) <= 1 and len(letters.intersection(k)) >= len(set(k)) - errors
    )
    near = sorted((Levenshtein.distance(name, known), known) for known in alike)
    best = near[0][0] if near else errors + 1
    if best > errors:
        return frozenset(), 0.0
    meant = [known for d, known in near if d == best]
    months = frozenset().union(*(MONTHS[known] for known in meant))
    english = {_ENGLISH[known] for known in meant if known in _ENGLISH}
    if len(months) > 1 and len(english) == 1:  # English stands on nearly every page
        return frozenset(english), 0.5
    return (months, 1 - 0.3 * best) if len(months) == 1 else (months, 0.3)


def _named_twice(name: str) -> frozenset[int]:
    """The month that a word names in two languages whose stroke was not read (``JANVJAN``)."""
    halves = ((name[:i], name[i:]) for i in range(3, len(name) - 2))
    return frozenset().union(*(MONTHS.get(a, frozenset()) & MONTHS.get(b, frozenset()) for a, b in halves))


def month_words(text: str, month: int) -> list[str]:
    """Return the words of ``text`` that name ``month``."""
    return [word for word in _WORDS.findall(text) if month in months_named(word)[0]]


def agreed_month(words: tuple[str, ...]) -> tuple[int, float]:
    """Return the month that all the names of one date can mean, English deciding, and how sure; (0, 0) if none."""
    named = [(word, *months_named(word)) for word in words]
    named = [entry for entry in named if entry[1]]
    if not named:
        return 0, 0.0
    common = frozenset.intersection(*(months for _, months, _ in named))
    certainty = max(sure for _, _, sure in named)
    english = {_ENGLISH[fold(word)[:3]] for word, _, sure in named if sure == 1 and fold(word)[:3] in _ENGLISH}
    if len(english & common) == 1:
        return next(iter(english & common)), certainty
    if len(common) == 1:
        return next(iter(common)), certainty
    if len(english) == 1:
        return next(iter(english)), 0.8 * certainty
    return (min(common), 0.4 * certainty) if common else (0, 0.0)
