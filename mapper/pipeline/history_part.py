"""The history that one source gives, and a camera's published row as one of its states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd

from mapper.model.enums import STANDING
from mapper.release.camera_events import Event, EventKind, State
from mapper.release.departures import Unnamed

OSM_HISTORY = "osm_history"
RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """
    The events of one source.

    Attributes
    ----------
    source
        ``OSM_HISTORY`` or ``RELEASES``.
    origins
        What they were made of, for those who cite them; one for each file.
    remarks
        What is to be said of them beside their numbers.
    unnamed
        Cameras that left and have no events at all, without their ids.
    counted_events
        What counts in growth and departures, and is written nowhere by itself.
    left_out_ids
        Cameras that are left out whole; to be written nowhere.
    """

    source: str
    events: tuple[Event, ...]
    origins: tuple[Mapping[str, Any], ...]
    remarks: tuple[str, ...]
    unnamed: tuple[Unnamed, ...] = ()
    left_out_ids: frozenset[str] = frozenset()
    counted_events: tuple[Event, ...] = ()

    @property
    def all_events(self) -> tuple[Event, ...]:
        """Those that are written, and those that only count."""
        return (*self.events, *self.counted_events)

    def beside(self, other: "HistoryPart") -> "HistoryPart":
        """
        Name no camera that another part does not name.

        Of the ends of those that are left out there the numbers stay; those that count there count.
        """
        counted_ids = {event.camera_id for event in other.counted_events}
        ends = (
            Unnamed(event.not_after_utc, event.country_code, event.after)
            for event in self.events
            if event.camera_id in other.left_out_ids and event.kind is EventKind.ENDED
        )
        rest = [event for event in self.events if event.camera_id not in other.left_out_ids]
        return replace(
            self,
            events=tuple(event for event in rest if event.camera_id not in counted_ids),
            unnamed=(*self.unnamed, *ends),
            left_out_ids=self.left_out_ids | other.left_out_ids,
            counted_events=tuple(event for event in rest if event.camera_id in counted_ids),
        )


def state_fields(cameras: gpd.GeoDataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    Yield camera id and the fields of `State` that a published row tells, all but its bounds.

    Parameters
    ----------
    cameras
        Published rows, columns ``model.columns.CAMERA``.
    """
    names = ["camera_id", "lifecycle", "vendor_id", "vendor_as_written"]
    names += ["operator_id", "operator_name", "directions_deg", "country_code"]
    columns = [cameras[name].astype(object) for name in names]
    for camera_id, lifecycle, *rest in zip(*columns, strict=True):
        vendor_id, vendor, operator_id, operator, directions, country_code = rest
        stands = lifecycle in STANDING
        yield (
            str(camera_id),
            {
                "stands": stands,
                "why": "" if stands else f"said to be {lifecycle}",
                "maker": _text(vendor_id) or _text(vendor),
                "operator": _text(operator_id) or _text(operator),
                "direction": _degrees(directions),
                "country_code": _text(country_code),
            },
        )


def _text(value: object) -> str:
    # Missing cells come as None, and from Parquet as NaN.
    return value if isinstance(value, str) else ""


def _degrees(directions: object) -> str:
    if not hasattr(directions, "__iter__") or isinstance(directions, str):
        return ""
    return ";".join(f"{float(degrees):g}" for degrees in directions)


def state_of(camera_id: str, bounds: tuple[str, str], fields: Mapping[str, Any]) -> State:
    """Return a state between two moments; the first is empty where nothing bounds it."""
    return State(camera_id, bounds[0], bounds[1], **fields)
