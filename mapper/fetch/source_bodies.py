"""Which reader a source is fetched with."""

from mapper.errors import UsageError
from mapper.fetch import arcgis, ckan, download, opendatasoft, socrata
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.model.source import Download, LocalFile, SourceInfo

_PLATFORMS = {
    "arcgis": arcgis.collect,
    "ckan": ckan.collect,
    "opendatasoft": opendatasoft.collect,
    "socrata": socrata.collect,
}


def collect(info: SourceInfo, fetch_context: FetchContext) -> Collected:
    """
    Fetch one source, whole, into the archive.

    Raises
    ------
    UsageError
        If the source is a file that the user brings.
    SourceError
        If it did not come whole or changed its shape.
    """
    read_from = info.read_from
    if isinstance(read_from, LocalFile):
        msg = f"{info.source_id} is a file of your own and is not fetched"
        raise UsageError(msg, next_step=f"use `mapper import`. {read_from.hint}".rstrip())
    if isinstance(read_from, Download):
        return download.collect(info, read_from, fetch_context)
    return _PLATFORMS[read_from.platform](info, read_from, fetch_context)
