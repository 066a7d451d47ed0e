"""Names and Wikidata ids of common operators; see ``data/common_operators/ORIGIN.md``."""

import gzip
from functools import cache

from mapper.settings import Settings
from mapper.validate.name_words import SECTIONS, normalise


@cache
def common_names() -> frozenset[str]:
    """Return the folded names: the bundled list of operators and brands, and our own."""
    # The bundled names are folded already; our own are written as people write them.
    return _lines("names.txt.gz") | {normalise(name) for name in SECTIONS["brands"]}


@cache
def common_wikidata_ids() -> frozenset[str]:
    """Return the Wikidata ids of organisations, ``Q42``."""
    return _lines("wikidata_ids.txt.gz")


def _lines(name: str) -> frozenset[str]:
    packed = (Settings().common_operators_dir / name).read_bytes()
    text = gzip.decompress(packed).decode("utf-8")
    # Not splitlines(): a name may hold a separator that it would break at.
    return frozenset(text.split("\n")) - {""}
