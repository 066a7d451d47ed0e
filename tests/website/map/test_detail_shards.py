"""The details: every released value of every camera, in files of a bounded size."""

import gzip
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mapper.model.columns import CAMERA_NAMES
from mapper.resolve.links import LINK_COLUMNS
from mapper.website.map import detail_shards
from mapper.website.map.camera_planes import pack_cameras
from mapper.website.map.detail_shards import ROWS_MAX, PageNames, write_detail_shards
from mapper.website.map.vocabulary import vocabularies_of
from tests.website.frames import camera, frame
from tests.website.unpack import details_of, read_payload

_NAMES = {"acme": "Acme Cameras", "city": "City of Riverton"}
_ADDED = {
    "vendor_name",
    "vendor_names",
    "operator_org_name",
    "operator_supplier_names",
    "place_deployment_names",
    "links",
}


def _written(folder: Path, rows: list[dict[str, object]]) -> tuple[list[dict[str, Any]], list[int]]:
    cameras = frame(rows)
    packing = pack_cameras(cameras, vocabularies_of(cameras))
    starts = write_detail_shards(
        folder, cameras, packing.order, PageNames(_NAMES, {"riverton-cctv": "Riverton CCTV"})
    )
    details: list[dict[str, Any]] = []
    for number, start in enumerate(starts):
        payload = read_payload(folder, f"details/{number:03d}")
        assert payload["first"] == start == len(details)
        details += details_of(payload)
    assert len(details) == len(rows)
    for row, frame_row in zip(details, packing.order, strict=True):
        row["of"] = rows[frame_row]
    return details, starts


def test_every_column_of_every_camera_is_there_as_released(tmp_path: Path) -> None:
    rows = [
        camera(
            number,
            24 + number / 1000,
            vendor_id="acme" if number % 3 else None,
            vendor_ids=["acme", "city"] if number % 3 else None,
            operator_id="city" if number % 5 == 0 else None,
            operator_supplier_ids=["acme"] if number % 5 == 0 else None,
            place_deployment_ids=["riverton-cctv"] if number % 2 else None,
            directions_deg=[float(number % 360), 12.5] if number % 2 else None,
            view_angle_deg=number / 2 if number % 4 == 1 else float("nan"),
            nearest_place=f"Place {number // 100}",
            flags=["all_round"] if number % 7 == 0 else [],
            operator_withheld=number % 11 == 0,
        )
        for number in range(2 * ROWS_MAX + 5)
    ]
    details, starts = _written(tmp_path, rows)
    assert starts[:2] == [0, ROWS_MAX]
    for row in details:
        released = row.pop("of")
        assert set(row) == (set(CAMERA_NAMES) - {"geometry"}) | _ADDED
        for name in set(CAMERA_NAMES) - {"geometry", "view_angle_deg"}:
            assert row[name] == released[name], name
        angle = released["view_angle_deg"]
        assert row["view_angle_deg"] == (angle if angle == angle else None)  # noqa: PLR0124 - NaN
        assert row["vendor_name"] == _NAMES.get(released["vendor_id"])
        assert row["operator_org_name"] == _NAMES.get(released["operator_id"])
        several = [_NAMES[org_id] for org_id in released["vendor_ids"] or ()]
        assert row["vendor_names"] == (several or None)
        supplied = released["operator_supplier_ids"] is not None
        assert row["operator_supplier_names"] == (["Acme Cameras"] if supplied else None)
        placed = released["place_deployment_ids"] is not None
        assert row["place_deployment_names"] == (["Riverton CCTV"] if placed else None)


def test_a_source_without_object_pages_and_one_with_share_a_shard(tmp_path: Path) -> None:
    rows = [
        camera(1),
        camera(
            2, camera_id="riverton:A-7", source_ref="A-7", source_url=None, source_id="riverton"
        ),
    ]
    details, _ = _written(tmp_path, rows)
    for row in details:
        assert row["camera_id"] == row["of"]["camera_id"]
        assert row["source_url"] == row["of"]["source_url"]


def test_shards_are_the_same_however_many_are_made_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [camera(number, operator_name=f"Town {number % 7}") for number in range(3 * ROWS_MAX)]
    _, starts = _written(tmp_path / "together", rows)
    monkeypatch.setattr(detail_shards, "_ROWS_AT_ONCE", 2 * ROWS_MAX)
    assert _written(tmp_path / "by two", rows)[1] == starts == [0, ROWS_MAX, 2 * ROWS_MAX]
    for number in range(3):
        name = f"data/details/{number:03d}.js"
        assert (tmp_path / "by two" / name).read_bytes() == (
            tmp_path / "together" / name
        ).read_bytes()


def test_no_shard_grows_beyond_the_budget(tmp_path: Path) -> None:
    source = random.Random(7)  # noqa: S311 - no secret
    rows = [
        camera(number, operator_name="".join(source.choices("абвгдежз 0123456789", k=900)))
        for number in range(200)
    ]
    _written(tmp_path, rows)
    sizes = [len(gzip.compress(path.read_bytes())) for path in tmp_path.rglob("*.js")]
    assert len(sizes) > 1
    assert max(sizes) <= 20_000


def test_no_camera_gives_no_shard(tmp_path: Path) -> None:
    order = pack_cameras(frame([]), vocabularies_of(frame([]))).order
    assert write_detail_shards(tmp_path, frame([]), order, PageNames({}, {})) == []


def test_both_ends_of_a_link_name_the_other(tmp_path: Path) -> None:
    rows = [
        camera(1),
        camera(2, camera_id="riverton:A:7", source_ref="A:7", source_id="riverton"),
        camera(3),
    ]
    cameras = frame(rows)
    packing = pack_cameras(cameras, vocabularies_of(cameras))
    links = pd.DataFrame(
        [("riverton:A:7", "osm:node/1", 6.2, 0.91, "sure", "6.2 m apart; both camera")],
        columns=list(LINK_COLUMNS),
    )
    names = PageNames(_NAMES, {})
    write_detail_shards(tmp_path, cameras, packing.order, names, links={"riverton": links})
    payload = read_payload(tmp_path, "details/000")
    told = {row["camera_id"]: row["links"] for row in details_of(payload)}
    assert told["osm:node/3"] is None
    assert told["osm:node/1"] == [
        {"source_id": "riverton", "source_ref": "A:7", "distance_m": 6.2, "certainty": "sure"}
    ]
    assert told["riverton:A:7"] == [
        {"source_id": "osm", "source_ref": "node/1", "distance_m": 6.2, "certainty": "sure"}
    ]
