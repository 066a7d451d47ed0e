"""Lists of one's own: read, placed, looked at, kept; from then on a source like any other."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from mapper import own_lists
from mapper.clean.text import clean_text
from mapper.errors import UsageError
from mapper.fetch.archive import Archive
from mapper.model.enums import Confidence
from mapper.own_lists.import_report import OUTSIDE, columns_and_mapping
from mapper.own_lists.import_request import NONE_STATED, ImportRequest
from mapper.own_lists.kept_lists import inside_of, keep_description, keep_rejects
from mapper.resolve.countries import Countries
from mapper.settings import Settings
from mapper.sources import sources_by_id
from mapper.validate.evidence_gates import LICENSES

__all__ = ["NONE_STATED", "ImportRequest", "import_list"]

SAMPLE_ID = "sample"


def import_list(request: ImportRequest, *, settings: Settings) -> str:
    """
    Take a list in, and say what was recognised, kept and rejected.

    Raises
    ------
    UsageError
        If publisher, date or licence is missing, the mapping or the list does not fit, or
        something that decides about privacy or place is left open.
    SourceFormatError
        If the file is no list.
    """
    request.require_said({SAMPLE_ID, *sources_by_id()})
    name = clean_text(request.path.name).text
    body = _body(request.path)
    mapping_as_written = (
        own_lists.Mapping() if request.mapping_path is None else _mapping(request.mapping_path)
    )
    table = own_lists.read_table(name, body, mapping_as_written.how_read)
    report = ""
    mapping = _completed(request, mapping_as_written, table)
    try:
        placed = own_lists.placed_rows(
            table, mapping, source_id=request.chosen_id, is_inside=inside_of(mapping)
        )
        where = _whereabouts(placed, mapping, settings)
        report = own_lists.dry_run_report(name, table, mapping, placed, where)
        own_lists.require_understood(mapping, table)
        where.require_inside()
    except UsageError as error:
        if request.is_dry_run and report:
            return f"{report}\n{_stop(error)}\n{_nothing_kept(mapping)}"
        raise _told(error, request, table, mapping) from error
    if request.is_dry_run:
        return f"{report}\n{_nothing_kept(mapping)}"
    if not placed.observations:
        msg = f"{request.path}: none of the {len(placed.rows):,} rows could be kept: "
        reasons = Counter(reject.reason for reject in placed.rejects)
        msg += ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items()))
        step = "look with --dry-run, and correct the mapping; see docs/your-own-list.md."
        raise UsageError(msg, next_step=step)
    _keep(request, body, settings.raw_dir)
    keep_description(settings.raw_dir, request, mapping, len(placed.observations))
    rejects_path = keep_rejects(settings.raw_dir, request.chosen_id, placed.rejects)
    lines = [report, f"kept as source {request.chosen_id!r}; rejects in {rejects_path}"]
    lines += _licence_note(request.license_id)
    lines.append(f"next: mapper build {request.chosen_id}")
    return "\n".join(lines)


def _body(path: Path) -> bytes:
    if not path.is_file():
        msg = f"there is no file {path}"
        raise UsageError(msg, next_step="check the name.")
    return path.read_bytes()


def _mapping(path: Path) -> own_lists.Mapping:
    try:
        return own_lists.mapping_from_toml(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        msg = f"{path}: no UTF-8 text at byte {error.start:,}"
        raise UsageError(msg, next_step="save the mapping as UTF-8.") from error
    except UsageError as error:
        msg = f"{path}: {error}"
        raise UsageError(msg, next_step=error.next_step) from error


def _completed(
    request: ImportRequest, mapping: own_lists.Mapping, table: own_lists.Table
) -> own_lists.Mapping:
    try:
        return own_lists.completed(mapping, table, request.path.stem, request.title)
    except UsageError as error:
        msg = f"{request.mapping_path}: {error}"
        raise UsageError(msg, next_step=error.next_step) from error


def _whereabouts(
    placed: own_lists.PlacedRows, mapping: own_lists.Mapping, settings: Settings
) -> own_lists.Whereabouts:
    """Look up the countries of the kept rows; within a kilometre of a border no row is abroad."""
    kept = placed.observations
    outside = sum(reject.reason in OUTSIDE for reject in placed.rejects)
    if not kept:
        return own_lists.Whereabouts({}, mapping.country_codes, outside)
    countries = Countries.load(settings.boundaries_dir).assign(
        np.array([row.lon_deg for row in kept]), np.array([row.lat_deg for row in kept])
    )
    counted = Counter(code or "" for code in countries["country_code"])
    unsure = Counter(
        countries.loc[
            countries["country_confidence"] == Confidence.LOW.value, "country_code"
        ].dropna()
    )
    return own_lists.Whereabouts(
        dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
        mapping.country_codes,
        outside,
        near_borders=unsure,
        is_anywhere=mapping.is_anywhere,
    )


def _stop(error: UsageError) -> str:
    return f"as it stands the import stops here: {error}\nnext: {error.next_step}"


def _nothing_kept(mapping: own_lists.Mapping) -> str:
    text = own_lists.mapping_to_toml(mapping)
    return f"nothing was kept: a dry run. The mapping, to correct:\n\n{text}"


def _told(
    error: UsageError, request: ImportRequest, table: own_lists.Table, mapping: own_lists.Mapping
) -> UsageError:
    """Say what a list without positions still says; a dry run shows columns and a mapping."""
    path = request.path
    counts = own_lists.counts_by_place(table, mapping)
    if counts and not ({"lon", "position"} & mapping.read_columns.keys()):
        lines = [f"  {count.place}: {count.value_as_written}" for count in counts]
        msg = f"{path}: {error}; but it counts cameras by place ({len(counts)} rows):\n"
        step = "propose these as rows of data/registry/counts.csv, with the list as their source."
        return UsageError(msg + "\n".join(lines), next_step=step)
    msg = f"{path}: {error}"
    if request.is_dry_run:
        msg += f"\n{columns_and_mapping(table, mapping)}"
    return UsageError(msg, next_step=error.next_step)


def _keep(request: ImportRequest, body: bytes, raw_dir: Path) -> None:
    archive = Archive(raw_dir)
    part = archive.part_path(request.chosen_id)
    part.write_bytes(body)
    archive.keep_new(
        part,
        source_id=request.chosen_id,
        request_key=f"import {request.chosen_id}",
        url="",
        retrieved_at_utc=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        media_type="",
        license_id=request.license_id,
        proof="read to its end",
    )


def _licence_note(license_id: str) -> list[str]:
    if license_id == NONE_STATED:
        return ["no licence is stated: the list is shown on this machine, in no release."]
    if license_id not in LICENSES:
        said = (
            f"the licence is recorded as {license_id!r}, which is not known here to allow a release"
        )
        return [f"{said}: the list is shown on this machine, in no release."]
    return []
