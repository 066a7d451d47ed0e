"""The ground around cameras: what is near, where it ends, and which side of a coast is wet."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from mapper.model.basemap import Basemap, BasemapKind
from mapper.model.progress import NoProgress
from mapper.sources.osm import read_basemap

Make = Callable[..., Path]

# One camera on the equator at 10 east: there a degree is 111.2 km either way, so 0.001 is 111 m.
CAMERA = {"lon_deg": [10.0], "lat_deg": [0.0]}


def context_of(path: Path, **more: Any) -> Basemap:  # noqa: ANN401 - any argument of read_basemap
    return read_basemap(path, **{**CAMERA, **more}, progress=NoProgress())


def shape(context: Basemap, index: int) -> list[tuple[float, float]]:
    begin, end = context.offsets[index] * 2, context.offsets[index + 1] * 2
    flat = context.lonlat_deg[begin:end]
    return list(zip(flat[0::2], flat[1::2], strict=True))


class Drawing:
    """Ways and their nodes, drawn by hand in thousandths of a degree from the camera."""

    def __init__(self) -> None:
        self.elements: list[dict[str, object]] = []
        self._ways: list[dict[str, object]] = []

    def way(self, places: Sequence[tuple[float, float]], **tags: str) -> int:
        """Draw a way and give its id; a place that comes again is the same node."""
        ids: dict[tuple[float, float], int] = {}
        refs = []
        for east, north in places:
            if (east, north) not in ids:
                ids[east, north] = 1_000 + len(self.elements)
                lon, lat = round(10 + east / 1_000, 7), round(north / 1_000, 7)
                node = {"type": "node", "id": ids[east, north], "lat": lat, "lon": lon}
                self.elements.append(node)
            refs.append(ids[east, north])
        way_id = 1 + len(self._ways)
        self._ways.append({"type": "way", "id": way_id, "nodes": refs, "tags": tags})
        return way_id

    def relation(self, members: list[tuple[int, str]], **tags: str) -> list[dict[str, object]]:
        """Return all elements and a relation of ways with their roles."""
        parts = [{"type": "way", "ref": ref, "role": role} for ref, role in members]
        relation = {"type": "relation", "id": 1, "members": parts, "tags": tags}
        return [*self.all(), relation]

    def all(self) -> list[dict[str, object]]:
        """Return all elements in the order of a sorted file."""
        return [*self.elements, *self._ways]


def square(side: float, east: float = 0, north: float = 0) -> list[tuple[float, float]]:
    half = side / 2
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return [(east + x, north + y) for x, y in corners]


@pytest.fixture(name="make", params=["make_pbf", "make_json"])
def either_format(request: pytest.FixtureRequest) -> Make:
    make: Make = request.getfixturevalue(request.param)
    return make


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "primary"}, BasemapKind.STREET_MAJOR),
        ({"highway": "motorway_link"}, BasemapKind.STREET_MAJOR),
        ({"highway": "residential"}, BasemapKind.STREET_MINOR),
        ({"highway": "service"}, BasemapKind.STREET_MINOR),
        ({"highway": "service", "service": "driveway"}, BasemapKind.PATH),
        ({"highway": "footway"}, BasemapKind.PATH),
        ({"railway": "tram"}, BasemapKind.RAIL),
        ({"waterway": "river"}, BasemapKind.WATER_LINE),
    ],
)
def test_a_line_is_what_its_tags_say(make: Make, tags: dict[str, str], kind: BasemapKind) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], **tags)
    context = context_of(make(drawing.all()))
    assert context.kinds == [kind]
    assert shape(context, 0) == [(9.999, 0.001), (10.001, 0.001)]


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "proposed"},
        {"highway": "pedestrian", "area": "yes"},
        {"railway": "abandoned"},
        {"railway": "subway", "tunnel": "yes"},
        {"waterway": "ditch"},
        {"power": "line"},
    ],
)
def test_what_nobody_sees_on_the_ground_is_left_out(make: Make, tags: dict[str, str]) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], **tags)
    assert len(context_of(make(drawing.all()))) == 0


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"building": "yes"}, BasemapKind.BUILDING),
        ({"natural": "water"}, BasemapKind.WATER_AREA),
        ({"leisure": "park"}, BasemapKind.GREEN),
        ({"landuse": "grass"}, BasemapKind.GREEN),
    ],
)
def test_a_closed_way_is_an_area(make: Make, tags: dict[str, str], kind: BasemapKind) -> None:
    drawing = Drawing()
    drawing.way(square(1), **tags)
    context = context_of(make(drawing.all()))
    assert context.kinds == [kind]
    ring = shape(context, 0)
    assert ring[0] == ring[-1]
    assert set(ring) == {(9.9995, -0.0005), (10.0005, -0.0005), (10.0005, 0.0005), (9.9995, 0.0005)}


def test_only_what_comes_within_the_radius_is_kept(make: Make) -> None:
    drawing = Drawing()
    # 0.00266 of a degree is 296 m, 0.00275 is 306 m.
    drawing.way([(-1, 2.66), (1, 2.66)], highway="residential", name="Near")
    drawing.way([(-1, 2.75), (1, 2.75)], highway="residential", name="Far")
    assert context_of(make(drawing.all())).names == ["Near"]
    assert sorted(context_of(make(drawing.all(), name="again"), radius_m=320).names) == [
        "Far",
        "Near",
    ]


def test_a_motorway_ends_a_little_outside_the_radius(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-500, 0), (500, 0)], highway="motorway")
    context = context_of(make(drawing.all()))
    (west, _), (east, _) = shape(context, 0)
    # 450 m are 0.00405 of a degree; the circle is drawn with corners, a little outside.
    assert 0.00404 < 10 - west < 0.00408
    assert 0.00404 < east - 10 < 0.00408


def test_a_street_that_leaves_and_comes_back_is_two_lines(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(0, 1), (50, 1), (50, -1), (0, -1)], highway="primary", name="Ring")
    context = context_of(make(drawing.all()))
    assert context.names == ["Ring", "Ring"]


def test_a_large_lake_is_cut_and_stays_closed(make: Make) -> None:
    drawing = Drawing()
    drawing.way(square(100, east=51), natural="water", name="Long Lake")
    context = context_of(make(drawing.all()))
    ring = shape(context, 0)
    assert ring[0] == ring[-1]
    # A kilometre is 0.008993 of a degree.
    assert max(lon for lon, _ in ring) == pytest.approx(10.008993, abs=1e-6)


def test_streets_alone_are_read_on_request(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], highway="primary")
    drawing.way([(-1, 2), (1, 2)], highway="path")
    drawing.way(square(1), building="yes")
    kinds = frozenset({BasemapKind.STREET_MAJOR, BasemapKind.STREET_MINOR})
    assert context_of(make(drawing.all()), kinds=kinds).kinds == [BasemapKind.STREET_MAJOR]


def test_a_street_has_its_cleaned_name_and_a_building_none(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], highway="primary", name="Mill\u202e Road")
    drawing.way(square(1), building="house", name="Family Miller")
    assert context_of(make(drawing.all())).names == ["Mill Road", ""]


def test_an_island_in_a_lake_stays_dry(make: Make) -> None:
    drawing = Drawing()
    outer = drawing.way(square(4))
    inner = drawing.way(square(1))
    elements = drawing.relation(
        [(outer, "outer"), (inner, "inner")], type="multipolygon", natural="water"
    )
    context = context_of(make(elements))
    assert context.kinds == [BasemapKind.WATER_AREA]
    # Sixteen squares of a thousandth less one, in square degrees; the way there and back is none.
    assert _enclosed(shape(context, 0)) == pytest.approx(15e-6)


def test_a_courtyard_is_left_out_of_a_building(make: Make) -> None:
    drawing = Drawing()
    outer = drawing.way(square(2))
    inner = drawing.way(square(1))
    elements = drawing.relation(
        [(outer, "outer"), (inner, "inner")], type="multipolygon", building="yes"
    )
    context = context_of(make(elements))
    assert context.kinds == [BasemapKind.BUILDING]
    assert _enclosed(shape(context, 0)) == pytest.approx(4e-6)


def test_an_outer_ring_may_be_of_two_ways(make: Make) -> None:
    drawing = Drawing()
    corners = square(2)
    drawing.way(corners)
    elements = drawing.all()
    refs = elements[-1]["nodes"]
    assert isinstance(refs, list)
    elements[-1]["nodes"] = refs[:3]
    elements.append({"type": "way", "id": 2, "nodes": refs[2:], "tags": {}})
    members = [{"type": "way", "ref": ref, "role": "outer"} for ref in (1, 2)]
    tags = {"type": "multipolygon", "leisure": "park"}
    elements.append({"type": "relation", "id": 1, "members": members, "tags": tags})
    context = context_of(make(elements))
    assert context.kinds == [BasemapKind.GREEN]
    assert _enclosed(shape(context, 0)) == pytest.approx(4e-6)


# The land lies to the left of a coastline, the sea to its right.


def test_the_sea_lies_to_the_right_of_its_coast(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-20, 1), (20, 1)], natural="coastline")
    context = context_of(make(drawing.all()))
    assert set(context.kinds) == {BasemapKind.WATER_AREA}
    sea = shapely.union_all([shapely.Polygon(shape(context, 0))])
    assert sea.contains(shapely.Point(10.0, 0.0005))
    assert not sea.intersects(shapely.Point(10.0, 0.0015))


def test_turned_round_the_same_coast_has_its_sea_on_the_other_side(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(20, 1), (-20, 1)], natural="coastline")
    context = context_of(make(drawing.all()))
    sea = shapely.Polygon(shape(context, 0))
    assert sea.contains(shapely.Point(10.0, 0.0015))
    assert not sea.intersects(shapely.Point(10.0, 0.0005))


def test_an_island_in_the_sea_stays_dry(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-20, -3), (20, -3)][::-1], natural="coastline")
    drawing.way(square(1, north=2), natural="coastline")
    context = context_of(make(drawing.all()))
    sea_area = sum(_enclosed(shape(context, index)) for index in range(len(context)))
    # The square around the camera reaches a kilometre, 8.993 thousandths, each way.
    reach = 8.9932
    assert sea_area == pytest.approx((2 * reach * (reach + 3) - 1) * 1e-6, rel=1e-3)


def test_a_coast_that_ends_within_the_view_leaves_it_blank(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-20, 1), (0, 1)], natural="coastline")
    assert len(context_of(make(drawing.all()))) == 0


def test_a_coast_cut_at_the_edge_of_the_extract_runs_on_to_it(make_pbf: Make) -> None:
    drawing = Drawing()
    drawing.way([(-2.9, 1), (2.9, 1)], natural="coastline")
    context = context_of(make_pbf(drawing.all(), box=(9.997, -0.003, 10.003, 0.003)))
    # From edge to edge of the extract, 6 wide, and 4 high below the coast.
    assert _enclosed(shape(context, 0)) == pytest.approx(24e-6, rel=1e-3)


def test_a_street_with_a_node_outside_the_extract_is_drawn_in_parts(make_pbf: Make) -> None:
    drawing = Drawing()
    drawing.way([(-2, 0), (-1, 0), (0, 0), (1, 0), (2, 0)], highway="primary")
    elements = [each for each in drawing.all() if each["id"] != 1_002]
    context = context_of(make_pbf(elements))
    assert [shape(context, index) for index in range(len(context))] == [
        [(9.998, 0.0), (9.999, 0.0)],
        [(10.001, 0.0), (10.002, 0.0)],
    ]


def test_the_geometry_of_out_geom_is_enough(make_json: Make) -> None:
    geometry = [{"lat": 0.001, "lon": 9.999}, {"lat": 0.001, "lon": 10.001}]
    way = {"type": "way", "id": 1, "geometry": geometry, "tags": {"highway": "primary"}}
    context = context_of(make_json([way]))
    assert shape(context, 0) == [(9.999, 0.001), (10.001, 0.001)]


def test_without_cameras_there_is_no_ground(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], highway="primary")
    assert len(context_of(make(drawing.all()), lon_deg=[], lat_deg=[])) == 0


def test_the_order_of_a_file_does_not_matter(make: Make) -> None:
    drawing = Drawing()
    drawing.way([(-1, 1), (1, 1)], highway="primary", name="One")
    drawing.way([(-1, 2), (1, 2)], highway="residential", name="Two")
    drawing.way([(-1, 1.5), (1, 1.5)], highway="primary", name="Three")
    elements = drawing.all()
    turned = [*elements[:-3], *elements[-3:][::-1]]
    assert context_of(make(elements)) == context_of(make(turned, name="turned"))
    assert context_of(make(elements)).names == ["One", "Three", "Two"]


def _enclosed(ring: list[tuple[float, float]]) -> float:
    """Return the area by the shoelace formula, which counts a way there and back as nothing."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2
