"""The observations that are published are those of published devices, without what is left out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.validate.observed_tags import OBSERVATION_NAMES, ObservedTags
from tests.release.factory import device, devices_frame, observations_frame

_SOURCES = ("riverton", "osm")
_REFS = [9, 10, 2, 100]


def _observed(order: list[int]) -> tuple[ObservedTags, list[str]]:
    """Observe each device of two sources, the observations of each in an order of their own."""
    rows = [device(number, source_id) for source_id in _SOURCES for number in _REFS]
    frames = {}
    for source_id in _SOURCES:
        own = [row for row in rows if row["source_id"] == source_id]
        tags = {f"node/{number}": {"model": f"{source_id} {number}"} for number in _REFS}
        seen = observations_frame([own[place] for place in order], tags)
        # As a build lays them out.
        frames[source_id] = seen.astype({"model": "category"})
    devices = devices_frame(rows)
    return ObservedTags.of(devices, frames), [
        f"{source_id} {number}" for source_id in _SOURCES for number in _REFS
    ]


@given(st.permutations(range(len(_REFS))))
def test_tags_stand_beside_their_device_in_whatever_order_it_was_observed(order: list[int]) -> None:
    observed, models = _observed(order)
    assert observed.of_devices(len(models))["model"].tolist() == models


@given(
    order=st.permutations(range(len(_REFS))),
    is_kept=st.lists(st.booleans(), min_size=8, max_size=8).map(np.array),
    is_hidden=st.lists(st.booleans(), min_size=8, max_size=8).map(np.array),
)
def test_no_value_that_is_left_out_stands_anywhere_in_what_is_published(
    order: list[int], is_kept: np.ndarray, is_hidden: np.ndarray
) -> None:
    observed, models = _observed(order)
    hidden = {"model": is_hidden, "surveillance:type": is_kept}
    published = dict(observed.published(is_kept, hidden))
    shown = [
        model
        for model, kept, blank in zip(models, is_kept, is_hidden, strict=True)
        if kept and not blank
    ]
    assert list(published) == sorted(_SOURCES)
    for source_id, frame in published.items():
        own = {model for model in shown if model.startswith(source_id)}
        assert tuple(frame.columns) == OBSERVATION_NAMES
        assert frame["source_ref"].is_monotonic_increasing
        told = frame["model"].dropna()
        assert set(told) == own
        assert (told == source_id + frame["source_ref"].str.replace("node/", " ")[told.index]).all()
        assert set(frame["model"].cat.categories) == own
        assert frame["surveillance:type"].isna().all()
        is_told = frame["model"].notna()
        assert set(frame["withheld_keys"][is_told]) <= {"surveillance:type"}
        assert set(frame["withheld_keys"][~is_told]) <= {"model;surveillance:type"}


@pytest.mark.parametrize("lost", [0, 3])
def test_a_device_without_an_observation_has_no_tags(lost: int) -> None:
    rows = [device(number) for number in range(4)]
    left = [row for number, row in enumerate(rows) if number != lost]
    frames = {"osm": observations_frame(left, {f"node/{n}": {"model": f"{n}"} for n in range(4)})}
    observed = ObservedTags.of(devices_frame(rows), frames)
    models = observed.of_devices(4)["model"]
    assert pd.isna(models[lost])
    assert models.dropna().tolist() == [f"{n}" for n in range(4) if n != lost]
    (frame,) = dict(observed.published(np.ones(4, dtype=bool), {})).values()
    assert frame["model"].tolist() == models.dropna().tolist()
    assert frame["withheld_keys"].isna().all()
