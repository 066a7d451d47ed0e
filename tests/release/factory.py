"""Hand-made frames in the shape that resolve hands over, for the tests of three rooms."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd
from shapely import Point

from mapper.model.columns import CAMERA_NAMES
from mapper.model.enums import Completeness
from mapper.model.observation import Observation, Reading, Snapshot
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS

SHA = "ab" * 32
HELSINKI = (24.94, 60.17)

_DEFAULTS: dict[str, object] = {
    "device_type": "camera",
    "operator_withheld": False,
    "vendor_rung": "unknown",
    "country_code": "FI",
    "country_confidence": "high",
    "area_status": "undisputed",
    "nearest_place": "Helsinki",
    "nearest_place_km": 0.4,
    "first_mapped_method": "not_known",
    "lifecycle": "in_use",
    "geometry_kind": "point",
    "flags": [],
    "license_id": "ODbL-1.0",
}


def device(number: int, source_id: str = "osm", **values: object) -> dict[str, object]:
    """Describe one device: the columns that differ from a plain camera in Helsinki."""
    source_ref = f"node/{number}"
    lon_deg, lat_deg = HELSINKI
    row = dict.fromkeys(CAMERA_NAMES) | _DEFAULTS
    row |= {
        "camera_id": f"{source_id}:{source_ref}",
        "geometry": Point(lon_deg + number * 0.001, lat_deg + number * 0.0005),
        "source_id": source_id,
        "source_ref": source_ref,
        "source_url": f"https://www.openstreetmap.org/{source_ref}",
        "flags": [],
    }
    return row | values


def devices_frame(rows: Sequence[Mapping[str, object]]) -> gpd.GeoDataFrame:
    """Build the frame of devices from ``device`` rows."""
    columns = {name: [row[name] for row in rows] for name in CAMERA_NAMES}
    flat = pd.DataFrame(
        {
            name: pd.Series(values, dtype=object)
            for name, values in columns.items()
            if name != "geometry"
        }
    )
    for name in ("view_angle_deg", "nearest_place_km", "location_precision_m"):
        flat[name] = flat[name].astype("float64")
    points = gpd.GeoSeries(pd.Series(columns["geometry"]), crs="EPSG:4326")
    frame = gpd.GeoDataFrame(flat, geometry=points)
    return frame.set_index("camera_id", drop=False)[list(CAMERA_NAMES)]


def observations_frame(
    rows: Sequence[Mapping[str, object]], tags: Mapping[str, Mapping[str, str]] | None = None
) -> pd.DataFrame:
    """Build the observations behind ``device`` rows; ``tags`` by source reference."""
    written = tags or {}
    records = []
    for row in rows:
        point = row["geometry"]
        assert isinstance(point, Point)
        ref = str(row["source_ref"])
        own = {"man_made": "surveillance", "surveillance:type": "camera"} | dict(
            written.get(ref, {})
        )
        records.append(
            {
                "source_ref": ref,
                "lon_deg": point.x,
                "lat_deg": point.y,
                "geometry_kind": "point",
                "device_role": "tagged",
                "version": None,
                "edited_on": "2018-02-03",
                "location_precision_m": None,
                "text_cleaned": False,
                "text_cut": False,
                "snapshot_sha256": SHA,
            }
            | {key: own.get(key) for key in (*PUBLISHED_TAGS, *PRIVACY_TAGS)}
        )
    return pd.DataFrame(records)


def reading(rows: Sequence[Mapping[str, object]], source_id: str = "osm") -> Reading:
    """Build the reading that the rows came from, without tags."""
    snapshot = Snapshot(
        source_id=source_id,
        file_name="helsinki.osm.pbf",
        sha256=SHA,
        size_bytes=1000,
        license_id="ODbL-1.0",
        attribution="© OpenStreetMap contributors",
        data_at_utc="2018-03-01T00:00:00Z",
        completeness=Completeness.NOT_PROVEN,
    )
    observations = tuple(
        Observation(
            source_id=source_id,
            source_ref=str(row["source_ref"]),
            lon_deg=row["geometry"].x,  # type: ignore[attr-defined]
            lat_deg=row["geometry"].y,  # type: ignore[attr-defined]
            tags={},
            edited_on="2018-02-03",
        )
        for row in rows
    )
    return Reading(snapshot=snapshot, observations=observations)
