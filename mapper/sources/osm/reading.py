"""Read one file of OpenStreetMap data, whichever of its formats it is."""

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

from mapper.fetch.base_age import base_instant
from mapper.model.enums import Completeness
from mapper.model.observation import Reading, Snapshot
from mapper.model.progress import Progress
from mapper.sources.osm import elements, overpass_json, pbf
from mapper.sources.osm.block_reader import BlockReader
from mapper.sources.osm.info import INFO
from mapper.sources.osm.input_body import BodyKind, open_body, told_name
from mapper.sources.osm.json_elements import read_body

_LOG = logging.getLogger(__name__)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|\+00:00)", re.ASCII)
_NO_PROOF = "no checksum and no announced length stand beside the file"
_ANSWER_PROOF = "the Overpass answer ends as it must and carries no remark"


def read(
    path: Path,
    *,
    progress: Progress,
    retrieved_at_utc: str | None = None,
    url: str | None = None,
    expected_size: int | None = None,
) -> Reading:
    """
    Read the cameras of one file, chosen by its content and not by its name.

    Parameters
    ----------
    path
        An OSM PBF, or OSM or Overpass JSON or XML, packed by gzip or bzip2 or not.
    retrieved_at_utc, url
        Where and when the body was collected; None for a local file.
    expected_size
        The length in bytes that the server announced, where it did.

    Returns
    -------
    Reading
        One observation per camera, sorted by type (node, way, relation) and id, the same from
        either format; rejects for candidates without a usable position, sorted alike.
        ``snapshot.data_at_utc`` is the file's own data time and None where it has none.

    Raises
    ------
    UsageError
        If there is no such file.
    SourceFormatError
        If the file is empty, foreign, cut or partial by any of the signs there are.
    FetchError
        If it says that its data are of a day that cannot be.
    """
    body = open_body(path, expected_size=expected_size)
    progress.stage(f"reading {told_name(path)}")
    proof = body.proof
    collector: elements.Collector
    if body.kind is BodyKind.PBF:
        reader = BlockReader(path)
        written_time = pbf.header_time(reader)
        collector, notes = pbf.collect(reader, progress=progress)
    else:
        parsed = read_body(path, body.kind)
        written_time = parsed.base_time
        collector, notes = overpass_json.collect(path, parsed, progress=progress)
        proof = "; ".join(filter(None, (proof, _ANSWER_PROOF if parsed.is_answer else "")))
    data_at_utc = _known_instant(written_time)
    if data_at_utc is not None:
        # A release is named after it, so that a day to come would stay the latest for ever.
        base_instant(data_at_utc, path.name, now_utc=datetime.now(UTC))
    observations, rejects = collector.sorted_result()
    _LOG.info("read %d, kept %d, refused %d", len(collector), len(observations), len(rejects))
    snapshot = Snapshot(
        source_id=INFO.source_id,
        file_name=path.name,
        sha256=body.sha256,
        size_bytes=body.size_bytes,
        license_id=INFO.license_id,
        attribution=INFO.attribution,
        url=url,
        retrieved_at_utc=retrieved_at_utc,
        data_at_utc=data_at_utc,
        completeness=Completeness.PROVEN if proof else Completeness.NOT_PROVEN,
        completeness_basis=proof or _NO_PROOF,
    )
    return Reading(snapshot, observations, rejects, notes)


def _known_instant(text: str) -> str | None:
    """Return an instant as ``YYYY-MM-DDThh:mm:ssZ``; None for what is none, as 31 February."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    try:
        datetime.fromisoformat(match[1])
    except ValueError:
        return None
    return f"{match[1]}Z"
