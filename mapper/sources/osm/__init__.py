"""
OpenStreetMap: cameras and their surroundings from PBF extracts and OSM or Overpass JSON.

``read`` gives the observations of a file, ``read_context`` the streets, water and buildings
around them, ``cut_sample`` makes the embedded default, ``calibrate`` the table of node ids.
"""

from mapper.sources.osm.context import read_context
from mapper.sources.osm.info import INFO
from mapper.sources.osm.reading import read
from mapper.sources.osm.sample import cut_sample

__all__ = ["INFO", "cut_sample", "read", "read_context"]
