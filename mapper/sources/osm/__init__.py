"""
OpenStreetMap: cameras and their surroundings from PBF extracts and OSM or Overpass JSON.

``read`` returns the observations of a file, ``read_basemap`` the streets, water and buildings
around them, ``read_boundaries`` the administrative areas that an extract holds whole.
"""

from mapper.sources.osm.basemap_objects import read_basemap
from mapper.sources.osm.boundary_reading import read_boundaries
from mapper.sources.osm.info import INFO
from mapper.sources.osm.reading import read

__all__ = ["INFO", "read", "read_basemap", "read_boundaries"]
