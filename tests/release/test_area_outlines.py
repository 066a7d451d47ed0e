"""The boundaries of a release that somebody else made are read, or refused by their file."""

import json
from pathlib import Path

import pytest
import shapely

from mapper.errors import VerificationError
from mapper.model.boundary_area import BoundaryArea
from mapper.release.area_outlines import NAME, outlines_text, read_outlines

AREA = BoundaryArea(
    "relation/5",
    6,
    "N",
    "",
    None,
    None,
    shapely.to_wkb(shapely.MultiPolygon([shapely.box(9, 48, 10, 49)])),
)


def test_what_was_written_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(outlines_text([AREA]), "utf-8")
    assert read_outlines(tmp_path) == (AREA,)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [9, 48]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[9, 48], [9.1, 48], [9, 48], [9, 48]]]},
        {"type": "Polygon", "coordinates": [[[9, 48], [float("nan"), 48], [9, 49], [9, 48]]]},
    ],
)
def test_an_outline_without_ground_is_refused_by_its_file(geometry: object, tmp_path: Path) -> None:
    content = json.loads(outlines_text([AREA]))
    content["features"][0]["geometry"] = geometry
    (tmp_path / NAME).write_text(json.dumps(content), "utf-8")
    with pytest.raises(VerificationError, match=NAME):
        read_outlines(tmp_path)


def test_a_file_of_brackets_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("[" * 200_000, "utf-8")
    with pytest.raises(VerificationError, match=NAME):
        read_outlines(tmp_path)
