"""
Rows of the Atlas of Surveillance: an agency, a technology, and the vendors it names.

The CSV is fetched whole, and asked for again only when it changed.

"Adopted" in the Atlas is not "in use", and it is no inventory; that is said beside each row. Its
``Summary`` holds third-party words and persons and is not read; nothing is placed on a map.

Notes
-----
Source: the Atlas's data library; the link on its map page leads to a 404. The length of the
transfer, or the end of its compression, proves the file whole; the parser holds its last row to
28 columns.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlsplit

from mapper.errors import SourceChangedError, SourceFormatError
from mapper.fetch import download
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.model.source import Download
from mapper.proposals.answer_file import WholeFile
from mapper.proposals.award import Award, Notice, Parsed, rows_of
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.proposed import LeftOut, Party, public_body
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Layer, Role

ORIGIN = "eff-atlas"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="Atlas of Surveillance",
    landing_page="https://www.atlasofsurveillance.org/data-library",
    url="https://www.atlasofsurveillance.org/download.csv",
    # Of the Electronic Frontier Foundation's own words; third-party material is not covered.
    license_id="CC-BY-4.0",
)
ROWS_MIN = 10_000


PAGE_URL = "https://www.atlasofsurveillance.org/"
_LINK_COLUMNS = tuple(
    f"Link {number}{part}"
    for number in (1, 2, 3)
    for part in ("", " Snapshot", " Source", " Type", " Date")
)
COLUMNS = (
    "AOSNUMBER",
    "NEWAOSNUMBER (ORI9)",
    "City",
    "County",
    "State",
    "Agency",
    "Type of LEA",
    "Summary",
    "Type of Juris",
    "Technology",
    "TECH ABV",
    "Vendor",
    *_LINK_COLUMNS,
    "Other Links",
)
"""The 28 columns, verbatim and in order; another header stops the source."""

SUBJECTS: dict[str, tuple[Layer, Role]] = {
    "Automated License Plate Readers": (Layer.CAMERA, Role.MANUFACTURER),
    "Camera Registry": (Layer.SOFTWARE, Role.DEVELOPER),
    "Face Recognition": (Layer.SOFTWARE, Role.DEVELOPER),
    "Gunshot Detection": (Layer.INTEGRATION, Role.MANUFACTURER),
    "Real-Time Crime Center": (Layer.SOFTWARE, Role.DEVELOPER),
    "Video Analytics": (Layer.SOFTWARE, Role.DEVELOPER),
}
"""Technology -> the layer and role to begin a review with."""

# Read, and no camera that watches a place.
OUTSIDE = frozenset(
    {
        "Body-worn Cameras",
        "Cell-site Simulator",
        "Drones",
        "Fusion Center",
        "Predictive Policing",
        "Third-party Investigative Platforms",
    }
)
# A page of a social network may be a person's.
_SOCIAL = ("facebook.com", "twitter.com", "x.com", "linkedin.com", "instagram.com", "tiktok.com")
_FORMS = frozenset({"inc", "llc", "ltd", "corp", "co", "lp", "gmbh", "plc"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the Atlas, as far as it is read."""

    number: str
    city: str
    state: str
    agency: str
    technology: str
    vendors: tuple[str, ...]
    links: tuple[str, ...]


def parse(body: bytes, retrieved_on: str, *, rows_min: int = ROWS_MIN, words: str = "") -> Parsed:
    """
    Read the CSV.

    Parameters
    ----------
    rows_min
        Fewer rows stop the source: the Atlas had 15,185 on 2026-08-20.
    words
        Kept are the rows with these words in agency, place, technology or vendor.

    Raises
    ------
    SourceError
        If the header is another, a row has another number of cells, or there are too few rows.
    """
    awards: list[Award] = []
    left: list[LeftOut] = []
    count = 0
    for row in _rows(body):
        count += 1
        if isinstance(row, LeftOut):
            left.append(row)
        elif row.technology in SUBJECTS and _holds(row, words):
            awards += _awards(row, retrieved_on)
    if count < rows_min:
        msg = f"{ORIGIN}: {count:,} rows, expected at least {rows_min:,}"
        raise SourceChangedError(msg, next_step="look at the Atlas; nothing is proposed.")
    return Parsed(tuple(awards), tuple(left))


def _rows(body: bytes) -> Iterator[Row | LeftOut]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{ORIGIN}: byte {error.start} is no UTF-8"
        raise SourceFormatError(msg) from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            changed = sorted(set(header) ^ set(COLUMNS)) or ["their order"]
            msg = f"{ORIGIN}: the columns changed: {', '.join(changed)[:200]}"
            raise SourceChangedError(msg, next_step="compare the header with the parser's.")
        for cells in reader:
            if len(cells) != len(COLUMNS):
                msg = f"{ORIGIN}: line {reader.line_num} has {len(cells)} of {len(COLUMNS)} cells"
                raise SourceFormatError(msg, next_step="collect it again; the file may be cut.")
            yield _row(dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True)))
    except csv.Error as error:
        msg = f"{ORIGIN}: line {reader.line_num} is no CSV ({error})"
        raise SourceFormatError(msg, next_step="collect it again; the file may be cut.") from error


def _row(cells: dict[str, str]) -> Row | LeftOut:
    number, technology = cells["AOSNUMBER"], cells["Technology"]
    if technology not in SUBJECTS and technology not in OUTSIDE:
        # Six rows have their cells shifted by one, so that a code stands as the technology.
        is_shifted = cells["Type of Juris"] in SUBJECTS or technology == "FRT"
        reason = "its cells are shifted" if is_shifted else "a technology that is not known"
        return LeftOut(number, reason)
    if len(cells["State"]) != 2 or not cells["State"].isupper():  # noqa: PLR2004 - a postal code
        return LeftOut(number, "the state is no state")
    links = tuple(link for n in (1, 2, 3) if (link := _link(cells[f"Link {n}"])))
    return Row(
        number=number,
        city=cells["City"],
        state=cells["State"],
        agency=cells["Agency"],
        technology=technology,
        vendors=vendors_in(cells["Vendor"]),
        links=links,
    )


def vendors_in(cell: str) -> tuple[str, ...]:
    """Return the vendors of a cell: ``Autel, DJI`` names two, ``Rekor Systems, Inc.`` one."""
    names: list[str] = []
    for part in (piece.strip() for piece in cell.split(",")):
        if names and part.rstrip(".").casefold() in _FORMS:
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    return tuple(dict.fromkeys(names))


def _link(url_as_written: str) -> str:
    try:
        host = urlsplit(url_as_written).hostname or ""
    except ValueError:
        return ""
    if not url_as_written.startswith(("https://", "http://")) or "." not in host:
        return ""
    is_social = any(host == site or host.endswith(f".{site}") for site in _SOCIAL)
    return "" if is_social else url_as_written


def _holds(row: Row, words: str) -> bool:
    told = " ".join((row.agency, row.city, row.state, row.technology, *row.vendors))
    return words.casefold() in told.casefold()


def _awards(row: Row, retrieved_on: str) -> Iterator[Award]:
    place = ", ".join(part for part in (row.city, row.state) if part)
    layer, role = SUBJECTS[row.technology]
    links = f"; it cites {row.links[0]}" if row.links else "; it cites no page that can be shown"
    for vendor in row.vendors:
        yield Award(
            notice=Notice(
                origin=ORIGIN,
                ref=retrieved_on,
                title="Atlas of Surveillance",
                publisher="Electronic Frontier Foundation",
                url=PAGE_URL,
                license_id="CC-BY-4.0",
                retrieved_on=retrieved_on,
                language="en",
                kind="ngo",
                grade="B",
                is_excerpt=False,
            ),
            buyer=public_body(f"{row.agency} ({place})", "US"),
            supplier=Party(vendor, is_surely_organisation=True),
            item=row.technology,
            layer=layer,
            role=role,
            award_ref=row.number,
            note=f"Atlas row {row.number}: adopted, which is not in use, and no inventory; "
            f"the vendor's part is for the reviewer{links}",
            by="third_party",
            verb="The Atlas of Surveillance lists {buyer} with {supplier}",
        )


class EffAtlas:
    """The Atlas of Surveillance, whole; words choose among its rows."""

    info = INFO

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> WholeFile:
        """Return the question for the file, at its own address or at a mirror's."""
        return WholeFile(request.endpoint or INFO.url, request.query)

    def collect(self, fetch_context: FetchContext, _file: WholeFile, url: str, /) -> Collected:
        """
        Collect the CSV.

        Raises
        ------
        FetchError
            If it did not come whole.
        """
        return download.collect(INFO, Download(url, "csv"), fetch_context)

    def rows(self, body: bytes, file: WholeFile, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept file as awards."""
        return rows_of(parse(body, read_on, words=file.words), resolver)
