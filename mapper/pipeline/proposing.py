"""From a publisher's interface to a sheet of rows for a person to review."""

from collections.abc import Callable

from mapper.export.formula_guard import lines_text
from mapper.fetch.archive import Archive
from mapper.fetch.guard import Target, targets_of
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import Progress
from mapper.proposals.compared import judge_all
from mapper.proposals.interface import rows_through
from mapper.proposals.interface_list import interface_of
from mapper.proposals.proposed import State
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.proposals.sheet import remarks, sheet
from mapper.registry import checked
from mapper.resolve.vendors.vendor_names import NameIndex
from mapper.settings import Settings
from mapper.validate.operators import is_organisation

MakeClient = Callable[[Limits, frozenset[Target], Progress], Client]


def _client(limits: Limits, named: frozenset[Target], progress: Progress) -> Client:
    return Client(limits=limits, named=named, progress=progress)


def propose(
    request: ProposeRequest,
    *,
    settings: Settings,
    progress: Progress,
    make_client: MakeClient = _client,
) -> str:
    """
    Collect, read, hold against the registry, and return the sheet as CSV.

    Nothing is written but the archive. What was left out, and why, goes to ``progress``.

    Raises
    ------
    UsageError
        If there is no such interface, or the request lacks a day.
    SourceError
        If the answer did not come whole or changed its shape.
    """
    interface = interface_of(request.source)
    registry = checked.load(settings.registry_dir)
    index = NameIndex(registry.organisations, registry.organisation_names)
    resolver = Resolver(registry, index.organisation_named, is_organisation)
    client = make_client(
        Limits(pause_s=interface.info.pause_s), targets_of(request.endpoint), progress
    )
    fetch_context = FetchContext(client, Archive(settings.raw_dir), progress)
    rows, left_out = rows_through(interface, request, fetch_context, resolver)
    judged, refused = judge_all(rows, registry)
    for remark in remarks(judged, [*left_out, *refused]):
        progress.remark(remark)
    shown = [line for line in judged if request.shows_all or line.state is not State.KNOWN]
    return lines_text(sheet(shown))
