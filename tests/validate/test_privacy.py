"""What watches a home is left out, what may name a person is left blank, and all is counted."""

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from mapper.model.tags import PRIVACY_TAGS
from mapper.validate import privacy_gate
from mapper.validate.contact_patterns import holds_contact
from mapper.validate.homes import doorbells, home_products
from mapper.validate.privacy import Published, withhold
from mapper.validate.suppression import Suppression, suppression_hash
from tests.release.factory import HELSINKI, device, devices_frame, observations_frame

Tags = Mapping[str, str]
SALT = "5a" * 16


def through(
    rows: list[dict[str, object]],
    tags: Mapping[str, Tags],
    *,
    names: tuple[str, ...] = (),
    suppression: Suppression | None = None,
) -> Published:
    return withhold(
        devices_frame(rows),
        {"osm": observations_frame(rows, tags)},
        organisation_names=names,
        suppression=suppression or Suppression(),
    )


def one(tags: Tags, **values: object) -> Published:
    """Let one device with these tags through, beside a plain one."""
    row = device(1, operator_name=tags.get("operator")) | values
    return through([row, device(2)], {"node/1": tags})


CITY = {"operator": "Helsingin kaupunki", "operator:wikidata": "Q1757"}


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"camera:mount": "doorbell"}, "doorbell"),
        ({"camera:mount": "Door_Bell;wall"}, "doorbell"),
        ({"camera:type": "door"}, "doorbell"),
        ({"camera:type": "doorbell"} | CITY, "doorbell"),
        ({"surveillance:type": "video_doorbell"}, "doorbell"),
        ({"manufacturer": "Ring"}, "made for homes"),
        ({"brand": "Google Nest"}, "made for homes"),
        ({"manufacturer": "ring.com"}, "made for homes"),
        ({"model": "Reolink RLC-810A"} | CITY, "made for homes"),
        ({"operator": "Ring"}, "made for homes"),
        ({"surveillance:brand": "EufyCam"}, "made for homes"),
        ({"operator:type": "private_individual"} | CITY, "operated by a private person"),
        ({"operator:type": "individual"}, "operated by a private person"),
        ({"surveillance": "private"}, "private ground"),
        ({"surveillance": "private;outdoor", "operator": "Anna Virtanen"}, "private ground"),
        ({"surveillance:zone": "driveway"}, "private ground"),
        ({"building": "house"}, "private ground"),
        ({"surveillance": "indoor"}, "indoor, no public place"),
        ({"surveillance": "indoor", "surveillance:zone": "entrance"}, "indoor, no public place"),
        ({"indoor": "yes"}, "indoor, no public place"),
    ],
)
def test_a_camera_that_watches_a_home_is_left_out(tags: Tags, reason: str) -> None:
    published = one(tags)
    assert list(published.cameras.index) == ["osm:node/2"]
    assert list(published.observations["osm"]["source_ref"]) == ["node/2"]
    assert published.withheld == 1
    assert published.withheld_by_reason == {reason: 1}


@pytest.mark.parametrize(
    "tags",
    [
        {"camera:mount": "indoor_wall", "surveillance:zone": "bank"},
        {"manufacturer": "Stringer Security"},
        {"manufacturer": "Nestor Traffic Systems"},
        {"operator": "Ringerike kommune"},
        {"surveillance": "private"} | CITY,
        {"surveillance": "indoor"} | CITY,
        {"surveillance": "indoor", "surveillance:zone": "bank"},
        {"surveillance": "indoor;public"},
        {"surveillance": "indoor", "access": "customers"},
        {"surveillance": "outdoor", "indoor": "no"},
        {"operator:type": "private", "surveillance:zone": "shop"},
        {"operator:type": "private"} | CITY,
        {"building": "train_station"},
        {"surveillance:zone": "town"},
    ],
)
def test_a_camera_on_other_ground_stays(tags: Tags) -> None:
    assert one(tags).withheld == 0


def test_a_resolved_home_maker_is_left_out_whatever_is_written() -> None:
    assert one({"manufacturer": "R. Inc"}, vendor_id="ring").withheld == 1


@pytest.mark.parametrize(
    "name",
    [
        "Anna Virtanen",
        "佐藤太郎",
        "City of Oulu;Anna Virtanen",
        "Bar\u0142omiej K.",
    ],
)
def test_an_operator_that_may_be_a_person_is_blank_in_both_tables(name: str) -> None:
    published = one({"operator": name})
    camera = published.cameras.loc["osm:node/1"]
    observation = published.observations["osm"].set_index("source_ref").loc["node/1"]
    assert (camera["operator_name"], camera["operator_withheld"]) == (None, True)
    assert observation["operator"] is None or pd.isna(observation["operator"])
    assert observation["withheld_keys"] == "operator"
    assert published.operators_withheld == 1
    assert not published.cameras.loc["osm:node/2", "operator_withheld"]


@pytest.mark.parametrize(
    "tags",
    [
        {"operator": "Torre Asia", "operator:wikidata": "Q483551"},
        {"operator": "Helsingin poliisi"},
        {"operator": "Straż Miejska; Gmina Hel"},
        {"operator": "Vumacam"},
    ],
    ids=["a known Wikidata id", "has a word", "two with words", "in the registry"],
)
def test_an_organisation_stays_named(tags: Tags) -> None:
    rows = [device(1, operator_name=tags["operator"])]
    published = through(rows, {"node/1": tags}, names=("vumacam",))
    assert published.cameras.loc["osm:node/1", "operator_name"] == tags["operator"]
    assert not published.cameras.loc["osm:node/1", "operator_withheld"]


def repeated(name: str, places: list[str]) -> Published:
    rows = [
        device(number, operator_name=name, nearest_place=place)
        for number, place in enumerate(places)
    ]
    return through(rows, {f"node/{number}": {"operator": name} for number in range(len(places))})


@pytest.mark.parametrize("places", [["Oulu", "Oulu", "Turku"], ["Oulu"] * 30])
def test_a_name_is_no_organisations_because_it_is_written_often(places: list[str]) -> None:
    assert repeated("Torre Asia", places).operators_withheld == len(places)


@pytest.mark.parametrize("name", ["Familie Schneider", "Propriétaire de la maison", "жилой дом"])
def test_a_home_is_withheld_with_its_position_however_often_it_is_written(name: str) -> None:
    published = repeated(name, ["Oulu", "Turku"] * 10)
    assert published.withheld_by_reason == {"operated by a private person": 20}


def test_what_was_concluded_from_a_withheld_operator_is_withheld_too() -> None:
    published = one(
        {"operator": "Anna Virtanen"},
        vendor_as_written="Anna Virtanen",
        vendor_method="operator exact",
        vendor_rung="C",
    )
    camera = published.cameras.loc["osm:node/1"]
    assert camera["vendor_as_written"] is None
    assert camera["vendor_rung"] == "unknown"


@pytest.mark.parametrize(
    "value",
    [
        "Call +358 40 123 4567",
        "info@example.org",
        "info (at) example.org",
        "(040) 123-4567-8",
        "0401234567",
        "rtsp://10.0.0.7/live",
        "https://example.org/cam",
        "www.example.org",
        "admin:secret@camera",
        "192.168.1.20",
        "fe80:0:0:0:1:2:3:4",
        "00:1B:44:11:3A:B7",
        "FI21 1234 5600 0007 85",
        "MT84MALT011000012345MTLCAST001S",
    ],
)
def test_contact_data_is_withheld_from_every_table(value: str) -> None:
    where = {"surveillance:zone": "town"}
    published = one({"model": value, "camera:mount": value} | where, mount=value)
    assert published.cameras.loc["osm:node/1", "mount"] is None
    observation = published.observations["osm"].set_index("source_ref").loc["node/1"]
    assert pd.isna(observation["model"])
    assert set(observation["withheld_keys"].split(";")) == {"model", "camera:mount"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model", "DS-2CD2143G0-I"),
        ("model", "AXIS Q6075-E 60 HZ"),
        ("direction", "0;90;180;270"),
        ("direction", "100-120;220-240"),
        ("start_date", "2019-05-06"),
        ("survey:date", "2019-05-06..2020-07-08"),
        ("height", "3.5 m"),
        ("operator", "Service 24/7"),
        ("model", "FW 2.800.14"),
        ("operator", "GB82 Street Watch"),
        ("model", "MT85MALT011000012345MTLCAST001S"),
    ],
)
def test_models_directions_and_dates_are_no_contact_data(key: str, value: str) -> None:
    assert not holds_contact(key, value)


def test_no_text_that_was_withheld_is_a_category_of_the_published_observations() -> None:
    home = {"operator": "Anna Virtanen", "surveillance": "private"}
    tags = {"node/1": {"operator": "Maija Virtanen"}, "node/2": home, "node/3": CITY}
    rows = [device(n, operator_name=tags[f"node/{n}"]["operator"]) for n in (1, 2, 3)]
    seen = observations_frame(rows, tags)
    coded = seen.astype(dict.fromkeys(("operator", "surveillance"), "category"))
    published = withhold(
        devices_frame(rows), {"osm": coded}, organisation_names=(), suppression=Suppression()
    ).observations["osm"]
    assert published["source_ref"].tolist() == ["node/1", "node/3"]
    assert published["operator"].cat.categories.tolist() == [CITY["operator"]]
    assert published["surveillance"].cat.categories.tolist() == []


def test_devices_of_categories_are_withheld_as_those_of_objects_and_no_category_tells_more() -> (
    None
):
    tags = {
        "node/1": {"operator": "Maija Virtanen"},
        "node/2": {"operator": "Anna Virtanen", "surveillance": "private"},
        "node/3": CITY,
    }
    rows = [
        device(n, operator_name=tags[f"node/{n}"]["operator"], nearest_place=f"Town {n}")
        for n in (1, 2, 3)
    ]
    seen, frame = observations_frame(rows, tags), devices_frame(rows)
    names = ["operator_name", "vendor_id", "vendor_method", "vendor_rung", "nearest_place"]
    of_objects, of_categories = (
        withhold(devices, {"osm": seen}, organisation_names=(), suppression=Suppression()).cameras
        for devices in (frame, frame.astype(dict.fromkeys(names, "category")))
    )
    assert of_categories["operator_name"].cat.categories.tolist() == [CITY["operator"]]
    assert of_categories["nearest_place"].cat.categories.tolist() == ["Town 1", "Town 3"]
    of_categories[names] = of_categories[names].astype(object)
    plain, coded = (cells.where(cells.notna(), None) for cells in (of_objects, of_categories))
    pd.testing.assert_frame_equal(coded, plain)


def test_neither_privacy_tags_nor_other_keys_reach_the_observations() -> None:
    published = one({"building": "train_station", "access": "yes", "model": "M1"})
    columns = set(published.observations["osm"].columns)
    assert columns.isdisjoint(PRIVACY_TAGS)
    assert {"model", "withheld_keys"} <= columns


def test_guards_and_sensors_stand_apart() -> None:
    published = through([device(1, device_type="guard"), device(2)], {})
    assert list(published.other_devices.index) == ["osm:node/1"]
    assert list(published.cameras.index) == ["osm:node/2"]


def test_withheld_devices_are_counted_by_country_only_where_they_hide_in_a_crowd() -> None:
    rows = [device(n, country_code="FI") for n in range(10)]
    rows += [device(n, country_code="SE") for n in range(10, 19)]
    rows += [device(n, country_code=None) for n in range(19, 21)]
    rows += [device(99)]
    bells = {f"node/{n}": {"camera:mount": "doorbell"} for n in range(21)}
    published = through(rows, bells)
    assert published.withheld == 21
    assert published.withheld_by_country == {"FI": 10}
    assert published.withheld_elsewhere == 11


def test_no_row_names_or_hints_at_a_neighbour_that_was_left_out() -> None:
    lon_deg, lat_deg = HELSINKI
    place = Point(lon_deg, lat_deg)
    rows = [
        device(1, geometry=place, pole_id="osm:node/1", flags=["duplicate_position"]),
        device(2, geometry=place, pole_id="osm:node/1", flags=["duplicate_position"]),
        device(3, geometry=Point(lon_deg + 0.00001, lat_deg), pole_id="osm:node/1"),
    ]
    published = through(rows, {"node/1": {"camera:mount": "doorbell"}})
    assert list(published.cameras["pole_id"]) == ["osm:node/2", "osm:node/2"]
    assert list(published.cameras["flags"]) == [[], []]


def test_a_suppressed_object_stays_out_when_it_is_collected_again() -> None:
    listed = Suppression({SALT: frozenset({suppression_hash(SALT, "osm", "node/2")})})
    rows = [device(1), device(2), device(3, device_type="guard")]
    for moved in (0.0, 0.5):
        rows[1]["geometry"] = Point(HELSINKI[0] + moved, HELSINKI[1])
        published = through(rows, {"node/2": {"model": "new"}}, suppression=listed)
        assert list(published.cameras.index) == ["osm:node/1"]
        assert list(published.observations["osm"]["source_ref"]) == ["node/1", "node/3"]
        assert published.withheld_by_reason == {"on the suppression list": 1}


SUSPECT = st.text(st.sampled_from("+0123456789 ()-/.@:abwx\uff0b"), min_size=1, max_size=24)


@settings(max_examples=3000, deadline=None)
@given(SUSPECT, st.sampled_from(["model", "operator", "direction"]))
def test_the_gate_finds_nothing_that_withholding_lets_through(value: str, key: str) -> None:
    gate = [*privacy_gate.CONTACT.values()]
    if key not in privacy_gate.NUMERIC:
        gate.append(privacy_gate.LONG_NUMBER)
    if any(pattern.search(value) for pattern in gate):
        assert holds_contact(key, value)


WORD = st.sampled_from(
    ["ring", "Nest", "door", "bell", "phone", "_", "-", " ", ";", "x", "ARLO", "wall"]
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=5).map("".join))
def test_the_gate_finds_no_home_that_withholding_lets_through(value: str) -> None:
    tags = observations_frame([device(1)], {"node/1": {"camera:mount": value, "brand": value}})
    if privacy_gate.BELL.search(value):
        assert doorbells(tags).all()
    if privacy_gate.HOME_MAKER.search(value):
        assert home_products(tags, pd.Series([None])).all()
