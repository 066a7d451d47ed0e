"""First days of published rows, by the published observations alone."""

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.clean.first_mapped import Calibration
from mapper.model.enums import FirstMappedMethod
from mapper.resolve.first_mapped_columns import dated_again

_TABLE = Calibration(np.array([1_000, 3_000], np.int64), np.array([14_610, 14_630], np.int64))
_REFS = [f"node/{number}" for number in range(1_900, 1_950)]


def _devices(source_ids: list[str], refs: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "source_id": source_ids,
            "source_ref": refs,
            "first_mapped_on": np.full(len(refs), None, dtype=object),
            "first_mapped_method": ["not_known"] * len(refs),
        },
        index=pd.Index([f"{one}:{ref}" for one, ref in zip(source_ids, refs, strict=True)]),
    )


def _seen(refs: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source_ref": refs,
            "version": pd.Series([None] * len(refs), dtype="Int64"),
            "edited_on": pd.Series([None] * len(refs), dtype=object),
        }
    )


def test_rows_share_the_texts_of_their_days_and_methods() -> None:
    devices = _devices(["osm"] * len(_REFS), _REFS)
    (dated,) = dated_again([devices], {"osm": _seen(_REFS)}, _TABLE)
    for name in ("first_mapped_on", "first_mapped_method"):
        assert dated[name].notna().all()
        assert len({id(text) for text in dated[name]}) == dated[name].nunique(), name


def test_rows_of_other_sources_keep_what_they_say() -> None:
    refs = [*_REFS, "1900"]
    devices = _devices([*["osm"] * len(_REFS), "riverton"], refs)
    (dated,) = dated_again([devices], {"osm": _seen(_REFS), "riverton": _seen(["1900"])}, _TABLE)
    assert set(dated["first_mapped_method"].iloc[:-1]) == {FirstMappedMethod.NODE_ID.value}
    assert dated["first_mapped_method"].iloc[-1] == "not_known"
    assert pd.isna(dated["first_mapped_on"].iloc[-1])
    # Other tables share the columns of the devices, which must not change.
    assert devices["first_mapped_on"].isna().all()


def test_devices_of_several_tables_are_dated_as_those_of_one() -> None:
    refs = [f"node/{number}" for number in range(1_000, 3_000, 100)]
    devices = _devices(["osm"] * len(refs), refs)
    seen = {"osm": _seen(refs[::-1])}
    (whole,) = map(pd.DataFrame, dated_again([devices], seen, _TABLE))
    last, first = map(pd.DataFrame, dated_again([devices[8:], devices[:8]], seen, _TABLE))
    together = pd.concat([first, last])
    assert together.to_dict("list") == whole.to_dict("list")
