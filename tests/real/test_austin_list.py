"""Austin's real inventory of 2018, in the fields of today's interface."""

import csv
import json
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mapper.clean.lifecycle import lifecycle_of
from mapper.model.enums import Lifecycle
from mapper.model.observation import Observation, Reject
from mapper.sources.austin_traffic_cameras_us import parse

LIST = Path(__file__).resolve().parents[3] / "shared/real/portals/austin_traffic_cameras_2018.csv"
# The export's headers are the interface's names in words, but for these.
NAMES = {
    "camera_manufacturer": "camera_mfg",
    "primary_street": "primary_st",
    "primary_street_block": "primary_st_block",
    "cross_street": "cross_st",
    "cross_street_block": "cross_st_block",
    "signal_engineer_area": "signal_eng_area",
}


def as_the_interface_gives(line: dict[str, str]) -> dict[str, Any]:
    """Rename the fields, leave empty ones out, and make the position a point."""
    row: dict[str, Any] = {}
    for name, value in line.items():
        key = name.lower().replace(" ", "_")
        if value:
            row[NAMES.get(key, key)] = value
    position = [float(line["Longitude"]), float(line["Latitude"])]
    return {**row, "location": {"type": "Point", "coordinates": position}}


@pytest.mark.real
@pytest.mark.filterwarnings("default:real data")
def test_ninety_eight_of_512_cameras_do_not_stand_and_the_rest_name_their_makers() -> None:
    if not LIST.exists():
        warnings.warn(f"real data not there, so not tested: {LIST.name}", stacklevel=1)
        return
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [as_the_interface_gives(line) for line in csv.DictReader(file)]
    found = list(parse(json.dumps(rows).encode()))
    read = [row for row in found if isinstance(row, Observation)]
    standing = [row for row in read if row.tags["lifecycle"] == "TURNED_ON"]
    states = Counter(lifecycle_of(row.tags["lifecycle"]) for row in read)
    reasons = Counter(row.reason for row in found if isinstance(row, Reject))
    assert len(standing) == 413
    assert states == {Lifecycle.IN_USE: 413, Lifecycle.PLANNED: 95, Lifecycle.ENDED: 3}
    assert reasons == {"entered by mistake": 1}
    makers = Counter(row.tags.get("manufacturer") for row in standing)
    assert makers == {"Sarix": 255, "Spectra Enhanced": 99, "Advidia": 52, "Axis": 7}
    assert "http" not in repr(found)
