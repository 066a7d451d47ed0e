"""Whatever the objects, a PBF and JSON of them give the same observations and rejects."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import SourceFormatError
from mapper.model.observation import Reading
from mapper.model.progress import NoProgress
from mapper.sources import osm

Make = Callable[..., Path]
Element = dict[str, Any]

_IDS = st.integers(1, 6)
# No NUL and no surrogate: a PBF cannot hold them.
_VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_TAGS = st.dictionaries(
    st.sampled_from(["operator", "camera:direction", "enforcement", "note", "surveillance"]),
    _VALUES,
    max_size=3,
).flatmap(
    lambda tags: st.sampled_from(
        [{}, {"man_made": "surveillance"}, {"highway": "speed_camera"}, {"type": "enforcement"}]
    ).map(lambda more: tags | more)
)
_ABOUT = st.sampled_from(
    [
        {},
        {"version": 1, "timestamp": "2015-06-07T08:09:10Z"},
        {"version": 7, "timestamp": "1970-01-01T00:00:00Z"},
        {"version": 2, "timestamp": "2005-01-01T00:00:00Z"},
    ]
)
_MEMBERS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["node", "way", "relation"]),
        "ref": _IDS,
        "role": st.sampled_from(["device", "from", ""]),
    }
)
_LAT = st.integers(-900_000_000, 900_000_000).map(lambda units: units / 1e7)
_LON = st.integers(-1_800_000_000, 1_800_000_000).map(lambda units: units / 1e7)


def _element(kind: str, parts: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Element]:
    whole = st.fixed_dictionaries({"type": st.just(kind), "id": _IDS, "tags": _TAGS, **parts})
    return st.tuples(whole, _ABOUT).map(lambda pair: pair[0] | pair[1])


_NODES = _element("node", {"lat": _LAT, "lon": _LON})
_WAYS = _element("way", {"nodes": st.lists(_IDS, min_size=1, max_size=4)})
_RELATIONS = _element("relation", {"members": st.lists(_MEMBERS, max_size=4)})


def _once_each(elements: list[Element]) -> list[Element]:
    return list({(each["type"], each["id"]): each for each in elements}.values())


_FILES = st.tuples(
    st.lists(_NODES, max_size=6), st.lists(_WAYS, max_size=3), st.lists(_RELATIONS, max_size=3)
).map(lambda lists: _once_each([each for one in lists for each in one]))


def _outcome(path: Path) -> Reading | str:
    try:
        return osm.read(path, progress=NoProgress())
    except SourceFormatError as error:
        return str(error).split(": ", 1)[1].split(",")[0]


@given(_FILES)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_both_formats_agree_on_any_objects(
    make_pbf: Make, make_json: Make, elements: list[Element]
) -> None:
    one, other = _outcome(make_pbf(elements)), _outcome(make_json(elements))
    if isinstance(one, str):
        # Without any node of a way JSON is no cut file, but an answer that was asked without them.
        assert "is a camera" in one
        assert isinstance(other, str) or "no position" in {each.reason for each in other.rejects}
        return
    assert isinstance(other, Reading)
    assert one.observations == other.observations
    assert one.rejects == other.rejects
    assert one.notes == other.notes


@pytest.mark.parametrize("tags", [{"man_made": "surveillance"}, {"highway": "speed_camera"}])
def test_the_property_above_meets_cameras(
    make_pbf: Make, make_json: Make, tags: dict[str, str]
) -> None:
    elements = [{"type": "node", "id": 1, "lat": 1.0, "lon": 2.0, "tags": tags}]
    for make in (make_pbf, make_json):
        assert len(osm.read(make(elements), progress=NoProgress()).observations) == 1


@pytest.mark.parametrize(
    "sign", ["\U00101c00", "\U00100000", "\U0010f600", "\U0001f600", "\U000f1c00"]
)
def test_both_formats_agree_on_signs_beyond_the_first_plane(
    make_pbf: Make, make_json: Make, sign: str
) -> None:
    tags = {"man_made": "surveillance", "operator": f"City {sign} of Oulu"}
    node = {"type": "node", "id": 1, "tags": tags, "lat": 60.2, "lon": 24.9}
    one, other = _outcome(make_pbf([node])), _outcome(make_json([node]))
    assert isinstance(one, Reading)
    assert isinstance(other, Reading)
    assert one.observations == other.observations
