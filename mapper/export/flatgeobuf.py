"""FlatGeobuf: a spatial index at the front, so that a viewer can fetch the part it shows."""

from pathlib import Path

import pyarrow as pa
import pyogrio
import shapely

from mapper.export.layer import Layer, lists_as_json


def write(layer: Layer, path: Path) -> None:
    """Write a layer as FlatGeobuf with its packed Hilbert R-tree; lists are JSON text."""
    points = shapely.to_wkb(shapely.points(layer.lon_deg, layer.lat_deg))
    table = lists_as_json(layer.table)
    pyogrio.write_arrow(
        table.append_column("geometry", pa.array(points, type=pa.binary())),
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
