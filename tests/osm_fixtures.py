"""OSM files for tests: the hand-written town, and whatever a test makes."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import osmium
import pytest

Element = Mapping[str, Any]
MakePbf = Callable[..., Path]
MakeJson = Callable[..., Path]

RIVERTON = Path(__file__).parent / "fixtures" / "osm" / "riverton.json"


@pytest.fixture(name="riverton")
def riverton_path() -> Path:
    return RIVERTON


@pytest.fixture(name="make_pbf")
def pbf_maker(tmp_path: Path) -> MakePbf:
    """Write elements into the test's folder, under a name; see `write_pbf`."""

    def make(elements: Sequence[Element], *, name: str = "made.osm.pbf", **wishes: Any) -> Path:  # noqa: ANN401 - of write_pbf
        return write_pbf(tmp_path / name, elements, **wishes)

    return make


def write_pbf(
    path: Path,
    elements: Sequence[Element],
    *,
    options: str = "",
    box: tuple[float, float, float, float] | None = None,
    timestamp: str = "",
    history: bool = False,
    **says: str,
) -> Path:
    """Write elements in the shape of OSM JSON as a PBF, with everything they say."""
    header = osmium.io.Header()
    if box:
        header.add_box(osmium.osm.Box(*box))
    for key, value in says.items():
        header.set(key, value)
    if timestamp:
        header.set("osmosis_replication_timestamp", timestamp)
    file = osmium.io.File(str(path), f"pbf{options}")
    file.has_multiple_object_versions = history
    with osmium.SimpleWriter(file, header=header, overwrite=True) as writer:
        for element in elements:
            _add(writer, element)
    return path


@pytest.fixture(name="make_json")
def json_maker(tmp_path: Path) -> MakeJson:
    """Write a body, or elements wrapped as an Overpass answer, as JSON."""

    def make(body: object, *, name: str = "made.json", wrapped: bool = True) -> Path:
        path = tmp_path / name
        if wrapped:
            body = {"version": 0.6, "osm3s": {}, "elements": body}
        path.write_text(json.dumps(body), encoding="utf-8")
        return path

    return make


@pytest.fixture(name="riverton_pbf")
def riverton_as_pbf(make_pbf: MakePbf) -> Path:
    body = json.loads(RIVERTON.read_text(encoding="utf-8"))
    return make_pbf(
        body["elements"], name="riverton.osm.pbf", timestamp=body["osm3s"]["timestamp_osm_base"]
    )


def _add(writer: Any, element: Element) -> None:  # noqa: ANN401 - pyosmium's types lack mutable objects
    about = {
        "id": element["id"],
        "tags": element.get("tags", {}),
        "version": element.get("version", 0),
        "timestamp": element.get("timestamp"),
        "changeset": element.get("changeset", 0),
        "uid": element.get("uid", 0),
        "user": element.get("user", ""),
        "visible": element.get("visible", True),
    }
    if element["type"] == "node":
        place = (element["lon"], element["lat"])
        writer.add_node(osmium.osm.mutable.Node(location=place, **about))
    elif element["type"] == "way":
        writer.add_way(osmium.osm.mutable.Way(nodes=element["nodes"], **about))
    else:
        members = [(each["type"][0], each["ref"], each["role"]) for each in element["members"]]
        writer.add_relation(osmium.osm.mutable.Relation(members=members, **about))
