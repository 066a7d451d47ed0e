"""
The Consolidated Screening List of the United States, whole, as it stands today.

Notes
-----
Source: the International Trade Administration's developer pages and public code that reads the
bulk file; the bulk file needs no key. It is a list of the current state: who is taken off the
list vanishes from it, so it answers for the day of its reading alone.
"""

from dataclasses import replace

from mapper.fetch import download
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.model.source import Download, SourceInfo
from mapper.proposals.interface import Interface

INTERFACE = Interface(
    source_id="csl",
    title="Consolidated Screening List",
    landing_page="https://www.trade.gov/consolidated-screening-list",
    license_id="US-PD",
)
URL = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json"

INFO = SourceInfo(
    source_id=INTERFACE.source_id,
    title=INTERFACE.title,
    publisher="International Trade Administration, US Department of Commerce",
    landing_page=INTERFACE.landing_page,
    read_from=Download(URL, "json"),
    license_id=INTERFACE.license_id,
    attribution="Consolidated Screening List, International Trade Administration",
    row_count_min=5_000,
    row_count_max=100_000,
)


def collect(fetch_context: FetchContext, *, url: str = URL) -> Collected:
    """
    Collect the list, or give the one at hand where it did not change.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    where = Download(url, "json")
    return download.collect(replace(INFO, read_from=where), where, fetch_context)


def request_key(url: str = URL) -> str:
    """Return the key under which the archive keeps the list of an address."""
    return Request(url).key
