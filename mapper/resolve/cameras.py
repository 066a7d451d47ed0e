"""
From observations to devices: what is concluded about each mapped object.

A device is a conclusion and can always be built again: ``resolve`` makes devices out of readings,
``Resolver.devices`` makes them out of observation tables, which is what a release publishes, so a
released table gives the released values again. Two columns need a row's neighbours
(``pole_id`` and the flag ``duplicate_position``; see ``poles.with_neighbours``) and one is decided
later (``operator_withheld``, in ``validate``); every other value depends on the row alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.answers.documented_suppliers import documented_suppliers
from mapper.clean.first_mapped import Calibration
from mapper.clean.gazetteer import Places, places
from mapper.model.beside import Beside, in_turn
from mapper.model.boundary_area import BoundaryArea
from mapper.model.columns import CAMERA_NAMES
from mapper.model.enums import AreaStatus, FirstMappedMethod
from mapper.model.observation import Reading, Reject
from mapper.model.progress import Progress
from mapper.model.source import SourceInfo
from mapper.registry.registry import Registry
from mapper.resolve.agencies import Agencies
from mapper.resolve.countries import Countries
from mapper.resolve.earth import Floats
from mapper.resolve.extract_areas import ExtractAreas
from mapper.resolve.first_mapped_columns import (
    OSM_SOURCE_ID,
    first_mapped_columns,
)
from mapper.resolve.nearest_place import nearest_places
from mapper.resolve.observation_table import ObservationTable, natural_order, observation_tables
from mapper.resolve.place_systems import PlaceSystems
from mapper.resolve.poles import with_neighbours
from mapper.resolve.provenance import Origin, Provenances
from mapper.resolve.row_columns import (
    data_day,
    directions_and_dates,
    identity,
    name_or_none,
    of_snapshot,
    position,
)
from mapper.resolve.row_kinds import ByKind, by_kind, objects
from mapper.resolve.text_categories import together
from mapper.resolve.typed_columns import typed
from mapper.resolve.values import device_types, texts, word_columns
from mapper.resolve.vendors.ladder import TAG_COLUMNS, VendorAnswer, VendorResolver
from mapper.settings import Settings

CRS = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    The conclusions and the evidence behind them.

    Attributes
    ----------
    devices
        GeoDataFrame, every device (cameras and others), index the ``camera_id`` (unique), columns
        ``model.columns.CAMERA`` in that order, geometry Point in EPSG:4326, sorted by source,
        then naturally by reference. Texts that many rows repeat are categories
        (``typed_columns``); empty ones and empty lists of directions are missing, ``flags`` is a
        list, never None; ``operator_withheld`` is False throughout.
    observations
        By ``source_id``: the tables of ``observation_table``, privacy tags included.
    superseded
        Objects that stand in two readings; the later version was kept.
    """

    devices: gpd.GeoDataFrame
    observations: Mapping[str, pd.DataFrame]
    superseded: tuple[Reject, ...]


def resolve(
    readings: Sequence[Reading],
    *,
    registry: Registry,
    settings: Settings,
    progress: Progress,
    sources: Mapping[str, SourceInfo],
) -> Resolved:
    """
    Conclude what the readings say.

    Parameters
    ----------
    readings
        In any order; the result does not depend on it.
    sources
        The description of each source of the readings, by ``source_id``.

    Returns
    -------
    Resolved
        One device per object; nothing is merged and nothing left out.
    """
    return conclude(
        observation_tables(readings),
        readings,
        registry=registry,
        settings=settings,
        progress=progress,
        sources=sources,
    )


def conclude(  # noqa: PLR0913 - what is read, by which rules, and who is told and helps
    tables: Mapping[str, ObservationTable],
    readings: Sequence[Reading],
    *,
    registry: Registry,
    settings: Settings,
    progress: Progress,
    sources: Mapping[str, SourceInfo],
    beside: Beside = in_turn,
) -> Resolved:
    """
    Conclude what observations say that are laid out already.

    Parameters
    ----------
    tables
        From ``observation_tables``.
    readings
        What is laid out in them; observations they still have are not looked at.
    sources
        As for ``resolve``.
    beside
        Who reads values while places are looked up.
    """
    progress.stage("resolve", 2)
    resolver = Resolver.load(registry=registry, settings=settings, beside=beside)
    progress.advance()
    snapshots = {
        (snapshot.source_id, snapshot.sha256): Origin(
            snapshot.license_id,
            snapshot.retrieved_at_utc,
            snapshot.data_at_utc,
            sources[snapshot.source_id].publishes_vendor,
        )
        for snapshot in (reading.snapshot for reading in readings)
    }
    observations = {source_id: table.frame for source_id, table in tables.items()}
    boundaries = [area for reading in readings for area in reading.boundaries]
    devices = resolver.devices(observations, snapshots, boundaries=boundaries)
    progress.advance()
    superseded = [row for table in tables.values() for row in table.superseded]
    return Resolved(devices, observations, tuple(superseded))


@dataclass(frozen=True, slots=True)
class Resolver:
    """
    The rules, loaded once.

    Attributes
    ----------
    places
        Gives the gazetteer, which is read while values are.
    suppliers
        Organisation -> who supplies it, by ``answers.documented_suppliers``.
    beside
        Who reads values while places are looked up.
    """

    countries: Countries
    boundaries_dir: Path
    places: Callable[[], Places]
    vendors: VendorResolver
    calibration: Calibration
    systems: PlaceSystems
    agencies: Agencies
    suppliers: Mapping[str, tuple[str, ...]]
    beside: Beside = in_turn

    @classmethod
    def load(
        cls, *, registry: Registry, settings: Settings, beside: Beside = in_turn
    ) -> "Resolver":
        """
        Read what the rules need.

        Parameters
        ----------
        beside
            Who reads values while places are looked up.

        Raises
        ------
        MapperError
            If a bundled file is broken.
        """
        return cls(
            countries=Countries.load(settings.boundaries_dir),
            boundaries_dir=settings.boundaries_dir,
            places=places,
            vendors=VendorResolver.of_registry(registry),
            calibration=Calibration.load(settings.calibration_dir),
            systems=PlaceSystems.of_registry(registry),
            agencies=Agencies.of_registry(registry),
            suppliers=documented_suppliers(registry),
            beside=beside,
        )

    def devices(
        self,
        observations: Mapping[str, pd.DataFrame],
        snapshots: Provenances,
        dated_by: pd.DataFrame | None = None,
        boundaries: Sequence[BoundaryArea] = (),
    ) -> gpd.GeoDataFrame:
        """
        Build the devices of observation tables, fresh or released.

        Parameters
        ----------
        observations
            By ``source_id``; the columns of ``observation_table`` but for the privacy tags, in
            any row order.
        snapshots
            The provenance of each source and ``snapshot_sha256`` that occurs.
        dated_by
            OpenStreetMap's published observations, whose first versions refine the table of ids;
            None takes those among ``observations``.
        boundaries
            Of the extract of OpenStreetMap; they say areas for its own rows alone.

        Returns
        -------
        GeoDataFrame
            As ``Resolved.devices``. On one row all values but ``pole_id`` and
            ``duplicate_position`` are those of the whole.
        """
        areas = ExtractAreas.of(boundaries, self.countries, self.boundaries_dir)
        parts = [
            self._of_source(source_id, frame, snapshots, dated_by, areas)
            for source_id, frame in sorted(observations.items())
            if len(frame)
        ]
        if not parts:
            empty = {name: pd.Series(dtype=object) for name in CAMERA_NAMES}
            return gpd.GeoDataFrame(empty, geometry=gpd.GeoSeries([], crs=CRS))[list(CAMERA_NAMES)]
        columns = {name: together([part[name] for part in parts]) for name in parts[0]}
        whole = pd.DataFrame(columns, copy=False)
        whole.index = pd.Index(whole["camera_id"].to_numpy(dtype=object), dtype=object)
        whole["geometry"] = gpd.points_from_xy(whole.pop("lon_deg"), whole.pop("lat_deg"), crs=CRS)
        # In their order at once: copied first and put in order then, those of a world hold 130 MB
        # more for a moment.
        in_order = pd.DataFrame({name: whole[name] for name in CAMERA_NAMES}, copy=False)
        return with_neighbours(gpd.GeoDataFrame(in_order, copy=False))

    def _of_source(
        self,
        source_id: str,
        observations: pd.DataFrame,
        snapshots: Provenances,
        dated_by: pd.DataFrame | None,
        areas: ExtractAreas,
    ) -> pd.DataFrame:
        """Return ``CAMERA_NAMES`` without the point, and ``lon_deg`` and ``lat_deg`` instead."""
        # The rules see rows in one order whatever the input's, for those that number or pair them.
        order = natural_order([str(ref) for ref in texts(observations, "source_ref")])
        in_order = np.array_equal(order, np.arange(len(order)))
        frame = (observations if in_order else observations.iloc[order]).reset_index(drop=True)
        # Another source's rows stand under another licence than the extract's boundaries.
        told = areas if source_id == OSM_SOURCE_ID else ExtractAreas({})
        lon_deg, lat_deg = frame["lon_deg"].to_numpy(float), frame["lat_deg"].to_numpy(float)
        country = self.countries.assign(lon_deg, lat_deg)
        codes = country["country_code"].to_numpy(dtype=object)
        around = self.systems.around(lon_deg, lat_deg, codes)

        def by_values() -> dict[str, ByKind[Any]]:
            return self._of_values(source_id, frame, codes, around, snapshots, dated_by)

        # What rows say by their values needs no map, and what they say by their place no text.
        with self.beside(by_values, len(frame)) as values_read:
            columns = {
                **identity(source_id, frame, snapshots),
                **position(frame),
                **self._of_places(lon_deg, lat_deg, country, told),
                "place_deployment_ids": around,
            }
            return typed({**columns, **values_read()})

    def _of_values(
        self,
        source_id: str,
        frame: pd.DataFrame,
        country_codes: npt.NDArray[np.object_],
        around: Sequence[list[str] | None],
        snapshots: Provenances,
        dated_by: pd.DataFrame | None,
    ) -> dict[str, ByKind[Any]]:
        """Return the columns that follow from texts, and from the country they are read in."""
        device_type = device_types(frame)
        publishes = of_snapshot(source_id, frame, snapshots, lambda origin: origin.publishes_vendor)
        # A maker is judged by what the device is and by the country it stands in.
        vendor = self.vendors.answers(
            frame[list(TAG_COLUMNS)].assign(
                device_type=device_type.rows(),
                country_code=country_codes,
                publishes_vendor=publishes.series(bool),
            )
        )
        operator = self._operators(frame, vendor, around)
        return {
            "device_type": device_type,
            "vendor_id": vendor.map(lambda answer: answer.vendor_id),
            "vendor_ids": vendor.map(lambda answer: list(answer.vendor_ids) or None),
            "vendor_as_written": vendor.map(lambda answer: answer.vendor_as_written),
            "vendor_rung": vendor.map(lambda answer: str(answer.vendor_rung)),
            "vendor_method": vendor.map(lambda answer: answer.vendor_method),
            "operator_id": operator,
            "operator_supplier_ids": operator.map(self._suppliers_of),
            "operator_name": by_kind([frame["operator"]], name_or_none),
            **word_columns(frame),
            **directions_and_dates(
                frame,
                vendor,
                of_snapshot(source_id, frame, snapshots, data_day),
                is_osm=source_id == OSM_SOURCE_ID,
            ),
            **self._first_mapped(source_id, frame, dated_by),
        }

    def _operators(
        self,
        frame: pd.DataFrame,
        vendor: ByKind[VendorAnswer],
        around: Sequence[list[str] | None],
    ) -> ByKind[str | None]:
        """Return who runs each device: by the whole name, else an agency of the place."""
        ids = vendor.map(lambda answer: answer.operator_id).rows()
        # Where a maker is written as operator nobody is: an agency of the place must not be guessed
        # in its stead.
        is_open = vendor.map(
            lambda answer: answer.operator_id is None and not answer.operator_is_vendor
        ).rows()
        placed = [row for row, systems in enumerate(around) if systems and is_open[row]]
        named = frame["operator"].iloc[placed]
        agencies = by_kind(
            [named, objects([tuple(around[row] or ()) for row in placed])],
            self.agencies.operator,
        )
        ids[placed] = agencies.rows()
        return ByKind.of(ids)

    def _suppliers_of(self, operator_id: str | None) -> list[str] | None:
        return list(self.suppliers.get(operator_id or "", ())) or None

    def _first_mapped(
        self, source_id: str, frame: pd.DataFrame, dated_by: pd.DataFrame | None
    ) -> dict[str, ByKind[str | None]]:
        """Read the first day from version and id; only OSM's ids tell one."""
        if source_id != OSM_SOURCE_ID:
            alike = np.zeros(len(frame), dtype=np.int32)
            return {
                "first_mapped_on": ByKind(alike, [None]),
                "first_mapped_method": ByKind(alike, [FirstMappedMethod.NOT_KNOWN.value]),
            }
        columns = first_mapped_columns(frame, self.calibration, dated_by=dated_by)
        return {name: ByKind.of(values) for name, values in columns.items()}

    def _of_places(
        self, lon_deg: Floats, lat_deg: Floats, country: pd.DataFrame, areas: ExtractAreas
    ) -> dict[str, pd.Series]:
        """Return the columns that follow from where rows stand."""
        codes = country["country_code"].to_numpy(dtype=object)
        nearest = nearest_places(
            lon_deg,
            lat_deg,
            country_code=codes,
            is_disputed=(country["area_status"] == AreaStatus.DISPUTED.value).to_numpy(dtype=bool),
            places=self.places(),
        )
        admin = areas.assigned(lon_deg, lat_deg, codes, self.boundaries_dir)
        return {
            str(name): values
            for frame in (country, admin, nearest)
            for name, values in frame.items()
        }
