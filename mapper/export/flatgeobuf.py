"""FlatGeobuf: a spatial index at the front, so that a viewer can fetch the part it shows."""

from pathlib import Path
from typing import Final

import pyogrio

from mapper.export.layer import Layer
from mapper.export.table_format import Format, read_with_gdal, without_side_files


def write(layer: Layer, path: Path) -> None:
    """Write a layer as FlatGeobuf with its packed Hilbert R-tree; lists are text."""
    pyogrio.write_arrow(
        layer.text_table.append_column("geometry", layer.points_wkb()),
        path,
        driver="FlatGeobuf",
        layer=layer.name,
        geometry_name="geometry",
        geometry_type="Point",
        crs="EPSG:4326",
        layer_options={
            "SPATIAL_INDEX": "YES" if len(layer) else "NO",
            "TITLE": layer.title,
            "DESCRIPTION": f"{layer.attribution}; licence {layer.license_id}; {layer.data_on}",
        },
    )


def count(path: Path, layer: str) -> int:
    """Count the features one by one: the header may name no count."""
    with without_side_files():
        return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


FORMAT: Final = Format(
    "flatgeobuf",
    ".fgb",
    write,
    read_with_gdal,
    count,
    holds=("FlatGeobuf", "geometry", "JSON text", "missing", "as it is"),
)
