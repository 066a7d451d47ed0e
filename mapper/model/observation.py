"""An observation: one camera as one source describes it, values as written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapper.model.boundary_area import BoundaryArea
from mapper.model.enums import Completeness, DeviceRole, GeometryKind


@dataclass(frozen=True, slots=True)
class Observation:
    """
    One object as one source describes it. Evidence: never edited, never deleted.

    Attributes
    ----------
    source_id, source_ref
        Our id of the source, and the source's own reference (``node/123`` in OSM). Together
        they are unique.
    lon_deg, lat_deg
        Decimal degrees, WGS 84 (EPSG:4326), longitude in [-180, 180], latitude in [-90, 90].
        For an area, the centre of its bounding box.
    tags
        Keys of ``model.tags.READ_TAGS`` with values as written, after ``clean.text``.
    geometry_kind, device_role
        See the enums.
    version
        The publisher's version of the object; None where it is not known.
    edited_on
        ISO day (UTC) of the publisher's last edit; None where it is not known.
    location_precision_m
        What the publisher says of its own precision, in metres; None where it says nothing.
    text_cleaned, text_cut
        Whether ``clean.text`` removed characters, or cut an over-long value or list of tags.
    """

    source_id: str
    source_ref: str
    lon_deg: float
    lat_deg: float
    tags: Mapping[str, str]
    geometry_kind: GeometryKind = GeometryKind.POINT
    device_role: DeviceRole = DeviceRole.TAGGED
    version: int | None = None
    edited_on: str | None = None
    location_precision_m: float | None = None
    text_cleaned: bool = False
    text_cut: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not become an observation, with the reason in words."""

    source_id: str
    source_ref: str
    reason: str
    value_as_written: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """
    The bytes that were read, hashed.

    Attributes
    ----------
    file_name
        The name alone; no folder of the machine it was read on.
    sha256, size_bytes
        Of the whole body.
    url, retrieved_at_utc
        Where and when it was collected; None for a local file.
    data_at_utc
        The input's own data time (header timestamp, ``timestamp_osm_base``), ISO, UTC.
    completeness, completeness_basis
        Whether anything proves the body whole, and what.
    input_name
        What the input is called when it is asked for again; empty for a file, whose name says it.
    """

    source_id: str
    file_name: str
    sha256: str
    size_bytes: int
    license_id: str
    attribution: str
    url: str | None = None
    retrieved_at_utc: str | None = None
    data_at_utc: str | None = None
    completeness: Completeness = Completeness.NOT_PROVEN
    completeness_basis: str = ""
    input_name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """
    All that came out of one snapshot.

    ``objects_read`` counts what the reader looked at as a candidate: observations and rejects
    add up to it. ``observations`` are a tuple, or ``ObservationColumns``, which are as good as one.
    ``boundaries`` are the administrative areas that the same extract holds whole.
    ``laid_out`` are observations that stand in a table by now, and here no more.
    """

    snapshot: Snapshot
    observations: Sequence[Observation]
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = field(default=())
    boundaries: tuple[BoundaryArea, ...] = ()
    laid_out: int = 0

    @property
    def objects_read(self) -> int:
        """The number of candidates."""
        return len(self.observations) + self.laid_out + len(self.rejects)

    def without_observations(self) -> "Reading":
        """Return the same once a table has its observations, which weigh a kilobyte each."""
        laid_out = self.laid_out + len(self.observations)
        return replace(self, observations=(), laid_out=laid_out)
