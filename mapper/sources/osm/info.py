"""What the source is."""

from mapper.model.source import LocalFile, SourceInfo

INFO = SourceInfo(
    source_id="osm",
    title="OpenStreetMap",
    publisher="OpenStreetMap contributors",
    landing_page="https://www.openstreetmap.org/",
    read_from=LocalFile(hint="a .osm.pbf extract, or OSM or Overpass JSON (.json, .json.gz)"),
    license_id="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    row_count_min=0,
    row_count_max=5_000_000,
)
