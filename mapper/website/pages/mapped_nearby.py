"""
Mapped cameras beside the counts of sources, and only where the release has data of the place.

The rule: a deployment's point stands for its place with the precision its row gives, and never
less than 2 km. The release *covers* the place if at least one of its cameras lies within that
radius of the point. Then both numbers are shown, each with what it counts and its day, and no
share is computed: the two count different things. Else nothing is said of the place but that the
release holds no data there; it is never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mapper.model.enums import DeviceType
from mapper.registry.codes import Technology
from mapper.registry.tables import Deployment
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import gettext, ngettext
from mapper.telling.statements import Counted
from mapper.website.pages.tally import Nearby

RADIUS_MIN_M = 2_000.0


@dataclass(frozen=True, slots=True)
class Mapped:
    """The mapped cameras of one source within the radius: ``1,234`` and what they are."""

    source: str
    figure: str
    kinds: str


@dataclass(frozen=True, slots=True)
class MappedNearby:
    """
    What a release has at a deployment's place.

    Attributes
    ----------
    place
        Its name.
    mapped
        By source; empty where the release has no data there.
    is_of_plate_readers
        Whether plate readers alone were counted of the mapped ones.
    radius
        In words.
    is_inside
        Whether the box of all cameras of the release holds the whole circle.
    """

    place: str
    mapped: tuple[Mapped, ...]
    is_of_plate_readers: bool
    radius: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class CountsBeside:
    """
    What sources count of a deployment, to stand beside mapped cameras.

    Attributes
    ----------
    radius
        Around the deployment's point, in words; empty for a country-wide system.
    official
        Installed or working cameras by source, which may stand beside the mapped ones.
    apart
        Other counts of cameras: announced, planned, stated without their state.
    """

    radius: str
    official: tuple[Counted, ...]
    apart: tuple[Counted, ...]


def radius_m_of(row: Deployment) -> float:
    """Return how far from a deployment's point a camera can stand and be at its place."""
    return max(float(row.location_precision_m or 0), RADIUS_MIN_M)


def counts_beside(row: Deployment, counts: Sequence[Counted]) -> CountsBeside:
    """
    Choose what may stand beside mapped cameras.

    Parameters
    ----------
    counts
        All counts of the deployment.
    """
    cameras = _together(count for count in counts if count.is_of_cameras)
    has_point = row.lon_deg is not None and row.lat_deg is not None
    return CountsBeside(
        radius=_radius(row) if has_point else "",
        official=tuple(camera for camera in cameras if camera.is_installed),
        apart=tuple(camera for camera in cameras if not camera.is_installed),
    )


def mapped_nearby(row: Deployment, nearby: Nearby, titles: Mapping[str, str]) -> MappedNearby:
    """
    Say what is mapped at a deployment's place.

    Parameters
    ----------
    nearby
        The cameras within `radius_m_of` its point.
    titles
        Source of cameras -> its title.
    """
    # A system that reads plates and no more is set beside plate readers, where there are any.
    only_plate_readers = set(row.technologies) == {Technology.ALPR} and any(
        kinds.get(DeviceType.PLATE_READER) for kinds in nearby.by_source.values()
    )
    return MappedNearby(
        place=row.place,
        mapped=_mapped(nearby, titles, only_plate_readers=only_plate_readers),
        is_of_plate_readers=only_plate_readers,
        radius=_radius(row),
        is_inside=nearby.is_inside,
    )


def _radius(row: Deployment) -> str:
    return gettext("{n} km", n=words.format_number(radius_m_of(row) / 1000))


def _together(counts: Iterable[Counted]) -> list[Counted]:
    """Make one of counts that differ in nothing but their source."""
    pooled: dict[tuple[str | None, ...], Counted] = {}
    for count in counts:
        key = (count.figure, count.what, count.state, count.when, count.row.scope)
        first = pooled.setdefault(key, count)
        if first is not count:
            pooled[key] = replace(first, sources=cited((*first.sources, *count.sources)))
    return list(pooled.values())


def _mapped(
    nearby: Nearby, titles: Mapping[str, str], *, only_plate_readers: bool
) -> tuple[Mapped, ...]:
    mapped = []
    for source, kinds in nearby.by_source.items():
        shown = {
            kind: kinds[kind]
            for kind in words.KINDS
            if kinds.get(kind) and (kind == DeviceType.PLATE_READER or not only_plate_readers)
        }
        if shown:
            figure = words.format_number(sum(shown.values()))
            mapped.append(Mapped(titles.get(source, source), figure, _kinds(shown)))
    return tuple(mapped)


def _kinds(kinds: Mapping[str, int]) -> str:
    """Say what they are; where there are several kinds, how many are of which."""
    if set(kinds) <= {DeviceType.CAMERA} or set(kinds) <= {DeviceType.PLATE_READER}:
        ((kind, count),) = kinds.items()
        return ngettext(*words.KINDS[kind], count)
    parts = [
        f"{words.format_number(count)} {ngettext(*words.KINDS[kind], count)}"
        for kind, count in kinds.items()
    ]
    return gettext("cameras: {kinds}", kinds=words.join(parts))
