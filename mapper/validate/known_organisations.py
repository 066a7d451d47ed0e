"""Names and Wikidata ids of organisations that are known beforehand; see ``known/ORIGIN.md``."""

from functools import cache
from importlib.resources import files

from mapper.validate.name_words import SECTIONS, normalise


@cache
def known_names() -> frozenset[str]:
    """Return the folded names: the carried list of operators and brands, and our own."""
    return _lines("names.txt") | {normalise(name) for name in SECTIONS["brands"]}


@cache
def known_wikidata_ids() -> frozenset[str]:
    """Return the Wikidata ids of organisations, ``Q42``."""
    return _lines("wikidata_ids.txt")


def _lines(name: str) -> frozenset[str]:
    text = files("mapper.validate").joinpath("known", name).read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}
