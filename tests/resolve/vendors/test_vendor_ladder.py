"""The ladder: which key decides, how firmly, and what contradictions do."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.enums import DeviceType, Flag, Rung
from mapper.resolve.vendors.keys import MAY_OPERATE
from mapper.resolve.vendors.ladder import (
    ANSWER_COLUMNS,
    FRAME_COLUMNS,
    TAG_COLUMNS,
    VendorAnswer,
)
from tests.resolve.vendors.vendor_rows import (
    carried_registry,
    carried_resolver,
    link,
    small_resolver,
)

READER = DeviceType.PLATE_READER
CAMERA = DeviceType.CAMERA


def answer(
    device_type: DeviceType = READER,
    country_code: str | None = "US",
    *,
    publishes_vendor: bool = False,
    **tags: str,
) -> VendorAnswer:
    """Resolve one object; ``__`` in a keyword stands for the colon of a tag key."""
    return small_resolver().resolve_one(
        {key.replace("__", ":"): value for key, value in tags.items()},
        device_type=device_type,
        country_code=country_code,
        publishes_vendor=publishes_vendor,
    )


def test_a_tagged_maker_inside_its_footprint_stands_on_b() -> None:
    found = answer(manufacturer="Flock Safety")
    assert found == VendorAnswer(
        vendor_id="flock-safety",
        vendor_ids=("flock-safety",),
        vendor_as_written="Flock Safety",
        vendor_rung=Rung.B,
        vendor_method="manufacturer exact",
        vendor_flags=(),
        operator_id=None,
        operator_is_vendor=False,
    )


def test_flock_in_poland_is_unconfirmed_by_the_carried_registry() -> None:
    # FoggedLens/deflock issue 142: all 45 "Flock" objects of Poland look false.
    tags = {"manufacturer": "Flock Safety", "manufacturer:wikidata": "Q108485435"}
    resolver = carried_resolver()
    poland = resolver.resolve_one(tags, device_type=READER, country_code="PL")
    states = resolver.resolve_one(tags, device_type=READER, country_code="US")
    assert (poland.vendor_id, poland.vendor_rung) == ("flock-safety", Rung.C)
    assert (states.vendor_id, states.vendor_rung) == ("flock-safety", Rung.B)


def test_a_maker_documented_for_the_world_stands_on_b_anywhere() -> None:
    assert answer(country_code="PL", manufacturer="Axis").vendor_rung is Rung.B
    assert answer(country_code=None, manufacturer="Axis").vendor_rung is Rung.B


def test_a_maker_without_any_footprint_is_never_confirmed() -> None:
    found = answer(manufacturer="Siemens")
    assert (found.vendor_id, found.vendor_rung) == ("siemens", Rung.C)


def test_without_a_country_a_footprint_cannot_hold() -> None:
    assert answer(country_code=None, manufacturer="Flock Safety").vendor_rung is Rung.C


def test_the_publishers_own_inventory_stands_on_a() -> None:
    found = answer(CAMERA, "PL", publishes_vendor=True, manufacturer="Flock Safety")
    assert found.vendor_rung is Rung.A


def test_doubt_of_the_publisher_itself_is_not_a() -> None:
    found = answer(publishes_vendor=True, manufacturer="Motorola?")
    assert found.vendor_rung is Rung.C
    assert found.vendor_flags == (Flag.VENDOR_UNCERTAIN,)


def test_brand_names_the_maker_of_a_plate_reader_firmly() -> None:
    assert answer(READER, brand="Genetec").vendor_rung is Rung.B


def test_brand_on_another_camera_is_weak() -> None:
    found = answer(CAMERA, brand="Genetec")
    assert (found.vendor_id, found.vendor_rung) == ("genetec", Rung.C)
    assert found.vendor_method == "brand exact"


def test_surveillance_brand_is_firm_on_any_device() -> None:
    assert answer(CAMERA, surveillance__brand="Genetec").vendor_rung is Rung.B


def test_the_brand_of_a_host_is_not_even_shown_as_a_makers_name() -> None:
    found = answer(CAMERA, brand="Some Bank")
    assert (found.vendor_id, found.vendor_as_written) == (None, None)
    assert (found.vendor_rung, found.vendor_flags) == (Rung.UNKNOWN, ())


def test_an_unread_maker_keeps_its_written_name() -> None:
    found = answer(manufacturer="Acmecorp")
    assert (found.vendor_id, found.vendor_as_written) == (None, "Acmecorp")
    assert found.vendor_rung is Rung.UNKNOWN


def test_unknown_is_no_maker() -> None:
    found = answer(manufacturer="Unknown")
    assert (found.vendor_id, found.vendor_as_written) == (None, "Unknown")
    assert (found.vendor_rung, found.vendor_flags) == (Rung.UNKNOWN, ())


def test_a_weaker_key_speaks_where_the_stronger_says_unknown() -> None:
    found = answer(manufacturer="Unknown", brand="Genetec")
    assert (found.vendor_id, found.vendor_rung) == ("genetec", Rung.B)


def test_a_stronger_name_that_nobody_knows_casts_doubt_on_the_weaker() -> None:
    found = answer(manufacturer="Acmecorp", brand="Genetec")
    assert (found.vendor_id, found.vendor_rung) == ("genetec", Rung.C)


def test_the_model_alone_is_weak() -> None:
    found = answer(model="AutoVu SharpV")
    assert (found.vendor_id, found.vendor_rung) == ("genetec", Rung.C)
    assert found.vendor_method == "model product"


def test_several_makers_in_one_value_are_no_choice() -> None:
    found = answer(manufacturer="Reolink;Arlo")
    assert (found.vendor_id, found.vendor_rung) == (None, Rung.UNKNOWN)
    assert found.vendor_flags == (Flag.VENDOR_SEVERAL,)
    assert found.vendor_as_written == "Reolink;Arlo"
    assert found.vendor_ids == ("reolink", "arlo")
    assert found.vendor_method == "manufacturer parts"


def test_two_keys_with_two_makers_leave_the_stronger_unconfirmed() -> None:
    found = answer(manufacturer="Motorola Solutions", brand="Avigilon")
    assert (found.vendor_id, found.vendor_rung) == ("motorola-solutions", Rung.C)
    assert found.vendor_flags == (Flag.VENDOR_SEVERAL,)
    assert found.vendor_ids == ("motorola-solutions", "avigilon")


def test_a_maker_and_its_own_brand_are_not_two_makers() -> None:
    resolver = small_resolver(link("avigilon", "brand_of", "motorola-solutions"))
    tags = {"manufacturer": "Motorola Solutions", "brand": "Avigilon"}
    found = resolver.resolve_one(tags, device_type=READER, country_code="US")
    assert (found.vendor_id, found.vendor_rung) == ("motorola-solutions", Rung.B)
    assert found.vendor_flags == ()


@pytest.mark.parametrize(
    ("from_org", "kind", "to_org"),
    [
        ("avigilon", "brand_of", "motorola-solutions"),
        ("motorola-solutions", "acquirer", "avigilon"),
        ("motorola-solutions", "parent", "avigilon"),
    ],
)
def test_a_value_that_names_a_brand_and_its_parent_names_the_brand(
    from_org: str, kind: str, to_org: str
) -> None:
    resolver = small_resolver(link(from_org, kind, to_org))
    tags = {"manufacturer": "Motorola/Avigilon"}
    found = resolver.resolve_one(tags, device_type=READER, country_code="US")
    assert (found.vendor_id, found.vendor_rung) == ("avigilon", Rung.B)


def test_a_maker_of_chips_is_no_maker_of_the_camera() -> None:
    resolver = carried_resolver()
    tags = {"manufacturer": "Qualcomm"}
    assert resolver.resolve_one(tags, device_type=READER, country_code="US").vendor_id is None


@pytest.mark.parametrize("qid", ["Q108485435", "Q1084854", "Q", "Q108485435=", "Unknown"])
def test_an_id_that_agrees_is_half_typed_or_is_no_id_leaves_the_name(qid: str) -> None:
    found = answer(manufacturer="Flock Safety", manufacturer__wikidata=qid)
    assert (found.vendor_id, found.vendor_flags) == ("flock-safety", ())


@pytest.mark.parametrize("qid", ["Q634815", "Q151121"])
def test_an_id_that_contradicts_the_name_leaves_no_maker(qid: str) -> None:
    found = answer(manufacturer="Flock Safety", manufacturer__wikidata=qid)
    assert (found.vendor_id, found.vendor_rung) == (None, Rung.UNKNOWN)
    assert found.vendor_flags == (Flag.VENDOR_CONFLICT,)
    assert found.vendor_as_written == "Flock Safety"


@pytest.mark.parametrize("name", ["Unknown", "Acmecorp", "Some Bank"])
def test_an_id_beside_another_name_is_a_contradiction(name: str) -> None:
    found = answer(manufacturer=name, manufacturer__wikidata="Q108485435")
    assert (found.vendor_id, found.vendor_flags) == (None, (Flag.VENDOR_CONFLICT,))


def test_an_unknown_id_beside_a_maker_without_one_says_nothing() -> None:
    found = answer(manufacturer="Reolink", manufacturer__wikidata="Q42")
    assert (found.vendor_id, found.vendor_rung) == ("reolink", Rung.B)


def test_an_id_without_a_name_counts() -> None:
    found = answer(manufacturer__wikidata="Q30267239")
    assert (found.vendor_id, found.vendor_method) == ("genetec", "manufacturer qid")


def test_a_contradiction_is_not_settled_by_a_weaker_key() -> None:
    found = answer(
        manufacturer="Unknown", manufacturer__wikidata="Q108485435", brand="Flock Safety"
    )
    assert found.vendor_id is None


def test_a_maker_as_operator_is_weak_and_leaves_the_operator_unknown() -> None:
    found = answer(operator="Flock Safety", operator__wikidata="Q108485435")
    assert found == VendorAnswer(
        vendor_id="flock-safety",
        vendor_ids=("flock-safety",),
        vendor_as_written="Flock Safety",
        vendor_rung=Rung.C,
        vendor_method="operator exact",
        vendor_flags=(Flag.OPERATOR_IS_VENDOR,),
        operator_id=None,
        operator_is_vendor=True,
    )


def test_a_maker_as_operator_does_not_weaken_the_makers_own_key() -> None:
    found = answer(manufacturer="Flock Safety", operator="Flock Safety")
    assert (found.vendor_rung, found.operator_is_vendor) == (Rung.B, True)
    assert found.vendor_flags == (Flag.OPERATOR_IS_VENDOR,)


@pytest.mark.parametrize("device_type", [READER, CAMERA])
def test_a_maker_that_runs_cameras_of_its_own_is_an_operator(device_type: DeviceType) -> None:
    found = answer(device_type, operator="Siemens")
    assert (found.operator_id, found.vendor_id) == ("siemens", None)
    assert not found.operator_is_vendor


def test_a_maker_of_software_alone_is_an_operator_like_any_other() -> None:
    found = answer(CAMERA, operator="NtechLab")
    assert (found.operator_id, found.vendor_id) == ("ntechlab", None)


@pytest.mark.parametrize("name", ["Flock Safety", "Axis"])
def test_a_maker_of_devices_is_no_operator_of_a_plain_camera(name: str) -> None:
    found = answer(CAMERA, operator=name)
    assert (found.operator_id, found.vendor_rung) == (None, Rung.C)
    assert found.operator_is_vendor


def test_every_maker_that_may_operate_is_in_the_carried_registry() -> None:
    assert {row.org_id for row in carried_registry().organisations} >= MAY_OPERATE


def test_an_operator_of_the_registry_is_named() -> None:
    found = answer(operator="some police")
    assert (found.operator_id, found.vendor_id) == ("some-police", None)


def test_an_operator_is_never_matched_by_a_part() -> None:
    found = answer(operator="Some Police Association", manufacturer="Flock Safety")
    assert found.operator_id is None


def test_an_operator_with_a_makers_id_but_another_name_is_nobody() -> None:
    found = answer(operator="Springfield Police", operator__wikidata="Q108485435")
    assert (found.operator_id, found.vendor_id, found.operator_is_vendor) == (None, None, False)


_VALUES = st.none() | st.sampled_from(
    ["Flock Safety", "Axis", "Unknown", "Acmecorp", "Reolink;Arlo", "Motorola?", "Q108485435", "?"]
)
_ROWS = st.lists(
    st.tuples(
        *[_VALUES for _ in TAG_COLUMNS],
        st.sampled_from(list(DeviceType)),
        st.none() | st.sampled_from(["US", "PL"]),
        st.booleans(),
    ),
    max_size=8,
)


@given(rows=_ROWS)
def test_a_frame_is_resolved_as_its_rows_one_by_one(rows: list[tuple[object, ...]]) -> None:
    resolver = small_resolver()
    index = [f"osm:node/{number}" for number in range(len(rows), 0, -1)]
    frame = pd.DataFrame(rows, columns=list(FRAME_COLUMNS), index=index, dtype=object)
    found = resolver.resolve_frame(frame)
    assert list(found.columns) == list(ANSWER_COLUMNS)
    assert list(found.index) == index
    for position, row in enumerate(rows):
        tags = {
            key: value
            for key, value in zip(TAG_COLUMNS, row, strict=False)
            if isinstance(value, str)
        }
        device_type, country_code, publishes_vendor = row[-3:]
        one = resolver.resolve_one(
            tags,
            device_type=str(device_type),
            country_code=country_code if isinstance(country_code, str) else None,
            publishes_vendor=publishes_vendor is True,
        )
        assert tuple(found.iloc[position]) == tuple(getattr(one, name) for name in ANSWER_COLUMNS)


def test_missing_values_of_pandas_are_absent_tags() -> None:
    frame = pd.DataFrame(
        {name: [float("nan"), None] for name in TAG_COLUMNS}
        | {"device_type": "camera", "country_code": [None, "US"], "publishes_vendor": False}
    )
    found = small_resolver().resolve_frame(frame)
    assert found["vendor_rung"].tolist() == [Rung.UNKNOWN, Rung.UNKNOWN]
    assert found["vendor_id"].tolist() == [None, None]


@pytest.mark.parametrize("dtype", [bool, object, "boolean"])
def test_the_publishers_word_counts_whatever_the_type_of_the_column(dtype: str | type) -> None:
    frame = pd.DataFrame(
        {name: ["Flock Safety"] if name == "manufacturer" else [None] for name in TAG_COLUMNS}
        | {"device_type": ["plate_reader"], "country_code": ["PL"]}
    )
    frame["publishes_vendor"] = pd.Series([True], dtype=dtype)
    assert small_resolver().resolve_frame(frame)["vendor_rung"].tolist() == [Rung.A]


def test_proposals_are_listed_with_their_counts_and_never_for_operators() -> None:
    frame = pd.DataFrame(
        {name: [None] * 4 for name in TAG_COLUMNS}
        | {"device_type": "camera", "country_code": "US", "publishes_vendor": False}
    )
    frame["manufacturer"] = ["Hickvisson", "Hickvisson", "Acmecorp", "Hikvision"]
    frame["operator"] = "Hickvisson"
    found = small_resolver().proposals(frame)
    assert found[["key", "value", "org_id", "count"]].to_numpy().tolist() == [
        ["manufacturer", "Hickvisson", "hikvision", 2]
    ]
