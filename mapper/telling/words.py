"""
The words a reader sees: what a code means, and numbers, lists and countries.

How a language writes numbers, lists and plural forms comes from CLDR, by way of Babel, as days do
(mapper/clean/date_words.py).
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from mapper.clean.country_names import country_name
from mapper.clean.date_words import LOCALE, format_date
from mapper.registry.codes import (
    Bound,
    By,
    Counted,
    Layer,
    LinkKind,
    OrganisationKind,
    Qualifier,
    Role,
    Says,
    SeatKind,
    Stage,
    Technology,
)
from mapper.registry.tables import Seat

NOT_KNOWN = "not known"

ROLES: dict[Role, str] = {
    Role.MANUFACTURER: "manufacturer",
    Role.DEVELOPER: "developer",
    Role.RESELLER: "reseller",
    Role.INTEGRATOR: "integrator",
    Role.COMPONENT: "maker of a component",
    Role.OPERATOR: "runs it",
    Role.FINANCIER: "financier",
}

PART_OF_SYSTEM = "part_of_system"
"""In place of a role: a component that is inside no other maker's product."""

PART_OF_SYSTEM_WORDS = "maker of a part of the system"

LAYERS: dict[Layer, str] = {
    Layer.CAMERA: "cameras",
    Layer.SOFTWARE: "software",
    Layer.CHIP: "chips",
    Layer.INTEGRATION: "integration",
    Layer.NETWORK: "network",
    Layer.CLOUD: "cloud",
}

STAGES: dict[Stage, str] = {
    Stage.PLAN: "planned; no supply stated",
    Stage.PROPOSAL: "proposed; no supply stated",
    Stage.MEMORANDUM: "a memorandum; no supply stated",
    Stage.TENDER: "a tender; no supply stated",
    Stage.TEST: "a test",
    Stage.MEMBERSHIP: "as a member of a consortium; its own part is not told",
}
"""How far a relation came that is less than a supply."""

NAMES_ONLY = "Names this supply and says no more."
"""Stands for the statement of a source that names a supply and states nothing."""

SAYS: dict[Says, str] = {
    Says.SUPPORTS: "",
    Says.DISPUTES: "disputes it",
    Says.LIMITS: "limits it",
    Says.ENDS: "reports its end",
}

BY: dict[By, str] = {
    By.AUTHORITY: "authority",
    By.SUPPLIER: "supplier",
    By.RECIPIENT: "recipient",
    By.THIRD_PARTY: "third party",
}

TECHNOLOGIES: dict[Technology, str] = {
    Technology.CCTV: "video surveillance",
    Technology.FRT: "face recognition",
    Technology.FRT_TESTED: "face recognition, tested only",
    Technology.ALPR: "plate reading",
    Technology.ANALYTICS: "video analytics",
    Technology.GUNSHOT: "gunshot detection",
}

ORGANISATION_KINDS: dict[OrganisationKind, str] = {
    OrganisationKind.COMPANY: "company",
    OrganisationKind.PUBLIC_BODY: "public body",
    OrganisationKind.STATE_COMPANY: "state company",
    OrganisationKind.CONSORTIUM: "consortium",
    OrganisationKind.GROUP: "group that a source names without its members",
    OrganisationKind.NGO: "non-governmental organisation",
    OrganisationKind.ACADEMIC: "academic institution",
    OrganisationKind.BRAND: "brand",
    OrganisationKind.INTERNATIONAL: "international body",
    OrganisationKind.OTHER: "organisation",
}

LINKS: dict[LinkKind, str] = {
    LinkKind.PARENT: "is the parent of",
    LinkKind.ACQUIRER: "acquired",
    LinkKind.BRAND_OF: "is a brand of",
    LinkKind.SUCCESSOR: "is the successor of",
    LinkKind.RESELLER_OF: "resells",
    LinkKind.DISTRIBUTOR_OF: "distributes",
    LinkKind.SUBCONTRACTOR_OF: "is a subcontractor of",
    LinkKind.INVESTOR: "invested in",
    LinkKind.SHAREHOLDER: "holds shares of",
    LinkKind.CONSORTIUM_MEMBER: "is a member of the consortium",
    LinkKind.PARTNER: "is a partner of",
    LinkKind.AFFILIATE: "is an affiliate of",
    LinkKind.DIVISION_OF: "is a division of",
    LinkKind.ECOSYSTEM_MEMBER: "belongs to the ecosystem of",
    LinkKind.OEM_SUPPLIER: "makes products sold under the name of",
}

BOUNDS: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.NEARLY: "nearly ",
    Bound.MORE_THAN: "more than ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
}

_COUNTED: dict[Counted, str] = {
    Counted.FACE_RECOGNITION_CAMERAS: "cameras with face recognition",
    Counted.ALPR_CAMERAS: "plate-reading cameras",
    Counted.IN_VEHICLE_ALPR_CAMERAS: "plate-reading cameras in vehicles",
    Counted.STORAGE_PETABYTES: "petabytes of storage",
    Counted.COURT_CASES: "court cases",
}

CASES = frozenset({Counted.COURT_CASES, Counted.DETENTIONS})
"""Counts of what was done to people, never shown among those of equipment."""

KINDS: dict[str, tuple[str, str]] = {
    "camera": ("camera", "cameras"),
    "plate_reader": ("plate reader", "plate readers"),
    "enforcement_camera": ("traffic enforcement camera", "traffic enforcement cameras"),
}
"""Kind of camera -> one of them, several of them."""


def plain(word: object) -> str:
    """Return a code as words: underscores become spaces."""
    return str(word).replace("_", " ")


def counted(what: Counted) -> str:
    """Name what is counted."""
    # Most codes read as words; the list above has those that do not.
    return _COUNTED.get(what, plain(what))


def qualified(qualifier: Qualifier) -> str:
    """Say in what state a source says the counted things are."""
    if qualifier is Qualifier.STATED:
        return "state not said"
    if qualifier is Qualifier.LINKED:
        return "connected"
    return plain(qualifier)


# A page says the same few numbers again and again, and babel builds a pattern for each.
@lru_cache(maxsize=4_096)
def format_number(value: float | Decimal, locale: str = LOCALE) -> str:
    """Write a number as a language groups it, without needless decimals: ``160,000``, ``0.5``."""
    exact = Decimal(str(value))
    whole = int(exact)
    shown = whole if exact == whole else exact.normalize()
    return format_decimal(shown, locale=locale, decimal_quantization=False)


def count_noun(count: int, singular: str, plural: str, locale: str = LOCALE) -> str:
    """Write a number with what it counts: ``1 camera``, ``2,000 cameras``."""
    return f"{format_number(count, locale)} {noun(count, singular, plural, locale)}"


def noun(count: int, singular: str, plural: str, locale: str = LOCALE) -> str:
    """Return the form of a noun that a number takes."""
    return singular if _language(locale).plural_form(count) == "one" else plural


def join(parts: Iterable[str], locale: str = LOCALE) -> str:
    """Join parts as a sentence does: ``a, b and c``."""
    return format_list(list(parts), style="standard", locale=locale)


@cache
def _language(locale: str) -> Locale:
    return Locale.parse(locale)


SEATS: dict[SeatKind, str] = {
    SeatKind.SEAT: "seat",
    SeatKind.INCORPORATION: "incorporated there",
    SeatKind.REGISTERED_ADDRESS: "address in a register",
    SeatKind.AS_LISTED: "country in a legal list",
}


def seat_words(seat: Seat) -> str:
    """Say where a source puts an organisation: ``Belarus (Minsk), seat, 22 April 2022``."""
    place = f" ({seat.place})" if seat.place else ""
    when = f", {format_date(seat.as_of)}" if seat.as_of is not None else ""
    return f"{country(seat.country_code)}{place}, {SEATS[seat.kind]}{when}"


def country(code: str | None) -> str:
    """
    Name a country by its code, as GeoNames does.

    None is where the rules of the release give no country: the high seas and Antarctica.
    """
    if code is None:
        return "High seas or Antarctica"
    return country_name(code)


def technologies(codes: Iterable[Technology]) -> str:
    """Say what a system does."""
    return join(TECHNOLOGIES[code] for code in codes)
