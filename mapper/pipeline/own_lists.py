"""Lists of one's own: taken in once, and from then on a source like any other."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mapper.clean.country_area import near_places_of
from mapper.clean.partial_date import parse as parse_partial
from mapper.errors import UsageError, ValueRefusedError
from mapper.fetch.archive import Archive
from mapper.model.observation import Observation, Reject
from mapper.model.source import LocalFile, SourceInfo
from mapper.settings import Settings
from mapper.sources import own
from mapper.validate.evidence_gates import LICENSES

NONE_STATED = "none-stated"
"""The answer of a list whose publisher states no licence: it stays on this machine."""
_SOURCE_ID = re.compile(r"[a-z][a-z0-9_]{2,40}")
_FEWEST = 0.8
"""A later copy with fewer than this share of the rows blocks itself."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the user says of a list; publisher, date and licence must be there."""

    path: Path
    publisher: str
    date: str
    license_id: str
    title: str = ""
    source_id: str = ""
    mapping_path: Path | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A list that was taken in: its description and how it is read."""

    info: SourceInfo
    mapping_toml: str
    file_name: str
    published_on: str

    @property
    def data_on(self) -> str | None:
        """The last day that the publisher's date can mean, which dates the data."""
        latest = parse_partial(self.published_on).latest
        return latest.isoformat() if latest else None

    def parse(self, body: bytes) -> tuple[Observation | Reject, ...]:
        """Make observations and rejects of a body of this list."""
        table = own.read_table(self.file_name, body)
        mapping = own.mapping_from_toml(self.mapping_toml, table.columns)
        inside = _country_test(mapping.country_code)
        return tuple(own.parse(table, mapping, source_id=self.info.source_id, is_inside=inside))


def own_sources(raw_dir: Path) -> Mapping[str, OwnSource]:
    """Find every list that was taken in, by its source id."""
    found = {}
    for path in sorted((raw_dir / "own").glob("*.json")):
        written = json.loads(path.read_text("utf-8"))
        info = SourceInfo(
            source_id=written["source_id"],
            title=written["title"],
            publisher=written["publisher"],
            landing_page="",
            read_from=LocalFile(hint=written["file_name"]),
            license_id=written["license_id"],
            attribution=written["publisher"],
            row_count_min=written["row_count_min"],
            row_count_max=written["row_count_max"],
            publishes_vendor=written["own_inventory"],
        )
        found[info.source_id] = OwnSource(
            info, written["mapping"], written["file_name"], written["published_on"]
        )
    return found


def import_list(request: ImportRequest, *, settings: Settings) -> str:
    """
    Take a list in, and say what was recognised, kept and rejected.

    Raises
    ------
    UsageError
        If publisher, date or licence is missing, or the mapping or the list does not fit.
    SourceFormatError
        If the file is no list.
    """
    _require_said(request)
    if not request.path.is_file():
        msg = f"there is no file {request.path}"
        raise UsageError(msg, next_step="check the name.")
    body = request.path.read_bytes()
    table = own.read_table(request.path.name, body)
    mapping = own.recognise(table.columns)
    if request.mapping_path is not None:
        mapping = _read_mapping(request.mapping_path, table)
    source_id = request.source_id or _slug(request.path.stem)
    if not _SOURCE_ID.fullmatch(source_id):
        msg = f"{source_id!r} is no source id"
        raise UsageError(msg, next_step="give one with --id: small letters, digits, underscores.")
    try:
        inside = _country_test(mapping.country_code)
        rows = tuple(own.parse(table, mapping, source_id=source_id, is_inside=inside))
    except UsageError as error:
        raise _with_counts(error, request.path, table, mapping) from error
    kept = [row for row in rows if isinstance(row, Observation)]
    rejects = [row for row in rows if isinstance(row, Reject)]
    told = _told(request, table, mapping, kept, rejects)
    if request.is_dry_run:
        return f"{told}\nnothing was kept: a dry run. The mapping, to correct:\n\n" + (
            own.mapping_to_toml(mapping)
        )
    if not kept:
        reasons = Counter(reject.reason for reject in rejects)
        shown = ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items()))
        msg = f"{request.path}: none of the {len(rows):,} rows could be kept: {shown}"
        step = "look with --dry-run, and correct the mapping; see docs/your-own-list.md."
        raise UsageError(msg, next_step=step)
    _keep(request, body, source_id, mapping, kept, settings.raw_dir)
    rejects_path = _write_rejects(rejects, settings.raw_dir / "own" / f"{source_id}.rejects.csv")
    lines = [told, f"kept as source {source_id!r}; rejects in {rejects_path}"]
    if request.license_id == NONE_STATED:
        lines.append("no licence is stated: the list is shown on this machine, in no release.")
    lines.append(f"next: mapper build {source_id}")
    return "\n".join(lines)


def _require_said(request: ImportRequest) -> None:
    said = {
        "--publisher": request.publisher,
        "--license": request.license_id,
        "--date": request.date,
    }
    missing = [name for name, value in said.items() if not value.strip()]
    if missing:
        msg = f"a list needs to say {', '.join(missing)}"
        step = f"who published it, on which day, and under what; --license {NONE_STATED} if none."
        raise UsageError(msg, next_step=step)
    try:
        parse_partial(request.date)
    except ValueRefusedError as error:
        msg = f"--date {request.date!r} is no date"
        raise UsageError(msg, next_step="write 2018-04-03, 2018-04 or 2018.") from error
    if request.license_id != NONE_STATED and request.license_id not in LICENSES:
        known = ", ".join(sorted(LICENSES))
        msg = f"the licence {request.license_id!r} is not one that may be published"
        raise UsageError(msg, next_step=f"use {NONE_STATED} to keep it local, or one of: {known}.")


def _read_mapping(path: Path, table: own.Table) -> own.Mapping:
    try:
        return own.mapping_from_toml(path.read_text("utf-8-sig"), table.columns)
    except UnicodeDecodeError as error:
        msg = f"{path}: no UTF-8 text at byte {error.start:,}"
        raise UsageError(msg, next_step="save the mapping as UTF-8.") from error
    except UsageError as error:
        msg = f"{path}: {error}"
        raise UsageError(msg, next_step=error.next_step) from error


def _with_counts(
    error: UsageError, path: Path, table: own.Table, mapping: own.Mapping
) -> UsageError:
    """Offer what a list without positions still says: counts by place."""
    counts = own.counts_by_place(table, mapping)
    if not counts:
        return UsageError(f"{path}: {error}", next_step=error.next_step)
    lines = [f"  {count.place}: {count.value_as_written}" for count in counts]
    msg = f"{path}: {error}; but it counts cameras by place ({len(counts)} rows):\n" + "\n".join(
        lines
    )
    step = "propose these as rows of data/registry/counts.csv, with the list as their source."
    return UsageError(msg, next_step=step)


def _told(
    request: ImportRequest,
    table: own.Table,
    mapping: own.Mapping,
    kept: list[Observation],
    rejects: list[Reject],
) -> str:
    used = set(mapping.columns.values()) | {when.column for when in mapping.when}
    ignored = [column for column in table.columns if column not in used]
    lines = [f"{request.path.name}: {table.file_format}, {len(table.rows):,} rows", "read as:"]
    lines += [f"  {role:<20} <- {column}" for role, column in sorted(mapping.columns.items())]
    lines.append(f"not read: {', '.join(ignored) or 'nothing'}")
    lines.append(f"{len(kept):>7,} rows kept")
    reasons = Counter(reject.reason for reject in rejects)
    lines += [f"{count:>7,} rejected: {reason}" for reason, count in sorted(reasons.items())]
    return "\n".join(lines)


def _keep(
    request: ImportRequest,
    body: bytes,
    source_id: str,
    mapping: own.Mapping,
    kept: list[Observation],
    raw_dir: Path,
) -> None:
    archive = Archive(raw_dir)
    part = archive.part_path(source_id)
    part.write_bytes(body)
    archive.keep_new(
        part,
        source_id=source_id,
        request_key=f"import {source_id}",
        url="",
        retrieved_at_utc=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        media_type="",
        license_id=request.license_id,
        proof="read to its end",
    )
    description = {
        "source_id": source_id,
        "title": request.title or request.path.stem,
        "publisher": request.publisher,
        "published_on": request.date,
        "license_id": request.license_id,
        "file_name": request.path.name,
        "own_inventory": mapping.is_own_inventory,
        "row_count_min": int(len(kept) * _FEWEST),
        "row_count_max": len(kept) * 2 + 10,
        "mapping": own.mapping_to_toml(mapping),
    }
    path = raw_dir / "own" / f"{source_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _write_rejects(rejects: list[Reject], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source_ref", "reason", "value_as_written"])
        writer.writerows(
            [reject.source_ref, reject.reason, reject.value_as_written] for reject in rejects
        )
    return path


def _country_test(country_code: str) -> Callable[[float, float], bool] | None:
    """Return a test for a country's neighbourhood; None for no country."""
    if not country_code:
        return None
    try:
        return near_places_of(frozenset({country_code}))
    except ValueError as error:
        msg = f"the mapping's country: {error}"
        raise UsageError(msg, next_step='for example country = "AU".') from error


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_")[:40]
