"""
What large cities are called in the language of a page (docs/page-format.md, labels).

GeoNames lists the names of a city without saying of which language each is; of two in Cyrillic
letters one may be Russian and one Ukrainian, and which cannot be told. CLDR names the cities that
time zones are named by in each language, and says which: those alone are named so. All others
keep the name that the gazetteer has in English.
"""

from typing import Any

from babel import Locale
from babel.core import get_global

from mapper.website.map.label_file import labelled_cities

_ENGLISH = "en"


def city_names_payload(lang: str) -> dict[str, Any]:
    """
    Return the payload of ``data/labels-<lang>.js``.

    Parameters
    ----------
    lang
        A tag that CLDR knows: ``fr``.

    Returns
    -------
    dict
        ``cities``: pairs of a row of the cities in ``data/labels.js``, from 0, and the name.
    """
    named = _names_by_city(lang)
    rows = []
    # Two cities of one name in a country: the zone is that of the larger, which comes first.
    for row, city in enumerate(labelled_cities()):
        name = named.pop(city, None)
        if name is not None:
            rows.append([row, name])
    return {"schema": 1, "cities": rows}


def _names_by_city(lang: str) -> dict[tuple[str, str], str]:
    """Return the English name and the country of the cities of time zones -> the name."""
    english, own = Locale.parse(_ENGLISH).time_zones, Locale.parse(lang).time_zones
    names: dict[tuple[str, str], set[str]] = {}
    for zone, country_code in get_global("zone_territories").items():
        name = own.get(zone, {}).get("city")
        if name is None:
            continue
        # A zone is named by its city: `America/Buenos_Aires`.
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        names.setdefault((city, country_code), set()).add(name)
    return {city: given.pop() for city, given in names.items() if len(given) == 1}
