"""
Release packages of Find a Tender and Contracts Finder (OCDS 1.1), all pages of a time.

Notes
-----
Source: the interfaces' documentation and measured notes: ``links.next`` is absent on the last
page; times are UK local; Find a Tender serves about five questions a minute and loses releases
when ``stages`` is given, so it is not; neither filters by CPV or word, so days are read whole and
filtered here. A further page that repeats a release, or a ``next`` that leads in a circle or to
another host, is an error.
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.http import StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.interface import AnswerFile, Interface, json_get, member, wrong_shape

_LICENSE = "OGL-UK-3.0"
_LIMIT = "100"
_FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Service:
    """One of the two services, and what it calls the ends of a time."""

    interface: Interface
    url: str
    since_name: str
    until_name: str


FIND_A_TENDER = Service(
    Interface(
        source_id="find-a-tender",
        title="Find a Tender",
        landing_page="https://www.find-tender.service.gov.uk/apidocumentation",
        license_id=_LICENSE,
        pause_s=12.0,
    ),
    "https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages",
    "updatedFrom",
    "updatedTo",
)
CONTRACTS_FINDER = Service(
    Interface(
        source_id="contracts-finder",
        title="Contracts Finder",
        landing_page="https://www.contractsfinder.service.gov.uk/apidocumentation",
        license_id=_LICENSE,
        pause_s=5.0,
    ),
    "https://www.contractsfinder.service.gov.uk/Published/Notices/OCDS/Search",
    "publishedFrom",
    "publishedTo",
)


@dataclass(frozen=True, slots=True)
class Days:
    """ISO days in UK local time, both included."""

    since: str
    until: str

    @property
    def key(self) -> str:
        """The same for the same days."""
        return f"{self.since} to {self.until}"


def collect(
    fetch_context: FetchContext, service: Service, days: Days, *, url: str = ""
) -> Collected:
    """
    Collect every release of some days.

    Raises
    ------
    SourceError
        If a page is missing, repeated or of another shape.
    """
    interface = service.interface
    base = url or service.url
    asked = {
        service.since_name: f"{days.since}T00:00:00",
        service.until_name: f"{days.until}T23:59:59",
        "limit": _LIMIT,
    }
    file = AnswerFile(fetch_context, interface, days.key)
    fetch_context.progress.stage(interface.title)
    following: str | None = f"{base}?{urlencode(asked)}"
    followed: set[str] = set()
    seen: set[tuple[str, str]] = set()
    while following is not None:
        followed.add(following)
        page = _page(file, interface, following)
        releases = member(interface, page, "releases", list)
        for release in releases:
            ref = (
                member(interface, release, "ocid", str),
                member(interface, release, "id", str),
            )
            if ref in seen:
                msg = f"{interface.source_id}: a page repeats release {ref[1]}"
                raise FetchError(msg, next_step="try again; nothing partial was kept.")
            seen.add(ref)
        fetch_context.progress.advance(len(releases))
        following = _next(interface, page, following)
        if following in followed:
            msg = f"{interface.source_id}: the pages lead in a circle after {file.count} pages"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
    return file.keep(base, f"no next after {file.count:,} pages, {len(seen):,} releases")


def _page(file: AnswerFile, interface: Interface, url: str) -> object:
    try:
        return file.ask(f"page {file.count + 1}", json_get(url))
    except StatusError as error:
        if error.status == _FORBIDDEN:
            msg = f"{interface.source_id}: the service asks to be left alone for a while (403)"
            raise FetchError(msg, next_step="wait five minutes and try again.") from error
        raise


def _next(interface: Interface, page: object, here: str) -> str | None:
    if not isinstance(page, dict):
        raise wrong_shape(interface, "a page that is no object")
    links = page.get("links")
    if links is None:
        return None
    if not isinstance(links, dict) or not isinstance(links.get("next", ""), str):
        raise wrong_shape(interface, f"links in another shape: {str(links)[:120]}")
    target = links.get("next")
    if not target:
        return None
    following: str = urljoin(here, target)
    if urlsplit(following).netloc != urlsplit(here).netloc:
        msg = f"{interface.source_id}: the next page is said to be at another host"
        raise FetchError(msg, next_step="report the source.")
    return following
