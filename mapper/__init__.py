"""Whose Cameras: which cameras watch a place, who supplies them, and how we know."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd

__all__ = ["load"]


def load(
    path: "Path | str" = "build",
    *,
    release_id: str | None = None,
    layer: str = "cameras",
    country: "str | Sequence[str] | None" = None,
    vendor: "str | Sequence[str] | None" = None,
    bbox: tuple[float, float, float, float] | None = None,
) -> "gpd.GeoDataFrame":
    """
    Load the cameras of a release as a GeoDataFrame.

    Parameters
    ----------
    path
        The output folder of `mapper build`, or one release.
    release_id
        Which release; None takes the latest.
    layer
        ``cameras``, ``other_devices``, or one file's stem, ``cameras_osm``.
    country
        ISO 3166-1 alpha-2 code or codes.
    vendor
        Organisation id or ids.
    bbox
        West, south, east, north in degrees, WGS 84.

    Returns
    -------
    GeoDataFrame
        One row per camera, index ``camera_id``, columns ``model.columns.CAMERA``, EPSG:4326.

    Raises
    ------
    UsageError
        If there is no release.
    """
    # Imported here, so that `import mapper` and `mapper --help` do not wait for geopandas.
    from mapper.release.camera_frames import load_cameras  # noqa: PLC0415

    return load_cameras(
        path, release_id=release_id, layer=layer, country=country, vendor=vendor, bbox=bbox
    )
