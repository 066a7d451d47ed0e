"""
The words a reader sees: what a code means, and numbers, lists and countries.

How a language writes numbers, lists and plural forms comes from CLDR, by way of Babel, as days do
(mapper/clean/date_words.py), which is loaded for another language than English alone.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from mapper.clean.british_english import LOCALE, list_text, number_text
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
from mapper.telling.language import day, gettext, spoken

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
    Bound.ABOUT: "about {n}",
    Bound.NEARLY: "nearly {n}",
    Bound.MORE_THAN: "more than {n}",
    Bound.AT_LEAST: "at least {n}",
    Bound.AT_MOST: "at most {n}",
}


def bounded(bound: Bound | None, number: str) -> str:
    """Write a number with how it is meant: ``at least 400``."""
    return gettext(BOUNDS[bound], n=number) if bound is not None and BOUNDS[bound] else number


_MANY = 100

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
    """Return a code as English words: underscores become spaces."""
    return str(word).replace("_", " ")


def said(word: object) -> str:
    """Say a code of a closed list in the language spoken."""
    return gettext(plain(word))


def counted(what: Counted) -> str:
    """Name what is counted, as it stands after a large number."""
    if what is Counted.CAMERAS:
        # By itself, as a step of a chain, the same word has another case in some languages.
        return spoken().ngettext(*KINDS["camera"], _MANY)
    return gettext(counted_english(what))


def counted_english(what: Counted) -> str:
    """Name what is counted, in English."""
    # Most codes read as words; the list above has those that do not.
    return _COUNTED.get(what, plain(what))


def qualified(qualifier: Qualifier) -> str:
    """Say in what state a source says the counted things are."""
    return gettext(qualified_english(qualifier))


def qualified_english(qualifier: Qualifier) -> str:
    """Say in what state a source says the counted things are, in English."""
    if qualifier is Qualifier.STATED:
        return "state not said"
    if qualifier is Qualifier.LINKED:
        return "connected"
    return plain(qualifier)


def format_number(value: float | Decimal, locale: str = "") -> str:
    """
    Write a number as a language groups it, without needless decimals: ``160,000``, ``0.5``.

    Parameters
    ----------
    locale
        CLDR's name of the language; empty is the one spoken, see `mapper.telling.language`.
    """
    return _number(value, locale or spoken().locale)


# A page says the same few numbers again and again, and babel builds a pattern for each.
@lru_cache(maxsize=4_096)
def _number(value: float | Decimal, locale: str) -> str:
    exact = Decimal(str(value))
    whole = int(exact)
    shown = whole if exact == whole else exact.normalize()
    if locale == LOCALE:
        return number_text(shown)
    from babel.numbers import format_decimal  # noqa: PLC0415 - a question in English needs none of it

    return format_decimal(shown, locale=locale, decimal_quantization=False)


def count_noun(count: int, singular: str, plural: str) -> str:
    """Write a number with what it counts: ``1 camera``, ``2,000 cameras``."""
    return f"{format_number(count)} {noun(count, singular, plural)}"


def noun(count: int, singular: str, plural: str) -> str:
    """Return the form of a noun that a number takes, in the language spoken."""
    return spoken().ngettext(singular, plural, count)


def join(parts: Iterable[str], locale: str = "") -> str:
    """Join parts as a sentence does: ``a, b and c``; an empty locale is the language spoken."""
    return _joined(tuple(parts), locale or spoken().locale)


@lru_cache(maxsize=4_096)
def _joined(parts: tuple[str, ...], locale: str) -> str:
    if locale == LOCALE:
        return list_text(parts)
    from babel.lists import format_list  # noqa: PLC0415 - as above

    return format_list(parts, style="standard", locale=locale)


SEATS: dict[SeatKind, str] = {
    SeatKind.SEAT: "seat",
    SeatKind.INCORPORATION: "incorporated there",
    SeatKind.REGISTERED_ADDRESS: "address in a register",
    SeatKind.AS_LISTED: "country in a legal list",
}


def seat_words(seat: Seat) -> str:
    """Say where a source puts an organisation: ``Belarus (Minsk), seat, 22 April 2022``."""
    place = f" ({seat.place})" if seat.place else ""
    when = f", {day(seat.as_of)}" if seat.as_of is not None else ""
    return f"{country(seat.country_code)}{place}, {gettext(SEATS[seat.kind])}{when}"


def country(code: str | None) -> str:
    """
    Name a country by its code: in English as GeoNames does, else as CLDR does.

    None is where the rules of the release give no country: the high seas and Antarctica.
    """
    if code is None:
        return gettext("High seas or Antarctica")
    return spoken().country(code)


def technologies(codes: Iterable[Technology]) -> str:
    """Say what a system does."""
    return join(gettext(TECHNOLOGIES[code]) for code in codes)
