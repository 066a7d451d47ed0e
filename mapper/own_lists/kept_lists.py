"""Lists that were taken in: their descriptions beside the archive, and how each is read again."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from mapper.clean.country_area import Inside, near_places_of
from mapper.clean.durable_files import replace_file
from mapper.clean.partial_date import parse as parse_partial
from mapper.clean.text import clean_text
from mapper.errors import SourceFormatError, UsageError, ValueRefusedError
from mapper.model.observation import Observation, Reject
from mapper.model.source import LocalFile, SourceInfo
from mapper.own_lists.guessing import completed
from mapper.own_lists.import_request import ImportRequest
from mapper.own_lists.mapping import Mapping as ListMapping
from mapper.own_lists.mapping import mapping_from_toml, mapping_to_toml
from mapper.own_lists.placed_rows import placed_rows
from mapper.own_lists.table_reading import read_table

_FEWEST: Final = 0.8
"""A later copy with fewer than this share of the rows blocks itself."""


class ListDescription(BaseModel):
    """The note that is kept of a list, as it stands in ``own/<source_id>.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_id: str
    title: str
    publisher: str
    published_on: str
    license_id: str
    file_name: str
    own_inventory: bool
    row_count_min: int
    row_count_max: int
    mapping: str


@dataclass(frozen=True)
class OwnSource:
    """A list that was taken in: its description and how it is read."""

    description: ListDescription

    @cached_property
    def info(self) -> SourceInfo:
        """What every source says of itself."""
        said = self.description
        return SourceInfo(
            source_id=said.source_id,
            title=said.title,
            publisher=said.publisher,
            landing_page="",
            read_from=LocalFile(hint=said.file_name),
            license_id=said.license_id,
            attribution=said.publisher,
            row_count_min=said.row_count_min,
            row_count_max=said.row_count_max,
            publishes_vendor=said.own_inventory,
        )

    @property
    def data_on(self) -> str | None:
        """The last day that the publisher's date can mean, which dates the data."""
        latest = parse_partial(self.description.published_on).latest
        return latest.isoformat() if latest else None

    def parse(self, body: bytes) -> tuple[Observation | Reject, ...]:
        """
        Make observations and rejects of a body of this list.

        Raises
        ------
        SourceError, UsageError
            If the body is not the list that the mapping was made for.
        """
        mapping = mapping_from_toml(self.description.mapping)
        table = read_table(self.description.file_name, body, mapping.how_read)
        mapping = completed(mapping, table)
        placed = placed_rows(
            table,
            mapping,
            source_id=self.description.source_id,
            is_inside=inside_of(mapping),
        )
        return placed.rows


def inside_of(mapping: ListMapping) -> Inside | None:
    """
    Return a test for the neighbourhood of the countries a mapping names; None for none.

    Raises
    ------
    UsageError
        If a code is no country's.
    """
    if not mapping.country_codes:
        return None
    try:
        return near_places_of(mapping.country_codes)
    except ValueError as error:
        msg = f"the mapping's country: {error}"
        raise UsageError(msg, next_step='for example country = "AU".') from error


def own_sources(raw_dir: Path) -> Mapping[str, OwnSource]:
    """
    Return every list that was taken in, by its source id.

    A note that is damaged is set aside under another name, so that it stops nothing else.
    """
    sources: dict[str, OwnSource] = {}
    for path in sorted((raw_dir / "own").glob("*.json")):
        try:
            description = ListDescription.model_validate_json(path.read_bytes())
            parse_partial(description.published_on)
        except (ValidationError, ValueRefusedError):
            path.replace(path.with_suffix(".damaged"))
            continue
        sources[description.source_id] = OwnSource(description)
    return sources


def require_undamaged(raw_dir: Path, source_id: str) -> None:
    """
    Check that a list that is asked for was not set aside.

    Raises
    ------
    SourceFormatError
        If its note is damaged.
    """
    path = raw_dir / "own" / f"{source_id}.damaged"
    if path.is_file() and not path.with_suffix(".json").is_file():
        msg = f"{source_id}: its note is damaged and was set aside as {path}"
        raise SourceFormatError(msg, next_step="import the list again.")


def keep_description(
    raw_dir: Path, request: ImportRequest, mapping: ListMapping, rows_kept: int
) -> None:
    """Write the note of a list that was taken in: the old one stands, or the new one whole."""
    description = ListDescription(
        source_id=request.chosen_id,
        title=clean_text(request.title or request.path.stem).text,
        publisher=request.publisher,
        published_on=request.date,
        license_id=request.license_id,
        file_name=clean_text(request.path.name).text,
        own_inventory=mapping.is_own_inventory,
        row_count_min=int(rows_kept * _FEWEST),
        row_count_max=rows_kept * 2 + 10,
        mapping=mapping_to_toml(mapping),
    )
    folder = raw_dir / "own"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(description.model_dump(), ensure_ascii=False, indent=2)
    replace_file(folder / f"{request.chosen_id}.json", text + "\n")
    (folder / f"{request.chosen_id}.damaged").unlink(missing_ok=True)


def keep_rejects(raw_dir: Path, source_id: str, rejects: Iterable[Reject]) -> Path:
    """Write the rejected rows with their reasons, and return where."""
    path = raw_dir / "own" / f"{source_id}.rejects.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source_ref", "reason", "value_as_written"])
        writer.writerows(
            [reject.source_ref, reject.reason, reject.value_as_written] for reject in rejects
        )
    return path
