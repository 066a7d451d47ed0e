"""
The objects of OpenStreetMap that are cameras, whichever file format they come from.

Both readers hand every candidate to ``Collector``, so that the same object gives the same
observation from either. User names, user ids and changesets are never looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mapper.clean.coordinates import checked_lonlat
from mapper.clean.text import clean_tags
from mapper.errors import CoordinateError
from mapper.model.enums import DeviceRole, GeometryKind
from mapper.model.observation import Observation, Reject
from mapper.sources.osm.info import INFO

TYPES: tuple[str, ...] = ("node", "way", "relation")

DEVICE_ROLE = "device"

NO_POSITION = "no position"
POSITION_REFUSED = "position refused"
TAGS_NOT_TEXT = "tags are not text"
NOT_UPLOADED = "id not positive: the object was never uploaded"
ID_TOO_LARGE = "id larger than OpenStreetMap gives"
VERSION_TOO_LARGE = "version larger than OpenStreetMap gives"
TWICE = "stands a second time in the file"
DEVICE_ABSENT = "device of an enforcement relation, not in the file as a node or way"

ID_MAX = 2**40
"""Eighty times the highest node id of 2026; a larger one is no id, and would fill an index."""

VERSION_MAX = 2**31 - 1
"""The database keeps no larger one."""

_YEAR_FIRST_KNOWN = "2005"
_REF_CHARS = 40
_TYPE_ORDER = {osm_type: order for order, osm_type in enumerate(TYPES)}


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in decimal degrees, WGS 84."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    @property
    def centre(self) -> tuple[float, float]:
        """
        Return longitude and latitude of the middle, to the 7 decimals OpenStreetMap stores.

        Overpass gives this point as ``center``.
        """
        return (
            round((self.west_deg + self.east_deg) / 2, 7),
            round((self.south_deg + self.north_deg) / 2, 7),
        )


def box_around(positions: Iterable[tuple[float, float]]) -> Box | None:
    """Return the bounding box of longitude and latitude pairs in degrees; None without any."""
    corners = list(positions)
    if not corners:
        return None
    lons, lats = zip(*corners, strict=True)
    return Box(min(lons), min(lats), max(lons), max(lats))


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A candidate as its file tells it.

    Attributes
    ----------
    osm_type
        ``node``, ``way`` or ``relation``.
    tags
        The tags of ``READ_TAGS`` as written; None where they are not text.
    version, edited_on
        See ``known_edit``.
    """

    osm_type: str
    osm_id: int
    tags: Mapping[str, str] | None
    version: int | None
    edited_on: str | None
    role: DeviceRole = DeviceRole.TAGGED

    @property
    def ref(self) -> str:
        """The reference, ``node/123``."""
        return f"{self.osm_type}/{self.osm_id}"


def known_edit(version: int, instant: str) -> tuple[int | None, str | None]:
    """
    Return version and day of the last edit, or neither.

    Files without history details carry placeholders (version 0 or 1, year 1970), so a version
    counts only beside a day that OpenStreetMap can have: it began in 2004, and the first edits
    with a time stamp are of 2005.

    Parameters
    ----------
    version
        As in the file; 0 where it has none.
    instant
        ISO instant or day in UTC; empty where the file has none.
    """
    day = instant[:10]
    if version < 1 or day[:4] < _YEAR_FIRST_KNOWN:
        return None, None
    return version, day


class Devices:
    """The devices that enforcement relations point at, with what each relation enforces."""

    def __init__(self) -> None:
        self._enforced: dict[tuple[str, int], dict[int, str]] = {}

    def add(self, relation_id: int, enforced: str, member: tuple[str, int]) -> None:
        """Remember that a relation has this object, as type and id, in the role of device."""
        self._enforced.setdefault(member, {})[relation_id] = enforced

    def missing_from(self, taken: "Collector") -> list[tuple[str, int]]:
        """Return type and id of the devices that are no candidates by their own tags, sorted."""
        return sorted(key for key in self._enforced if not taken.holds(*key))

    def tags_with_enforcement(self, key: tuple[str, int], tags: dict[str, str]) -> dict[str, str]:
        """Add what the relations enforce where the device itself does not say it."""
        by_relation = sorted(self._enforced[key].items())
        enforced = ";".join(dict.fromkeys(value for _, value in by_relation if value))
        return {"enforcement": enforced, **tags} if enforced else tags


class Collector:
    """Gathers candidates and gives observations and rejects that add up to them."""

    def __init__(self) -> None:
        self._observations: list[Observation] = []
        self._rejects: list[Reject] = []
        self._taken: set[tuple[str, int]] = set()

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self._observations) + len(self._rejects)

    def holds(self, osm_type: str, osm_id: int) -> bool:
        """Tell whether the object was handed in."""
        return (osm_type, osm_id) in self._taken

    def take(self, candidate: Candidate, lon_deg: object, lat_deg: object) -> None:
        """Take a candidate with its position, which may be anything the file holds."""
        self._taken.add((candidate.osm_type, candidate.osm_id))
        if candidate.osm_id < 1:
            self._reject(candidate.ref, NOT_UPLOADED)
        elif candidate.osm_id > ID_MAX:
            self._reject(candidate.ref[:_REF_CHARS], ID_TOO_LARGE)
        elif (candidate.version or 0) > VERSION_MAX:
            self._reject(candidate.ref, VERSION_TOO_LARGE)
        elif candidate.tags is None:
            self._reject(candidate.ref, TAGS_NOT_TEXT)
        elif lon_deg is None or lat_deg is None:
            self._reject(candidate.ref, NO_POSITION)
        else:
            self._observe(candidate, candidate.tags, lon_deg, lat_deg)

    def take_at_box(self, candidate: Candidate, box: Box | None) -> None:
        """Take a way or relation at the centre of its bounding box."""
        lon_deg, lat_deg = box.centre if box else (None, None)
        self.take(candidate, lon_deg, lat_deg)

    def miss(self, osm_type: str, osm_id: int) -> None:
        """Record a device that the file names and does not hold."""
        self._taken.add((osm_type, osm_id))
        self._reject(f"{osm_type}/{osm_id}"[:_REF_CHARS], DEVICE_ABSENT)

    def sorted_result(self) -> tuple[Sequence[Observation], tuple[Reject, ...]]:
        """
        Return observations and rejects, each sorted by type and id.

        Of an object that stands in the file more than once the highest version is kept, and
        the others are rejects.
        """
        kept: list[Observation] = []
        in_order = sorted(self._observations, key=_place)
        for _, copies in groupby(in_order, key=_ref):
            best, *others = sorted(copies, key=_newest_first)
            kept.append(best)
            for other in others:
                self._reject(other.source_ref, TWICE)
        return tuple(kept), tuple(sorted(self._rejects, key=_reject_order))

    def _observe(
        self, candidate: Candidate, tags: Mapping[str, str], lon_deg: object, lat_deg: object
    ) -> None:
        try:
            lon, lat = checked_lonlat(lon_deg, lat_deg)
        except CoordinateError as error:
            self._reject(candidate.ref, POSITION_REFUSED, str(error))
            return
        clean = clean_tags(tags)
        self._observations.append(
            Observation(
                source_id=INFO.source_id,
                source_ref=candidate.ref,
                lon_deg=lon,
                lat_deg=lat,
                tags=clean.tags,
                geometry_kind=(
                    GeometryKind.POINT if candidate.osm_type == "node" else GeometryKind.AREA
                ),
                device_role=candidate.role,
                version=candidate.version,
                edited_on=candidate.edited_on,
                text_cleaned=clean.cleaned,
                text_cut=clean.cut,
            )
        )

    def _reject(self, ref: str, reason: str, value: str = "") -> None:
        self._rejects.append(Reject(INFO.source_id, ref, reason, value))


def _ref(row: Observation | Reject) -> str:
    return row.source_ref


def _place(row: Observation | Reject) -> tuple[int, int]:
    osm_type, osm_id = row.source_ref.split("/")
    return _TYPE_ORDER[osm_type], int(osm_id or 0)


def _newest_first(observation: Observation) -> tuple[object, ...]:
    """Order copies of one object by version, then by all they hold, whatever order they had."""
    return (
        -(observation.version or 0),
        observation.edited_on or "",
        observation.lon_deg,
        observation.lat_deg,
        tuple(observation.tags.items()),
        observation.device_role,
    )


def _reject_order(reject: Reject) -> tuple[object, ...]:
    return (*_place(reject), reject.reason, reject.value_as_written)
