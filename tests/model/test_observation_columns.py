"""Observations as columns are as good as a tuple of them."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from mapper.model.enums import DeviceRole, GeometryKind
from mapper.model.observation import Observation
from mapper.model.observation_columns import ObservationColumns

_OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        source_id=st.just("osm"),
        source_ref=st.from_regex(r"\A(node|way)/[1-9]\Z"),
        lon_deg=st.floats(-180, 180),
        lat_deg=st.floats(-90, 90),
        tags=st.dictionaries(st.sampled_from(["operator", "direction"]), st.text(max_size=3)),
        geometry_kind=st.sampled_from(GeometryKind),
        device_role=st.sampled_from(DeviceRole),
        version=st.none() | st.integers(1, 9),
        edited_on=st.none() | st.just("2025-01-02"),
        location_precision_m=st.none() | st.just(5.0),
        text_cleaned=st.booleans(),
        text_cut=st.booleans(),
    ),
    max_size=5,
).map(tuple)


@given(_OBSERVATIONS, st.integers(-3, 3))
def test_columns_give_every_observation_back(
    observations: tuple[Observation, ...], at: int
) -> None:
    columns = ObservationColumns.of(observations)
    assert tuple(columns) == observations
    assert [columns[row] for row in range(len(columns))] == list(observations)
    assert columns[at:] == observations[at:]
    assert ObservationColumns.of(columns) is columns


@given(_OBSERVATIONS, _OBSERVATIONS)
def test_columns_equal_a_tuple_of_the_same_and_no_other(
    some: tuple[Observation, ...], others: tuple[Observation, ...]
) -> None:
    columns = ObservationColumns.of(some)
    assert columns == some
    assert some == columns
    assert (columns == others) is (some == others)
    assert (columns == ObservationColumns.of(others)) is (some == others)
    assert columns != list(some)


@given(_OBSERVATIONS)
def test_columns_that_another_process_hands_over_are_the_same(
    observations: tuple[Observation, ...],
) -> None:
    columns = ObservationColumns.of(observations)
    handed_over = pickle.loads(pickle.dumps(columns))  # noqa: S301 - our own
    assert isinstance(handed_over, ObservationColumns)
    assert handed_over == observations
    assert list(handed_over.patterns) == list(observations)
