"""
The CSV of the Atlas of Surveillance, whole, asked for again only when it changed.

Notes
-----
Source: the Atlas's data library; the link on its map page leads to a 404. The length of the
transfer, or the end of its compression, proves the file whole; the parser holds its last row to
28 columns.
"""

from dataclasses import replace

from mapper.fetch import download
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.model.source import Download, SourceInfo
from mapper.proposals.interface import Interface

INTERFACE = Interface(
    source_id="eff-atlas",
    title="Atlas of Surveillance",
    landing_page="https://www.atlasofsurveillance.org/data-library",
    # Of the Electronic Frontier Foundation's own words; third-party material is not covered.
    license_id="CC-BY-4.0",
)
URL = "https://www.atlasofsurveillance.org/download.csv"
ROWS_MIN, ROWS_MAX = 10_000, 60_000

INFO = SourceInfo(
    source_id=INTERFACE.source_id,
    title=INTERFACE.title,
    publisher="Electronic Frontier Foundation",
    landing_page=INTERFACE.landing_page,
    read_from=Download(URL, "csv"),
    license_id=INTERFACE.license_id,
    attribution="Atlas of Surveillance, Electronic Frontier Foundation, CC BY 4.0",
    row_count_min=ROWS_MIN,
    row_count_max=ROWS_MAX,
    country_codes=frozenset({"US", "PR", "VI", "GU"}),
)


def collect(fetch_context: FetchContext, *, url: str = URL) -> Collected:
    """
    Collect the CSV.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    where = Download(url, "csv")
    return download.collect(replace(INFO, read_from=where), where, fetch_context)


def request_key(url: str = URL) -> str:
    """Return the key under which the archive keeps the CSV of an address."""
    return Request(url).key
