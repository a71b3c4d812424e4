"""How national letters are written in the machine readable zone (ICAO 9303-3 §6, tables A and B).

Where the table allows several forms the one it recommends, or the usual one, comes first. Cyrillic letters that
languages transliterate differently carry the forms of all of them.
"""

from collections.abc import Mapping

OMITTED = "'’‘ʼ`´.,\"·"
"""Left out of names (ICAO 9303-3 §4.6: apostrophes and commas are not represented)."""

_BARE = {
    "A": "ÁÀÂÃĂĀĄ",
    "C": "ĆĈČĊÇ",
    "D": "ĐĎÐ",
    "E": "ÉÈÊËĚĖĒĘĔ",
    "G": "ĜĞĠĢ",
    "H": "ĦĤ",
    "I": "ÍÌÎÏĨİĪĮĬ",
    "J": "Ĵ",
    "K": "Ķĸ",
    "L": "ŁĹĽĻĿ",
    "N": "ŃŇŅŊ",
    "O": "ÓÒÔÕŐŌŎ",
    "R": "ŔŘŖ",
    "S": "ŚŜŠŞȘ",
    "T": "ŤŢŦȚ",
    "U": "ÚÙÛŨŬŰŮŪŲ",
    "W": "ŴẀẂẄ",
    "Y": "ÝŶŸỲ",
    "Z": "ŹŽŻ",
}

_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ĳ": ("IJ",),
    "Ñ": ("N", "NXX"),
    "Ö": ("OE", "O"),
    "Ø": ("OE",),
    "Œ": ("OE",),
    "Þ": ("TH",),
    "Ü": ("UE", "U", "UXX"),
    "ẞ": ("SS",),
    "Ə": ("A", "E"),  # not in the table: Azerbaijan writes A (ƏLİYEV, ALIYEV), others take it for E
}

_CYRILLIC: Mapping[str, tuple[str, ...]] = {
    "А": ("A",),
    "Б": ("B",),
    "В": ("V",),
    "Г": ("G", "H"),
    "Ґ": ("G",),
    "Д": ("D",),
    "Ђ": ("D",),
    "Ѓ": ("G",),
    "Е": ("E",),
    "Ё": ("E", "IO"),
    "Є": ("IE",),
    "Ж": ("ZH", "Z"),
    "З": ("Z",),
    "Ѕ": ("DZ",),
    "И": ("I", "Y"),
    "І": ("I",),
    "Ї": ("I",),
    "Й": ("I",),
    "Ј": ("J",),
    "К": ("K",),
    "Ќ": ("K",),
    "Л": ("L",),
    "Љ": ("LJ",),
    "М": ("M",),
    "Н": ("N",),
    "Њ": ("NJ",),
    "О": ("O",),
    "П": ("P",),
    "Р": ("R",),
    "С": ("S",),
    "Т": ("T",),
    "Ћ": ("C",),
    "У": ("U",),
    "Ў": ("U",),
    "Ф": ("F",),
    "Х": ("KH", "H"),
    "Ц": ("TS", "C"),
    "Ч": ("CH", "C"),
    "Џ": ("DZ",),
    "Ш": ("SH", "S"),
    "Щ": ("SHCH", "SHT"),
    "Ъ": ("IE", ""),
    "Ы": ("Y",),
    "Ь": ("",),
    "Э": ("E",),
    "Ю": ("IU",),
    "Я": ("IA",),
}

TRANSLITERATIONS: Mapping[str, tuple[str, ...]] = {
    **{letter: (bare,) for bare, letters in _BARE.items() for letter in letters},
    **_SEVERAL,
    **_CYRILLIC,
}
"""Upper-case national letter → its forms in the machine readable zone."""
