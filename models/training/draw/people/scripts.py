"""Text in scripts other than Latin, as it stands beside Latin text on data pages: labels, places, dates, names.

A Latin line reader must tell such text from Latin letters, not read it: each script has one class.
"""

import functools
import unicodedata
from collections.abc import Mapping
from typing import Final

from numpy.random import Generator

HAN: Final = "一"

SIGNS: Final[Mapping[str, str]] = {
    "cyrillic": "Ж",
    "greek": "Ω",
    "arabic": "ع",
    "hebrew": "א",
    "han": HAN,
    "kana": "あ",
    "hangul": "가",
    "georgian": "ა",
    "armenian": "Ա",
    "thai": "ก",
    "devanagari": "अ",
    "other": "ⵣ",
}
"""The letter that stands for every letter of a script in the answer of a Latin reader."""

_NAMES: Final = {
    "CYRILLIC": "cyrillic", "GREEK": "greek", "ARABIC": "arabic", "ARABIC-INDIC": "arabic",
    "EXTENDED": "arabic", "HEBREW": "hebrew", "CJK": "han", "KANGXI": "han", "IDEOGRAPHIC": "han", "HIRAGANA": "kana",
    "KATAKANA": "kana", "KATAKANA-HIRAGANA": "kana", "HALFWIDTH": "kana", "HANGUL": "hangul", "GEORGIAN": "georgian",
    "ARMENIAN": "armenian", "THAI": "thai", "DEVANAGARI": "devanagari",
}  # fmt: skip
"""First words of Unicode names."""

OTHERS: Final[Mapping[str, tuple[int, int]]] = {
    "BENGALI": (0x985, 0x9B9), "GURMUKHI": (0xA05, 0xA39), "GUJARATI": (0xA85, 0xAB9), "TAMIL": (0xB85, 0xBB9),
    "TELUGU": (0xC05, 0xC39), "KANNADA": (0xC85, 0xCB9), "MALAYALAM": (0xD05, 0xD39), "SINHALA": (0xD85, 0xDC6),
    "LAO": (0xE81, 0xEAE), "TIBETAN": (0xF40, 0xF6C), "MYANMAR": (0x1000, 0x1021), "ETHIOPIC": (0x1200, 0x1357),
    "KHMER": (0x1780, 0x17A2), "THAANA": (0x780, 0x7A5), "TIFINAGH": (0x2D30, 0x2D65),
}  # fmt: skip
"""Letters of the scripts that share the class ``other``, first and last."""

_UPPER: Final = {
    "rus": ("БВГДЖЗКЛМНПРСТФХЦЧШЩ", "АЕИОУЫЭЮЯ"), "ukr": ("БВГҐДЖЗКЛМНПРСТФХЦЧШЩ", "АЕЄИІЇОУЮЯ"),
    "bel": ("БВГДЖЗКЛМНПРСТЎФХЦЧШ", "АЕЁІОУЫЭЮЯ"), "bul": ("БВГДЖЗЙКЛМНПРСТФХЦЧШЩ", "АЕИОУЪЮЯ"),
    "srp": ("БВГДЂЖЗЈКЛЉМНЊПРСТЋФХЦЧЏШ", "АЕИОУ"), "mkd": ("БВГДЃЖЗЅЈКЛЉМНЊПРСТЌФХЦЧЏШ", "АЕИОУ"),
    "kaz": ("БВГҒДЖЗКҚЛМНҢПРСТХҺШ", "АӘЕИІОӨУҰҮЫ"), "kir": ("БГДЖЗКЛМНҢПРСТЧШ", "АЕИОӨУҮЫЭ"),
    "tgk": ("БВГҒДЖЗКҚЛМНПРСТФХҲЧҶШ", "АЕИӢОУӮЭЮЯ"), "mon": ("БВГДЖЗЛМНПРСТХЦЧШ", "АЕИОӨУҮЭЮЯ"),
    "ell": ("ΒΓΔΖΘΚΛΜΝΞΠΡΣΤΦΧΨ", "ΑΕΗΙΟΥΩ"),
    "hye": ("ԲԳԴԶԹԺԼԽԾԿՀՁՂՃՄՅՆՇՉՊՋՌՍՎՏՐՑՓՔՖ", "ԱԵԷԸԻՈՕ"),
}  # fmt: skip
"""Consonants and vowels by language."""

_SCRIPT_OF: Final = {"ell": "greek", "hye": "armenian"}

_REAL: Final = {
    "cyrillic": (
        "МОСКВА|САНКТ-ПЕТЕРБУРГ|Г. МОСКВА|КИЇВ|М. КИЇВ|ЛЬВІВСЬКА ОБЛ.|ХАРКІВ|ОДЕСА|МИНСК|МІНСК|СОФИЯ|ПЛОВДИВ"
        "|ВАРНА|БЕОГРАД"
        "|НОВИ САД|СКОПЈЕ|БИТОЛА|АЛМАТЫ|АСТАНА|БИШКЕК|ДУШАНБЕ|УЛААНБААТАР|ТАШКЕНТ|РЕСПУБЛИКА БЪЛГАРИЯ"
        "|УКРАЇНА"
        "|РОССИЙСКАЯ ФЕДЕРАЦИЯ|РЕСПУБЛИКА СРБИЈА|ЦРНА ГОРА|МВС|МВД|ФМС 50012|МВР СОФИЯ|ПАСПОРТ|ПАСОШ|ЖЕН|МУЖ"
        "|Ж|М|Ч"
        "|СІЧ|ЛЮТ|БЕР|КВІ|ТРА|ЧЕР|ЛИП|СЕР|ВЕР|ЖОВ|ЛИС|ГРУ|ЯНВ|ФЕВ|МАР|АПР|МАЙ|ИЮН|ИЮЛ|АВГ|СЕН|ОКТ|НОЯ|ДЕК"
        "|Прізвище|Ім'я|Дата народження|Місце народження|Орган, що видав|Дійсний до|Фамилия|Имя"
        "|Дата рождения|Пол"
        "|Место рождения|Орган, выдавший документ|Гражданство|Фамилно име|Дата на раждане|Място на раждане"
        "|Презиме"
        "|Држављанство|Датум рођења|Место рођења|Тегі|Аты|Туған жері|Берген мекеме|Овог|Нэр|Төрсөн газар"
        "|СССР|УЗБЕКИСТАН"
    ),
    "greek": (
        "ΑΘΗΝΑ|ΘΕΣΣΑΛΟΝΙΚΗ|ΠΑΤΡΑ|ΗΡΑΚΛΕΙΟ|ΛΑΡΙΣΑ|ΛΕΥΚΩΣΙΑ|ΛΕΜΕΣΟΣ|ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ|ΚΥΠΡΙΑΚΗ ΔΗΜΟΚΡΑΤΙΑ"
        "|ΕΛΛΑΣ"
        "|ΕΛΛΗΝΙΚΗ|ΔΙΑΒΑΤΗΡΙΟ|Α.Ε.Α./Δ.Δ.|ΑΡΧΗΓΕΙΟ ΕΛΛΗΝΙΚΗΣ ΑΣΤΥΝΟΜΙΑΣ|ΠΑΠΑΔΟΠΟΥΛΟΣ|ΓΕΩΡΓΙΟΣ|ΜΑΡΙΑ|ΕΛΕΝΗ"
        "|ΑΝΔΡΕΑΣ"
        "|Επώνυμο|Όνομα|Ιθαγένεια|Ημερομηνία γέννησης|Φύλο|Τόπος γέννησης|Εκδούσα αρχή|Ημ. έκδοσης|Ημ. λήξης"
        "|Θ|Α"
        "|ΙΑΝ|ΦΕΒ|ΜΑΡ|ΑΠΡ|ΜΑΪ|ΙΟΥΝ|ΙΟΥΛ|ΑΥΓ|ΣΕΠ|ΟΚΤ|ΝΟΕ|ΔΕΚ"
    ),
    "arabic": (
        "الاسم|اللقب|تاريخ الميلاد|محل الميلاد|الجنسية|جواز سفر|تاريخ الاصدار|تاريخ الانتهاء|جهة الاصدار"
        "|القاهرة|دمشق"
        "|بغداد|الرياض|عمان|بيروت|الجزائر|تونس|الدار البيضاء|طرابلس|صنعاء|الخرطوم|دبي|ابوظبي|الكويت|الدوحة"
        "|المنامة|محمد|احمد"
        "|فاطمة|علي|حسن|تهران|مشهد|اصفهان|شيراز|نام|نام خانوادگی|تاريخ تولد|محل تولد|کابل|اسلام آباد|لاهور"
        "|مرد|زن|ذكر|أنثى|مصر"
        "|المملكة المغربية|جمهورية العراق|دولة الكويت|دولة قطر|الجمهورية اللبنانية|٢٠٢٤/٠٥/١٢|۱۳۷۰/۰۲/۱۵"
        "|١٢ محرم ١٤٤٥"
    ),
    "hebrew": (
        "דרכון|שם משפחה|שם פרטי|תאריך לידה|מקום לידה|תל אביב|ירושלים|חיפה|אזרחות|ישראלית|מין|נ|ז|תוקף|כהן"
        "|לוי|ישראל"
    ),
    "georgian": (
        "თბილისი|ბათუმი|ქუთაისი|გვარი|სახელი|დაბადების თარიღი|დაბადების ადგილი|სქესი|საქართველო|პასპორტი"
        "|მოქალაქეობა"
    ),
    "armenian": (
        "ԵՐԵՎԱՆ|ԳՅՈՒՄՐԻ|Ազգանուն|Անուն|Ծննդյան ամսաթիվ|Ծննդավայր|Սեռ|ՀԱՅԱՍՏԱՆԻ ՀԱՆՐԱՊԵՏՈՒԹՅՈՒՆ|ԱՆՁՆԱԳԻՐ"
    ),
    "thai": (
        "กรุงเทพมหานคร|เชียงใหม่|ขอนแก่น|ชื่อ|นามสกุล|วันเกิด|สถานที่เกิด|สัญชาติ"
        "|เพศ|วันที่ออก|วันหมดอายุ|หนังสือเดินทาง|ประเทศไทย|ไทย|๑๒ ม.ค. ๒๕๓๐"
    ),
    "devanagari": (
        "भारत गणराज्य|पासपोर्ट|उपनाम|दिया गया नाम|जन्म तिथि|जन्म स्थान|लिंग"
        "|राष्ट्रीयता|भारतीय|दिल्ली|मुंबई|काठमाडौं|नेपाल|नेपाली|थर|जन्म मिति"
        "|जारी करने का स्थान|समाप्ति की तिथि|२०७५-०१-१२"
    ),
}  # fmt: skip

_RANGES: Final = {
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي" + "پچگی", "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "georgian": "".join(map(chr, range(0x10D0, 0x10F1))), "thai": "".join(map(chr, range(0xE01, 0xE2F))) + "ะาเแโใไ",
    "devanagari": "".join(map(chr, (*range(0x905, 0x90D), *range(0x915, 0x929), *range(0x92A, 0x93A)))),
    "kana": "".join(map(chr, (*range(0x3042, 0x3094), *range(0x30A2, 0x30F4), *range(0x30A2, 0x30F4)))),
    "hangul": "".join(map(chr, range(0xAC00, 0xD7A4, 7))),
}  # fmt: skip

_MARKS_OF: Final = {"thai": "ิีึืุู่้็์ัำ", "devanagari": "ािीुूेैोौंः्", "arabic": "", "hebrew": ""}

LATIN_ALIKE: Final = frozenset("АВЕЅІЈКМНОРСТХаеѕіјорсухϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧοУѵԱՕՈօո")
"""Letters drawn like Latin ones."""


@functools.cache
def script_of(char: str) -> str:
    """Return the script of a letter or figure that is not Latin, a key of `SIGNS`; "" for all else."""
    if char < "\u0370" or (unicodedata.category(char)[0] not in "LNM" and not "\u3000" <= char <= "\u303f"):
        return ""
    first = unicodedata.name(char, "").split(" ")[0]
    if first in _NAMES:
        return _NAMES[first]
    return "other" if first in OTHERS else ""


def is_mark(char: str) -> bool:
    """Whether a character is drawn over, under or round the one before it."""
    return unicodedata.category(char)[0] == "M"


def foreign_text(rng: Generator, script: str) -> str:
    """Return a word or two of a script in the order of reading, upper or lower case; letters tell the script."""
    for _ in range(20):
        text = _foreign(rng, script)
        letters = [c for c in text if c.isalpha()]
        if (len(letters) >= 5 and rng.random() < 0.1) or any(c not in LATIN_ALIKE for c in letters):
            return text
    return _pick(rng, _real("cyrillic"))


def visual_order(text: str) -> str:
    """Return a text of one script from left to right, letters in the forms they take side by side."""
    scripts = {script_of(c) for c in text}
    if "arabic" in scripts:
        return _joined_arabic(text)[::-1] if not _is_number(text) else text
    if "hebrew" in scripts:
        return text[::-1]
    return text


def _foreign(rng: Generator, script: str) -> str:
    if script in _REAL and rng.random() < 0.45:
        return _pick(rng, _real(script))
    words = [_word(rng, script) for _ in range(int(rng.choice(3, p=(0.6, 0.3, 0.1))) + 1)]
    text = (
        _pick(rng, (" ", " ", " ", "-", ". ", ", ")).join(words)
        if script not in {"kana", "hangul"}
        else "".join(words)
    )
    return text


def _word(rng: Generator, script: str) -> str:
    length = int(rng.integers(2, 10))
    if script in {"cyrillic", "greek", "armenian"}:
        languages = [k for k in _UPPER if _SCRIPT_OF.get(k, "cyrillic") == script]
        consonants, vowels = _UPPER[_pick(rng, languages)]
        start = int(rng.integers(0, 2))
        word = "".join(
            _pick(rng, (consonants, vowels)[(i + start + int(rng.random() < 0.15)) % 2]) for i in range(length)
        )
        if script == "cyrillic" and rng.random() < 0.3:
            word += _pick(rng, "ЙЬЪ")
        kind = rng.random()
        if script == "greek" and kind > 0.7:
            word = word[:-1].lower() + _pick(rng, "ςςαοηά")
            return word if kind > 0.85 else word[0].upper() + word[1:]
        return word if kind < 0.65 else word.title() if kind < 0.85 else word.lower()
    if script == "other":
        first, last = tuple(OTHERS.values())[int(rng.integers(0, len(OTHERS)))]
        letters = [chr(i) for i in range(first, last + 1) if unicodedata.category(chr(i)) == "Lo"]
        return "".join(_pick(rng, letters) for _ in range(length))
    word = "".join(_pick(rng, _RANGES[script]) for _ in range(min(length, 4) if script == "hangul" else length))
    marks = _MARKS_OF.get(script, "")
    return "".join(c + (_pick(rng, marks) if marks and rng.random() < 0.4 else "") for c in word)


def _pick(rng: Generator, options: "tuple[str, ...] | list[str] | str") -> str:
    return options[int(rng.integers(0, len(options)))]


@functools.cache
def _real(script: str) -> tuple[str, ...]:
    return tuple(_REAL[script].split("|"))


def _is_number(text: str) -> bool:
    return not any(c.isalpha() for c in text)


@functools.cache
def _arabic_forms() -> Mapping[tuple[str, str], str]:
    """Presentation forms by letter and place in the word, read off Unicode's decompositions."""
    forms = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEF5)):
        place, _, letter = unicodedata.decomposition(chr(code)).partition("> ")
        if len(letter) == 4:
            forms[(chr(int(letter, 16)), place.lstrip("<"))] = chr(code)
    return forms


def _joined_arabic(text: str) -> str:
    """Replace each letter by the form it has beside its neighbours."""
    forms = _arabic_forms()
    joins_next = [(c, "initial") in forms for c in text]
    joins_back = [(c, "final") in forms for c in text]
    shaped = []
    for i, char in enumerate(text):
        before = i > 0 and joins_next[i - 1] and joins_back[i]
        after = i + 1 < len(text) and joins_next[i] and joins_back[i + 1]
        place = ("isolated", "initial", "final", "medial")[2 * before + after]
        shaped.append(forms.get((char, place), char))
    return "".join(shaped)
