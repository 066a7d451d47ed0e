"""The cameras of a release counted once for every static page: by country, kind, rung, maker."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import cKDTree

from mapper.model.enums import AreaStatus
from mapper.resolve.chosen_rows import CameraColumns
from mapper.resolve.earth import EARTH_RADIUS_M, xyz_m
from mapper.website.map import frame_columns
from mapper.website.map.mercator import Floats
from mapper.website.map.vocabulary import KINDS, RUNGS

_MAIN_SHARE = 0.8


@dataclass(slots=True)
class Tally:
    """
    How many cameras there are of each sort.

    Attributes
    ----------
    by_kind_and_rung
        (kind, rung) -> cameras; the kinds and rungs of `vocabulary`.
    makers
        Maker -> rung -> cameras; cameras without a maker are left out.
    sources
        Source -> cameras.
    administrations
        Who administers the disputed areas of the country -> cameras in them.
    sites, site_cameras
        Rows that are a place with several cameras, and how many their sources count there; each
        of them is one in the other counts.
    """

    cameras: int = 0
    sites: int = 0
    site_cameras: int = 0
    by_kind_and_rung: Counter[tuple[str, str]] = field(default_factory=Counter)
    makers: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sources: Counter[str] = field(default_factory=Counter)
    administrations: Counter[str] = field(default_factory=Counter)

    def kind(self, kind: str) -> int:
        """Count the cameras of a kind."""
        return sum(self.by_kind_and_rung[kind, rung] for rung in RUNGS)

    def rung(self, rung: str) -> int:
        """Count the cameras of a rung."""
        return sum(self.by_kind_and_rung[kind, rung] for kind in KINDS)

    @property
    def kinds(self) -> set[str]:
        """The kinds of which there is a camera."""
        return {kind for kind, _ in +self.by_kind_and_rung}

    @property
    def named(self) -> int:
        """Count the cameras with a maker's name."""
        return self.cameras - self.rung("unknown")

    def ranked_makers(self) -> list[tuple[str, Counter[str]]]:
        """Return the makers and their cameras by rung, those of most cameras first."""
        return sorted(self.makers.items(), key=lambda row: (-row[1].total(), row[0]))


@dataclass(frozen=True, slots=True)
class Nearby:
    """
    The cameras within a circle.

    Attributes
    ----------
    by_source
        Source -> kind -> cameras.
    is_inside
        Whether the box of all cameras of the release holds the whole circle; where it does not,
        the release may end within the circle.
    """

    cameras: int
    by_source: Mapping[str, Mapping[str, int]]
    is_inside: bool


class CameraTally:
    """
    The cameras of a release, counted.

    Attributes
    ----------
    whole
        All cameras.
    countries
        Country code (None: in no country) -> its cameras, by code, None last.
    vendors
        Vendor -> country code -> rung -> cameras.
    main_place
        The place nearest to four in five of the cameras; None where no place is.
    """

    def __init__(self, cameras: CameraColumns) -> None:
        """
        Count.

        Parameters
        ----------
        cameras
            Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326, any order.
        """
        self.whole = Tally()
        vendors: dict[str, dict[str | None, Counter[str]]] = {}
        countries: defaultdict[str | None, Tally] = defaultdict(Tally)
        columns = ("country_code", "device_type", "vendor_rung", "vendor_id", "source_id")
        self._sorts = frame_columns.coded_together(cameras, ("source_id", "device_type"))
        counted = frame_columns.coded_together(
            cameras, (*columns, "area_status", "administered_by")
        ).counts()
        for (code, kind, rung, maker, source, *area), count in counted.items():
            row = (str(kind), str(rung), maker, str(source), _administration(*area))
            for tally in (self.whole, countries[code]):
                _add(tally, row, count)
            if maker is not None:
                of_maker = vendors.setdefault(maker, {})
                of_maker.setdefault(code, Counter())[str(rung)] += count
        self._count_sites(cameras, countries)
        self.vendors: Mapping[str, Mapping[str | None, Counter[str]]] = vendors
        self.countries = dict(
            sorted(countries.items(), key=lambda row: (row[0] is None, row[0] or ""))
        )
        near = frame_columns.coded_texts(cameras, "nearest_place").counts()
        self.main_place = next(
            (place for place, count in near.most_common(1) if count >= len(cameras) * _MAIN_SHARE),
            None,
        )
        lon_deg, lat_deg = frame_columns.positions(cameras)
        self._box = _box(lon_deg, lat_deg) if len(cameras) else None
        self._tree = cKDTree(xyz_m(lon_deg, lat_deg)) if len(cameras) else None

    def _count_sites(self, cameras: CameraColumns, countries: Mapping[str | None, Tally]) -> None:
        countries_of = frame_columns.coded_texts(cameras, "country_code")
        # A row outside of every country is numbered -1, and so takes the last.
        codes = (*countries_of.distinct, None)
        counts = frame_columns.numbers(cameras, "site_camera_count")
        for row in np.flatnonzero(~np.isnan(counts)).tolist():
            for tally in (self.whole, countries[codes[countries_of.codes[row]]]):
                tally.sites += 1
                tally.site_cameras += int(counts[row])

    def near(self, lon_deg: float, lat_deg: float, radius_m: float) -> Nearby:
        """Count the cameras within a radius, measured along the ground."""
        if self._tree is None or self._box is None:
            return Nearby(0, {}, is_inside=False)
        chord_m = 2 * EARTH_RADIUS_M * np.sin(radius_m / (2 * EARTH_RADIUS_M))
        (point,) = xyz_m(np.asarray([lon_deg]), np.asarray([lat_deg]))
        rows: list[int] = self._tree.query_ball_point(point, chord_m)
        by_source: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for code, count in Counter(self._sorts.codes[rows].tolist()).items():
            source, kind = self._sorts.distinct[code]
            by_source[str(source)][str(kind)] += count
        west, south, east, north = self._box
        lat_step = np.degrees(radius_m / EARTH_RADIUS_M)
        lon_step = lat_step / max(np.cos(np.radians(lat_deg)), 1e-6)
        is_inside = (
            west <= lon_deg - lon_step
            and lon_deg + lon_step <= east
            and south <= lat_deg - lat_step
            and lat_deg + lat_step <= north
        )
        return Nearby(len(rows), dict(sorted(by_source.items())), is_inside=bool(is_inside))


def _administration(status: str | None, name: str | None) -> str | None:
    """Return who administers a disputed area; None where none is disputed."""
    return (name or "not stated") if status == AreaStatus.DISPUTED else None


def _add(tally: Tally, row: Sequence[str | None], count: int) -> None:
    kind, rung, maker, source, administration = row
    tally.cameras += count
    tally.by_kind_and_rung[str(kind), str(rung)] += count
    tally.sources[str(source)] += count
    if maker is not None:
        tally.makers[maker][str(rung)] += count
    if administration is not None:
        tally.administrations[administration] += count


def _box(lon_deg: Floats, lat_deg: Floats) -> tuple[float, float, float, float]:
    return (
        float(lon_deg.min()),
        float(lat_deg.min()),
        float(lon_deg.max()),
        float(lat_deg.max()),
    )
