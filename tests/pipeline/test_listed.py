"""Collected lists: from each platform to a release, and each in trouble for itself alone."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import mapper
from mapper.errors import SourceChangedError, SourceError
from mapper.export.verify import require_verified
from mapper.fetch.archive import Archive
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.source_bodies import collect
from mapper.model.observation import Reading
from mapper.model.progress import NoProgress
from mapper.model.source import Download, PlatformQuery, SourceInfo
from mapper.pipeline import collecting
from mapper.pipeline.building import build
from mapper.pipeline.inputs import read_inputs
from mapper.release.store import find_release
from mapper.settings import Settings
from mapper.sources import parser_of, sources_by_id
from mapper.validate.list_runs import attempts, note_attempt
from mapper.validate.list_snapshots import judge
from tests.fetch.raw_server import RawServer, Script, ok, serving

FIXTURES = Path(__file__).parents[1] / "fixtures/sources"
# The field that numbers a row, and how many rows the stand-in publishes.
PLATFORMS = {
    "austin_traffic_cameras_us": ("camera_id", 400),
    "wellington_cctv_nz": ("OBJECTID", 173),
    "toronto_red_light_cameras_ca": ("RLC", 154),
    "seine_ouest_videoprotection_fr": ("nom", 446),
    "plymouth_cctv_gb": ("fid", 44),
}
AUSTIN = "austin_traffic_cameras_us"
PLYMOUTH = "plymouth_cctv_gb"
NOW = "2026-11-23T12:00:00Z"


def published(source_id: str, count: int) -> list[dict[str, Any]]:
    """Return standing cameras in the publisher's shape: the fixture's first row, renumbered."""
    number, _ = PLATFORMS[source_id]
    (path,) = (FIXTURES / source_id).glob("input.*")
    first = json.loads(path.read_text("utf-8"))[0]
    rows = []
    for n in range(1, count + 1):
        fields = dict(first.get("properties", first)) | {number: n}
        if number == "nom":
            fields[number] = f"Caméra {n}"
        is_feature = "properties" in first
        rows.append({**first, "id": n, "properties": fields} if is_feature else fields)
    return rows


def plymouth(
    count: int, *, header: str = "fid,Camera Num,Camera Loc,Easting,Northing,x,y"
) -> bytes:
    lines = [f"{n},90{n},Elm Road,248978,54397,-4.1{n:03},50.37" for n in range(1, count + 1)]
    return "\r\n".join([header, *lines, ""]).encode()


def answer(source_id: str, rows: list[dict[str, Any]], path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401, PLR0911 - JSON of four platforms
    if source_id == AUSTIN:
        if "$select" in asked:
            return [{"count": str(len(rows))}]
        offset = int(asked["$offset"])
        return rows[offset : offset + 150]
    if source_id == "toronto_red_light_cameras_ca":
        offset = int(asked["offset"])
        page = {"total": len(rows), "records": rows[offset : offset + 100]}
        return {"success": True, "result": page}
    if source_id == "seine_ouest_videoprotection_fr":
        if path.endswith("/records"):
            return {"total_count": len(rows)}
        return {"type": "FeatureCollection", "features": rows}
    if not path.endswith("/query"):
        abilities = {"supportsPagination": True}
        return {
            "maxRecordCount": 100,
            "objectIdField": "OBJECTID",
            "advancedQueryCapabilities": abilities,
        }
    if "returnCountOnly" in asked:
        return {"count": len(rows)}
    offset = int(asked["resultOffset"])
    more = {"properties": {"exceededTransferLimit": offset + 100 < len(rows)}}
    return {"features": rows[offset : offset + 100], **more}


def publisher(source_id: str, count: int) -> Script:
    def script(request: bytes, connection: socket.socket) -> None:
        target = urlsplit(request.split(b" ")[1].decode())
        asked = {key: values[0] for key, values in parse_qs(target.query).items()}
        if source_id == PLYMOUTH:
            connection.sendall(ok(plymouth(count), media_type="text/csv"))
            return
        reply = answer(source_id, published(source_id, count), target.path, asked)
        connection.sendall(ok(json.dumps(reply).encode()))

    return script


def at(info: SourceInfo, server: RawServer) -> SourceInfo:
    """Let a source read from the stand-in instead of its publisher."""
    if isinstance(info.read_from, Download):
        return replace(info, read_from=replace(info.read_from, url=f"{server.url}/list.csv"))
    assert isinstance(info.read_from, PlatformQuery)
    return replace(info, read_from=replace(info.read_from, base_url=server.url))


def fetch_context(server: RawServer, settings: Settings) -> FetchContext:
    limits = Limits(connect_s=2, read_s=2, total_s=10, attempts=1, pause_s=0)
    client = Client(limits=limits, named=frozenset({server.target}), sleep=lambda _: None)
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return FetchContext(client, Archive(settings.raw_dir), NoProgress(), lambda: now)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(out_dir=tmp_path / "out", raw_dir=tmp_path / "raw", streets=False)


def test_a_list_of_each_platform_goes_all_the_way_to_a_release(settings: Settings) -> None:
    for source_id, (_, count) in PLATFORMS.items():
        with serving(publisher(source_id, count)) as server:
            collect(at(sources_by_id()[source_id], server), fetch_context(server, settings))
    summary = build(list(PLATFORMS), settings=settings, progress=NoProgress())
    assert summary.counts.cameras == sum(count for _, count in PLATFORMS.values())
    assert summary.counts.rejected == 0
    release = find_release(settings.out_dir)
    require_verified(release, deep=True)
    cameras = mapper.load(settings.out_dir)
    for source_id, (_, count) in PLATFORMS.items():
        assert (release / f"cameras_{source_id}.csv").is_file()
        its = cameras[cameras["source_id"] == source_id]
        assert len(its) == count
        assert set(its["license_id"]) == {sources_by_id()[source_id].license_id}
        assert set(its["country_code"]) == sources_by_id()[source_id].country_codes
    austin = cameras[cameras["source_id"] == AUSTIN]
    # Sarix is a product line of Pelco; the city's own inventory names it.
    assert set(austin["vendor_id"]) == {"pelco"}
    assert set(austin["vendor_rung"]) == {"A"}
    assert set(austin["installed_on"]) == {"2017-11-03"}
    for path in release.rglob("*"):
        assert path.is_dir() or b"cctv.example" not in path.read_bytes()


def keep(settings: Settings, source_id: str, body: bytes, *, day: int = 1) -> str:
    """Put a body into the archive as if it had been collected, and judge it."""
    archive = Archive(settings.raw_dir)
    part = archive.part_path(source_id)
    part.write_bytes(body)
    info = sources_by_id()[source_id]
    kept = archive.keep_new(
        part,
        source_id=source_id,
        request_key="list",
        url="https://plymouth.example/list.csv",
        retrieved_at_utc=f"2026-11-{day:02}T12:00:00Z",
        media_type="text/csv",
        license_id=info.license_id,
        proof="length",
    )
    attempt = judge(info, kept, archive, parser_of(source_id))
    note_attempt(archive, attempt)
    return attempt.trouble


def taken(settings: Settings) -> Reading:
    """Return what a build would take of Plymouth's list."""
    (one,) = read_inputs([PLYMOUTH], settings=settings, progress=NoProgress())
    return one.reading


def austin(count: int) -> bytes:
    return json.dumps(published(AUSTIN, count)).encode()


SWAPPED = plymouth(44, header="fid,Camera Num,Camera Loc,Easting,Northing,y,x")
WITHOUT_X = plymouth(44, header="fid,Camera Num,Camera Loc,Easting,Northing,longitude,y")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (plymouth(35), "35 rows, 20% fewer than the 44"),
        (WITHOUT_X, "no field 'x'"),
        (plymouth(44, header="fid,Camera Num,Camera Loc,Easting,Northing,x,y,Operator"), "cells"),
        (SWAPPED, "0 rows, expected at least 35"),
        (plymouth(0), "no row"),
        (b"<html>Sorry</html>", "no row"),
    ],
    ids=[
        "fell by a fifth and more",
        "lost a column",
        "torn",
        "swapped axes",
        "nothing",
        "a web page",
    ],
)
def test_a_list_in_trouble_is_kept_said_and_not_used(
    changed: bytes, said: str, settings: Settings
) -> None:
    assert keep(settings, PLYMOUTH, plymouth(44), day=1) == ""
    trouble = keep(settings, PLYMOUTH, changed, day=2)
    assert said in trouble
    used = taken(settings)
    assert len(used.observations) == 44
    assert used.snapshot.retrieved_at_utc == "2026-11-01T12:00:00Z"
    (note,) = used.notes
    assert "2026-11-02" in note
    assert "not used" in note
    assert said in note


def test_a_camera_far_from_its_publisher_is_a_reject(settings: Settings) -> None:
    body = plymouth(44) + b"45,9045,Elm Road,248978,54397,-41.044,50.37\r\n"
    assert keep(settings, PLYMOUTH, body) == ""
    used = taken(settings)
    assert len(used.observations) == 44
    (reject,) = used.rejects
    assert reject.reason == "outside the publisher's country"
    assert reject.value_as_written == "-41.044 50.37"


def test_a_fall_of_less_than_a_fifth_is_taken(settings: Settings) -> None:
    keep(settings, PLYMOUTH, plymouth(44), day=1)
    assert keep(settings, PLYMOUTH, plymouth(36), day=2) == ""
    assert len(taken(settings).observations) == 36


def test_a_fall_that_lasts_stays_in_trouble_until_a_reason_is_given(settings: Settings) -> None:
    keep(settings, PLYMOUTH, plymouth(60), day=1)
    for day in (2, 3):
        assert "fewer" in keep(settings, PLYMOUTH, plymouth(44 - day), day=day)
    assert len(taken(settings).observations) == 60
    told = replace(settings, accept_change="the council closed a control room")
    assert len(taken(told).observations) == 41
    # From then on it is the good one.
    assert keep(settings, PLYMOUTH, plymouth(40), day=4) == ""


def test_a_list_in_trouble_blocks_itself_alone(settings: Settings) -> None:
    keep(settings, AUSTIN, austin(400))
    keep(settings, PLYMOUTH, WITHOUT_X)
    summary = build([PLYMOUTH, AUSTIN], settings=settings, progress=NoProgress())
    assert summary.counts.cameras == 400
    assert any("left out: plymouth_cctv_gb" in remark for remark in summary.remarks)
    release = find_release(settings.out_dir)
    assert not (release / f"cameras_{PLYMOUTH}.csv").exists()
    assert "left out: plymouth_cctv_gb" in (release / "manifest.json").read_text("utf-8")


def test_where_nothing_is_left_the_error_stands(settings: Settings) -> None:
    keep(settings, PLYMOUTH, WITHOUT_X)
    with pytest.raises(SourceChangedError, match="no field 'x'"):
        taken(settings)


def test_a_body_changed_in_the_archive_is_not_used(settings: Settings) -> None:
    keep(settings, PLYMOUTH, plymouth(44), day=1)
    keep(settings, PLYMOUTH, plymouth(45), day=2)
    archive = Archive(settings.raw_dir)
    newest = archive.answers(PLYMOUTH)[-1]
    archive.body_path(newest.sha256).write_bytes(plymouth(50))
    used = taken(settings)
    assert len(used.observations) == 44
    assert any("not what was collected" in note for note in used.notes)
    assert not any(str(settings.raw_dir) in note for note in used.notes)


def listed(settings: Settings) -> dict[str, dict[str, Any]]:
    told = json.loads(collecting.sources(as_json=True, settings=settings))
    return {row["source_id"]: row for row in told["sources"]}


def test_the_list_of_sources_says_rows_then_and_now_and_how_each_is(settings: Settings) -> None:
    keep(settings, PLYMOUTH, plymouth(44), day=1)
    keep(settings, PLYMOUTH, plymouth(50), day=2)
    row = listed(settings)[PLYMOUTH]
    assert (row["rows_now"], row["rows_then"], row["health"]) == (50, 44, "good")
    keep(settings, PLYMOUTH, plymouth(10), day=3)
    row = listed(settings)[PLYMOUTH]
    assert (row["rows_now"], row["rows_then"], row["health"]) == (50, 44, "in trouble")
    assert "10 rows" in row["trouble"]
    assert listed(settings)[AUSTIN]["health"] == "not collected"
    text = collecting.sources(as_json=False, settings=settings)
    (line,) = [line for line in text.splitlines() if line.startswith(PLYMOUTH)]
    assert "50" in line
    assert "in trouble" in line


def test_an_archive_of_before_the_counts_is_looked_at(settings: Settings) -> None:
    keep(settings, PLYMOUTH, plymouth(44))
    (settings.raw_dir / "health" / f"{PLYMOUTH}.jsonl").unlink()
    row = listed(settings)[PLYMOUTH]
    assert (row["rows_now"], row["health"]) == (44, "good")


@pytest.fixture
def collected_from(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[Script], str]:
    """Run `mapper collect plymouth_cctv_gb` against a stand-in."""

    def run(script: Script) -> str:
        with serving(script) as server:
            info = at(sources_by_id()[PLYMOUTH], server)
            monkeypatch.setattr(collecting, "sources_by_id", lambda: {PLYMOUTH: info})
            monkeypatch.setattr(
                collecting, "FetchContext", lambda *_: fetch_context(server, settings)
            )
            return collecting.collect_sources([PLYMOUTH], settings=settings, progress=NoProgress())

    return run


def test_a_collect_counts_what_came(
    collected_from: Callable[[Script], str], settings: Settings
) -> None:
    assert "44 rows, 0 rejected" in collected_from(publisher(PLYMOUTH, 44))
    (attempt,) = attempts(Archive(settings.raw_dir), PLYMOUTH)
    assert (attempt.rows, attempt.trouble, attempt.at_utc) == (44, "", NOW)


def test_a_collect_that_finds_a_list_in_trouble_fails_and_keeps_it_as_evidence(
    collected_from: Callable[[Script], str], settings: Settings
) -> None:
    collected_from(publisher(PLYMOUTH, 60))
    with pytest.raises(SourceError, match="40 rows, 33% fewer"):
        collected_from(publisher(PLYMOUTH, 40))
    assert len(Archive(settings.raw_dir).answers(PLYMOUTH)) == 2
    assert len(taken(settings).observations) == 60


def test_a_publisher_who_does_not_answer_is_written_down(
    collected_from: Callable[[Script], str], settings: Settings
) -> None:
    collected_from(publisher(PLYMOUTH, 44))
    with pytest.raises(SourceError):
        collected_from(lambda _, connection: connection.close())
    row = listed(settings)[PLYMOUTH]
    assert (row["rows_now"], row["health"]) == (44, "in trouble")
    assert row["trouble"]
