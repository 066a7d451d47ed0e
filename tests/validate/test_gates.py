"""Each gate, shown one thing that is wrong, blocks the release and says where."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from mapper.errors import GateError
from mapper.model.observation import Reject
from mapper.model.release import Counts
from mapper.validate import value_gates
from mapper.validate.findings import Finding, Material, report_text
from mapper.validate.gates import count_objects, findings_of, require
from mapper.validate.privacy import withhold
from mapper.validate.suppression import Suppression, suppression_hash
from tests.release.factory import device, devices_frame, observations_frame, reading
from tests.release.small_release import CREDIT

TAGS = {
    "node/1": {"camera:mount": "pole", "direction": "NE", "manufacturer": "Axis"},
    "node/2": {"operator": "Anna Virtanen"},
    "node/3": {"surveillance:type": "guard"},
}


def material() -> Material:
    """Return material in which every gate is content."""
    rows = [
        device(
            1,
            mount="pole",
            directions_deg=[45.0],
            directions_as_written="NE",
            vendor_id="axis",
            vendor_as_written="Axis",
            vendor_rung="B",
            vendor_method="manufacturer exact",
        ),
        device(2, operator_name="Anna Virtanen"),
        device(3, device_type="guard"),
    ]
    published = withhold(
        devices_frame(rows),
        {"osm": observations_frame(rows, TAGS)},
        organisation_names=["Axis"],
        suppression=Suppression(),
    )
    counts = count_objects((reading(rows),), published)
    return Material(published, (CREDIT,), counts, Suppression())


def with_cell(column: str, value: object, row: str = "osm:node/1") -> Material:
    """Return the same with one cell of the cameras changed behind the gates' back."""
    plain = material()
    cameras = plain.published.cameras.copy()
    cells = cameras[column].astype(object)
    cells[row] = value
    if isinstance(value, list):
        cells = pd.Series(
            [value if name == row else cell for name, cell in cameras[column].items()],
            index=cameras.index,
            dtype=object,
        )
    if column == "geometry":
        cameras = cameras.set_geometry(gpd.GeoSeries(cells, crs="EPSG:4326"))
    else:
        cameras[column] = cells
    return replace(plain, published=replace(plain.published, cameras=cameras))


def with_observed(key: str, value: object, ref: str = "node/1") -> Material:
    """Return the same with one cell of the observations changed."""
    plain = material()
    frame = plain.published.observations["osm"].astype(object)
    changed = frame[key].where(frame["source_ref"] != ref, value)
    frame = frame.assign(**{key: changed})
    return replace(plain, published=replace(plain.published, observations={"osm": frame}))


def blocked_by(gate: str, broken: Material) -> str:
    """Check that the gate blocks, and give what it says."""
    with pytest.raises(GateError) as refused:
        require(broken)
    assert refused.value.exit_code == 4
    assert refused.value.next_step
    assert f"BLOCKED  {gate}:" in str(refused.value), str(refused.value)
    return str(refused.value)


def test_sound_material_passes() -> None:
    assert require(material()) == []


def test_gates_that_run_elsewhere_say_the_same_in_the_same_order() -> None:
    # Wrong in a value of the first gates, and in what only the later ones look at.
    broken = with_cell("vendor_rung", "D")
    plain = with_observed("manufacturer", "a@example.org").published.observations
    broken = replace(broken, published=replace(broken.published, observations=plain))
    asked: list[int] = []

    @contextmanager
    def elsewhere(
        work: Callable[[], list[Finding]], row_count: int
    ) -> Iterator[Callable[[], list[Finding]]]:
        asked.append(row_count)
        # What another process hands over, made before the rest is asked.
        made = pickle.dumps(work())
        yield lambda: pickle.loads(made)  # noqa: S301 - made right here

    findings = findings_of(broken, beside=elsewhere)  # type: ignore[arg-type]
    assert findings == findings_of(broken)
    assert [finding.gate for finding in findings] == ["values", "privacy"]
    assert asked == [3]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("camera_type", "bullet"),
        ("vendor_rung", "D"),
        ("vendor_rung", None),
        ("mount", ""),
        ("mount", "po\u202ele"),
        ("mount", "a\x00b"),
        ("mount", "x" * 3000),
        ("mount", 5),
        ("operator_withheld", None),
        ("operator_withheld", "no"),
        ("directions_deg", [360.0]),
        ("directions_deg", [-1.0]),
        ("directions_deg", []),
        ("directions_deg", ["NE"]),
        ("view_angle_deg", 0.0),
        ("view_angle_deg", 361.0),
        ("view_angle_deg", float("inf")),
        ("nearest_place_km", -1.0),
        ("country_code", "Finland"),
        ("first_mapped_on", "1.5.2018"),
        ("first_mapped_on", "2018-13"),
        ("retrieved_at_utc", "yesterday"),
        ("flags", ["looks_odd"]),
        ("flags", ["all_round", "all_round"]),
        ("flags", [["all_round"]]),
        ("flags", None),
        ("vendor_ids", [["axis"]]),
        ("vendor_ids", []),
        ("vendor_ids", ["axis", "axis"]),
        ("vendor_ids", ["Axis Communications"]),
        ("operator_supplier_ids", ["a;b"]),
        ("place_deployment_ids", "moscow-city-video"),
    ],
)
def test_a_value_that_its_column_may_not_hold_blocks(column: str, value: object) -> None:
    said = blocked_by("values", with_cell(column, value))
    assert column in said
    assert "osm:node/1" in said


@pytest.mark.parametrize(
    "point",
    [
        Point(),
        Point(181, 0),
        Point(0, 90.1),
        Point(0, 0),
        Point(float("nan"), 5),
        Point(float("inf"), 5),
    ],
    ids=["empty", "longitude", "latitude", "null island", "nan", "infinite"],
)
def test_a_position_that_is_none_blocks(point: Point) -> None:
    blocked_by("positions", with_cell("geometry", point))


def test_a_missing_column_blocks_before_any_other_gate_looks() -> None:
    plain = material()
    cameras = plain.published.cameras.drop(columns=["zone"])
    broken = replace(plain, published=replace(plain.published, cameras=cameras))
    assert {finding.gate for finding in findings_of(broken)} == {"columns"}
    assert "zone" in blocked_by("columns", broken)


def test_an_id_that_stands_twice_blocks() -> None:
    plain = material()
    cameras = plain.published.cameras
    twice = pd.concat([cameras, cameras.iloc[:1]])
    blocked_by("ids", replace(plain, published=replace(plain.published, cameras=twice)))


def test_an_id_that_is_not_its_source_and_reference_blocks() -> None:
    blocked_by("ids", with_cell("source_ref", "node/7"))


def test_a_pole_named_after_an_absent_camera_blocks() -> None:
    blocked_by("ids", with_cell("pole_id", "osm:node/77"))


def test_a_guard_among_cameras_blocks() -> None:
    blocked_by("kinds", with_cell("device_type", "guard"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("zone", "town"),
        ("camera_type", "dome"),
        ("installed_on", "2017"),
        ("visibility", "public"),
        ("location_precision_m", 5.0),
    ],
)
def test_a_value_with_nothing_written_behind_it_blocks(column: str, value: object) -> None:
    assert column in blocked_by("evidence", with_cell(column, value))


@pytest.mark.parametrize("key", ["camera:mount", "direction", "manufacturer"])
def test_a_value_whose_evidence_was_lost_blocks(key: str) -> None:
    blocked_by("evidence", with_observed(key, None))


def test_a_withheld_key_is_evidence_enough() -> None:
    published = material().published
    assert published.cameras.loc["osm:node/2", "operator_withheld"]
    assert require(material()) == []


def test_an_observation_without_its_row_blocks_and_so_does_a_row_without_it() -> None:
    plain = material()
    frame = plain.published.observations["osm"]
    fewer = replace(plain.published, observations={"osm": frame.iloc[1:]})
    blocked_by("evidence", replace(plain, published=fewer))
    cameras = replace(plain.published, cameras=plain.published.cameras.iloc[1:])
    blocked_by("evidence", replace(plain, published=cameras))


@pytest.mark.parametrize("license_id", ["", "CC-BY-NC-4.0", "none stated", "odbl"])
def test_a_source_that_may_not_be_passed_on_blocks(license_id: str) -> None:
    plain = material()
    credit = replace(CREDIT, license_id=license_id)
    blocked_by("licences", replace(plain, credits=(credit,)))


def test_a_row_under_another_licence_than_its_source_blocks() -> None:
    blocked_by("licences", with_cell("license_id", "CC-BY-4.0"))


def test_a_source_without_attribution_blocks() -> None:
    blocked_by("licences", replace(material(), credits=(replace(CREDIT, attribution=""),)))


@pytest.mark.parametrize(
    "counts",
    [Counts(4, 2, 1, 0, 0), Counts(3, 3, 0, 0, 0), Counts(3, 2, 0, 1, 0), Counts(3, 1, 1, 0, 1)],
)
def test_counts_that_do_not_add_up_block(counts: Counts) -> None:
    blocked_by("counts", replace(material(), counts=counts))


def test_a_release_of_nothing_blocks() -> None:
    plain = material()
    nothing = withhold(
        devices_frame([device(1)]).iloc[:0],
        {},
        organisation_names=[],
        suppression=Suppression(),
    )
    blocked_by("counts", replace(plain, published=nothing, counts=Counts(0, 0, 0, 0, 0)))


def test_rejected_and_superseded_rows_are_counted() -> None:
    rows = [device(1), device(2)]
    read = replace(reading(rows), rejects=(Reject("osm", "node/9", "no position"),))
    frame = devices_frame(rows[:1])
    published = withhold(
        frame,
        {"osm": observations_frame(rows[:1])},
        organisation_names=[],
        suppression=Suppression(),
    )
    superseded = (Reject("osm", "node/2", "an older version of the same object"),)
    assert count_objects((read,), published, superseded) == Counts(3, 1, 0, 0, 2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("mount", "mail me: a@example.org"),
        ("vendor_as_written", "rtsp://camera/1"),
        ("mount", "+358 401 234 567"),
        ("vendor_as_written", "0401234567"),
    ],
)
def test_contact_data_that_slipped_through_blocks(column: str, value: str) -> None:
    blocked_by("privacy", with_cell(column, value))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("camera:mount", "doorbell"),
        ("manufacturer", "Ring"),
        ("surveillance", "private"),
        ("operator:type", "individual"),
        ("model", "a@example.org"),
    ],
)
def test_a_home_that_slipped_through_blocks(key: str, value: str) -> None:
    blocked_by("privacy", with_observed(key, value))


def test_a_named_operator_that_is_withheld_blocks() -> None:
    blocked_by("privacy", with_cell("operator_name", "Anna Virtanen", row="osm:node/2"))


def test_a_privacy_tag_among_the_observations_blocks() -> None:
    plain = material()
    frame = plain.published.observations["osm"].assign(building="house")
    broken = replace(plain.published, observations={"osm": frame})
    blocked_by("privacy", replace(plain, published=broken))


def test_a_suppressed_object_that_slipped_through_blocks() -> None:
    salt = "0f" * 16
    listed = Suppression({salt: frozenset({suppression_hash(salt, "osm", "node/3")})})
    blocked_by("privacy", replace(material(), suppression=listed))


def test_a_small_count_by_country_blocks() -> None:
    plain = material()
    published = replace(plain.published, withheld_by_country={"FI": 3}, withheld_elsewhere=-3)
    blocked_by("privacy", replace(plain, published=published))


def test_the_report_puts_what_blocks_first_and_names_rows() -> None:
    findings = findings_of(with_cell("mount", 5))
    text = report_text(findings)
    assert text.startswith("BLOCKED")
    assert "for example osm:node/1" in text


@pytest.mark.parametrize("day", ["1990/1999", "2018-04/2018-07-03", "before:1990", "2018-04"])
def test_a_span_of_dates_is_a_date(day: str) -> None:
    assert value_gates.values(with_cell("installed_on", day)) == []


@pytest.mark.parametrize(
    "day", ["1999/1990", "1990/", "/1999", "1990/1999/2001", "1990-02-30/1999"]
)
def test_a_span_that_runs_backwards_or_is_open_blocks(day: str) -> None:
    (finding,) = value_gates.values(with_cell("installed_on", day))
    assert "installed_on" in finding.text
