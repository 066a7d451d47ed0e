"""Overpass at its worst: every way it fails, seen on a real server, played by a stand-in."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.lifecycle import LIFECYCLE_KEYS
from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Archive
from mapper.fetch.overpass import Layer, Overpass, query
from mapper.fetch.overpass_answer import TooMuchError, document_in
from mapper.fetch.overpass_area import Bbox, bbox_from_text
from mapper.model.progress import NoProgress
from tests.fetch.raw_server import RawServer, Script, ok, sends, serving, status

HELSINKI = Bbox(24.9, 60.15, 24.98, 60.19)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STATUS_TEXT = (
    b"Connected as: 1\nRate limit: 2\nSlot available after: 2026-11-23T12:00:07Z, in 7 seconds.\n"
)


def answer(*ids: int, remark: str | None = None, base: str = "2026-11-22T21:00:00Z") -> bytes:
    elements = [
        {"type": "node", "id": n, "lat": 60.17, "lon": 24.94, "tags": {"man_made": "surveillance"}}
        for n in ids
    ]
    document: dict[str, object] = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": base},
        "elements": elements,
    }
    if remark is not None:
        document["remark"] = remark
    return ok(json.dumps(document).encode())


def overpass(
    server: RawServer, folder: Path, sleep: Callable[[float], None] = lambda _: None
) -> tuple[Overpass, Archive]:
    archive = Archive(folder)
    asker = Overpass(
        archive,
        endpoints=[f"{server.url}/api/interpreter"],
        named=frozenset({server.target}),
        progress=NoProgress(),
        sleep=sleep,
        now_utc=lambda: NOW,
    )
    return asker, archive


def test_a_whole_answer_is_kept_sorted_with_its_data_time(tmp_path: Path) -> None:
    with serving(sends(answer(3, 1, 2))) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(HELSINKI)
    kept = json.loads(archive.body_path(collected.sha256).read_text())
    assert [e["id"] for e in kept["elements"]] == [1, 2, 3]
    assert kept["osm3s"]["timestamp_osm_base"] == "2026-11-22T21:00:00Z"
    assert collected.retrieved_at_utc == "2026-11-23T12:00:00Z"


@pytest.mark.parametrize(
    "remark",
    [
        'runtime error: Query timed out in "around" at line 1 after 2 seconds.',
        'runtime error: Query ran out of memory in "query" at line 1. It would need at least 2 MB.',
    ],
)
def test_a_query_too_large_is_asked_by_quarters_and_merged(remark: str, tmp_path: Path) -> None:
    answers = [
        answer(99, remark=remark),
        answer(1, 2),
        answer(2, 3, base="2026-11-22T20:59:00Z"),
        answer(),
        answer(4),
    ]
    with serving(sends(*answers)) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(HELSINKI)
        asked = [unquote(request.decode()) for request in server.requests]
    kept = json.loads(archive.body_path(collected.sha256).read_text())
    assert [e["id"] for e in kept["elements"]] == [1, 2, 3, 4]
    assert kept["osm3s"]["timestamp_osm_base"] == "2026-11-22T20:59:00Z"
    assert "bbox:60.15,24.9,60.17,24.94" in asked[1]
    assert "bbox:60.17,24.94,60.19,24.98" in asked[4]


def test_a_query_that_stays_too_large_is_an_error_and_keeps_nothing(tmp_path: Path) -> None:
    too_large = answer(remark="runtime error: Query timed out in x at line 1 after 1 seconds.")
    with serving(sends(too_large)) as server:
        asker, archive = overpass(server, tmp_path)
        with pytest.raises(FetchError, match="gave up on"):
            asker.collect(HELSINKI)
    assert archive.answers("osm") == []


def test_any_other_remark_is_an_error(tmp_path: Path) -> None:
    with serving(sends(answer(1, remark="runtime error: something new"))) as server:
        asker, archive = overpass(server, tmp_path)
        with pytest.raises(FetchError, match="partial"):
            asker.collect(HELSINKI)
    assert archive.answers("osm") == []


@pytest.mark.parametrize(
    "broken",
    [
        ok(b"<html><head><title>OSM3S Response</title></head></html>", media_type="text/html"),
        status(504, b"The server is probably too busy to handle your request."),
        status(503),
        ok(b'{"version":0.6,"elements":[]}'),
        ok(b'{"version":0.6,"osm3s":{"timestamp_osm_base":"x"},"elements":[{"type"'),
        ok(b"[]"),
        b"",
    ],
    ids=["html", "504", "503", "no data time", "cut", "no document", "hung up"],
)
def test_a_failed_turn_is_asked_again(broken: bytes, tmp_path: Path) -> None:
    with serving(sends(broken, answer(7))) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(HELSINKI)
    kept = json.loads(archive.body_path(collected.sha256).read_text())
    assert [e["id"] for e in kept["elements"]] == [7]


def test_a_server_that_never_answers_well_is_an_error(tmp_path: Path) -> None:
    with serving(sends(status(504))) as server:
        asker, archive = overpass(server, tmp_path)
        with pytest.raises(FetchError, match="no Overpass endpoint answered"):
            asker.collect(HELSINKI)
    assert archive.answers("osm") == []


def test_a_full_queue_waits_for_the_slot_that_the_status_page_names(tmp_path: Path) -> None:
    turns = [status(429, b"rate_limited. Please check /api/status"), answer(5)]

    def script(request: bytes, connection: object) -> None:
        is_status = request.startswith(b"GET /api/status")
        reply = ok(STATUS_TEXT, media_type="text/plain") if is_status else turns.pop(0)
        connection.sendall(reply)  # type: ignore[attr-defined]

    waited: list[float] = []
    chosen: Script = script
    with serving(chosen) as server:
        asker, _ = overpass(server, tmp_path, waited.append)
        asker.collect(HELSINKI)
    assert 8.0 in waited


def test_a_refused_query_is_not_asked_again(tmp_path: Path) -> None:
    page = b'<p><strong style="color:#FF0000">Error</strong>: line 1: parse error: x </p>'
    with serving(sends(status(400, page))) as server:
        asker, _ = overpass(server, tmp_path)
        with pytest.raises(FetchError, match="parse error: x"):
            asker.collect(HELSINKI)
        assert len(server.requests) == 1


def test_an_empty_area_is_an_answer(tmp_path: Path) -> None:
    with serving(sends(answer())) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(HELSINKI)
    assert json.loads(archive.body_path(collected.sha256).read_text())["elements"] == []


def test_the_next_endpoint_is_asked_when_one_is_busy(tmp_path: Path) -> None:
    with serving(sends(status(504))) as busy, serving(sends(answer(1))) as free:
        asker = Overpass(
            Archive(tmp_path),
            endpoints=[f"{busy.url}/api/interpreter", f"{free.url}/api/interpreter"],
            named=frozenset({busy.target, free.target}),
            progress=NoProgress(),
            sleep=lambda _: None,
            now_utc=lambda: NOW,
        )
        asker.collect(HELSINKI)
        assert (len(busy.requests), len(free.requests)) == (1, 1)


def test_an_area_larger_than_a_region_is_refused_with_advice(tmp_path: Path) -> None:
    with serving(sends(answer())) as server:
        asker, _ = overpass(server, tmp_path)
        with pytest.raises(UsageError) as caught:
            asker.collect(Bbox(5, 47, 15, 55))
        assert server.requests == []
    assert "--pbf" in caught.value.next_step


def test_an_area_across_180_degrees_is_asked_in_two_parts(tmp_path: Path) -> None:
    with serving(sends(answer(1), answer(2))) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(Bbox(179.5, -17.0, -179.5, -16.0))
        assert len(server.requests) == 2
    kept = json.loads(archive.body_path(collected.sha256).read_text())
    assert [e["id"] for e in kept["elements"]] == [1, 2]


def test_names_of_mappers_come_along_and_are_dropped_before_anything_is_stored(
    tmp_path: Path,
) -> None:
    whole = json.loads(answer(1).partition(b"\r\n\r\n")[2])
    whole["elements"][0] |= {
        "user": "Mapper Smith", "uid": 7301, "changeset": 990017,
        "version": 3, "timestamp": "2025-06-01T00:00:00Z",
    }  # fmt: skip
    body = ok(json.dumps(whole).encode())
    with serving(sends(body)) as server:
        asker, archive = overpass(server, tmp_path)
        collected = asker.collect(HELSINKI)
    for path in archive.root.rglob("*"):
        kept = b"" if path.is_dir() else path.read_bytes()
        assert not [one for one in (b"Smith", b"7301", b"990017") if one in kept]
    (element,) = json.loads(archive.body_path(collected.sha256).read_text())["elements"]
    assert (element["version"], element["timestamp"]) == (3, "2025-06-01T00:00:00Z")


def test_the_query_asks_for_every_life_of_a_camera_that_is_read() -> None:
    text = query(HELSINKI, Layer.CAMERAS)
    for life in LIFECYCLE_KEYS:
        assert f'nwr["{life}:man_made"' in text
    assert 'nwr(r:"device")' in text


@pytest.mark.parametrize(
    "text", ["1,2,3", "a,b,c,d", "60.15,24.9,60.19,99", "24,61,25,60", "24,60,24,61", "1,2,nan,4"]
)
def test_a_bbox_in_another_shape_or_order_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        bbox_from_text(text)


RATE_LIMITED = (
    b'<?xml version="1.0"?><html><head><title>OSM3S Response</title></head><body><p>runtime error: '
    b"open64: 0 Success /osm3s_osm_base Dispatcher_Client::request_read_and_idx::%s. </p>"
    b"</body></html>"
)


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (ok(RATE_LIMITED % b"rate_limited", media_type="text/html"), "rate_limited"),
        (status(429, RATE_LIMITED % b"rate_limited"), "rate_limited"),
        (status(504, RATE_LIMITED % b"timeout"), "too busy"),
        (status(504, b"The server is probably too busy to handle your request."), "too busy"),
        (status(403, b"<p>rate_limited</p>"), "rate_limited"),
    ],
)
def test_the_cause_that_a_page_names_is_told(reply: bytes, cause: str, tmp_path: Path) -> None:
    with serving(sends(reply)) as server:
        asker, _ = overpass(server, tmp_path)
        with pytest.raises(FetchError, match=cause):
            asker.collect(HELSINKI)


@pytest.mark.parametrize("code", [401, 403, 406])
def test_who_refuses_what_we_are_is_not_asked_again_but_the_next_is(
    code: int, tmp_path: Path
) -> None:
    with serving(sends(status(code))) as refusing, serving(sends(answer(1))) as free:
        asker = Overpass(
            Archive(tmp_path),
            endpoints=[f"{refusing.url}/api/interpreter"],
            named=frozenset({refusing.target, free.target}),
            progress=NoProgress(),
            sleep=lambda _: None,
            now_utc=lambda: NOW,
        )
        with pytest.raises(FetchError, match=str(code)):
            asker.collect(HELSINKI)
        assert len(refusing.requests) == 1
        both = Overpass(
            Archive(tmp_path),
            endpoints=[f"{refusing.url}/api/interpreter", f"{free.url}/api/interpreter"],
            named=frozenset({refusing.target, free.target}),
            progress=NoProgress(),
            sleep=lambda _: None,
            now_utc=lambda: NOW,
        )
        both.collect(HELSINKI)
        assert (len(refusing.requests), len(free.requests)) == (2, 1)


@pytest.mark.parametrize(
    "base", ["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "x", "", "9" * 5_000, "2026-13-01"]
)
def test_a_time_that_cannot_be_is_not_believed(base: str, tmp_path: Path) -> None:
    with serving(sends(answer(1, base=base))) as server:
        asker, archive = overpass(server, tmp_path)
        with pytest.raises(FetchError, match=r"cannot be|data time"):
            asker.collect(HELSINKI)
    assert archive.answers("osm") == []


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    body = answer(1).partition(b"\r\n\r\n")[2]
    with serving(sends(ok(b"\xef\xbb\xbf" + body))) as server:
        asker, archive = overpass(server, tmp_path)
        asker.collect(HELSINKI)
    assert len(archive.answers("osm")) == 1


ODD: list[object] = [None, True, 5, -1, 2**70, 10**400, "", "x", "\ud800", [], {}, [1], {"a": 1}]


@pytest.mark.parametrize("member", ["osm3s", "elements", "remark", "timestamp_osm_base", "element",
                                    "type", "id", "lat", "tags", "document"])  # fmt: skip
def test_an_odd_answer_is_an_error_of_the_server_or_is_kept(member: str, tmp_path: Path) -> None:
    for number, value in enumerate(ODD):
        document = json.loads(answer(3, 1).partition(b"\r\n\r\n")[2])
        holders = {
            "timestamp_osm_base": document["osm3s"],
            **dict.fromkeys(("type", "id", "lat", "tags"), document["elements"][0]),
        }
        if member == "element":
            document["elements"].append(value)
        elif member == "document":
            document = value
        else:
            holders.get(member, document)[member] = value
        path = tmp_path / "answer.json"
        path.write_text(json.dumps(document))
        try:
            whole = document_in(path, "https://overpass.example", now_utc=NOW)
        except (FetchError, TooMuchError):
            continue
        asker = Overpass(
            Archive(tmp_path / f"{member}{number}"), progress=NoProgress(), sleep=lambda _: None
        )
        base = whole["osm3s"]["timestamp_osm_base"]
        asker._keep(HELSINKI, Layer.CAMERAS, [whole], base)  # noqa: SLF001 - what follows


COORDINATE = st.decimals(-179, 179, places=9, allow_nan=False)


@given(COORDINATE, st.decimals(-89, 88, places=9), st.decimals(0, 1, places=9))
def test_the_asked_box_holds_the_whole_area_and_no_more_than_a_step(
    west: Decimal, south: Decimal, size: Decimal
) -> None:
    size = max(size, Decimal("0.000000001"))
    text = f"{west},{south},{west + size},{south + size}"
    box = bbox_from_text(text)
    asked = [Decimal(side) for side in box.as_asked().split(",")]
    step = Decimal("0.0000001")
    exact = [Decimal(repr(side)) for side in
             (box.south_deg, box.west_deg, box.north_deg, box.east_deg)]  # fmt: skip
    assert exact[0] - step < asked[0] <= exact[0]
    assert exact[1] - step < asked[1] <= exact[1]
    assert exact[2] <= asked[2] < exact[2] + step
    assert exact[3] <= asked[3] < exact[3] + step
    assert bbox_from_text(str(box)) == box
    for quarter in box.quarters():
        assert "e" not in quarter.as_asked()


def test_seven_decimals_are_asked_for_and_named_in_the_proof(tmp_path: Path) -> None:
    with serving(sends(answer(1))) as server:
        asker, archive = overpass(server, tmp_path)
        asker.collect(bbox_from_text("24.9123456,60.1512345,24.9876543,60.1987654"))
        asked = unquote(server.requests[0].decode())
    assert "bbox:60.1512345,24.9123456,60.1987654,24.9876543" in asked
    (kept,) = archive.answers("osm")
    assert "24.9123456,60.1512345,24.9876543,60.1987654" in kept.proof


class Heard(NoProgress):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def remark(self, text: str) -> None:
        """Keep one line."""
        self.remarks.append(text)


@pytest.mark.parametrize(
    ("base", "is_told", "is_taken"),
    [
        ("2026-11-23T11:00:00Z", False, True),
        ("2026-11-17T12:00:00Z", False, True),
        ("2026-11-15T11:00:00Z", True, True),
        ("2026-09-25T12:00:00Z", True, True),
        ("2026-09-23T12:00:00Z", True, False),
        ("2016-01-01T00:00:00Z", True, False),
    ],
)
def test_old_data_are_told_and_stale_ones_refused_unless_allowed(
    base: str,
    is_told: bool,  # noqa: FBT001 - a table of cases
    is_taken: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    heard = Heard()
    with serving(sends(answer(1, base=base))) as server:
        asker = Overpass(
            Archive(tmp_path),
            endpoints=[f"{server.url}/api/interpreter"],
            named=frozenset({server.target}),
            progress=heard,
            sleep=lambda _: None,
            now_utc=lambda: NOW,
        )
        if is_taken:
            asker.collect(HELSINKI)
        else:
            with pytest.raises(FetchError, match=base[:10]) as caught:
                asker.collect(HELSINKI)
            assert "--allow-old" in caught.value.next_step
            assert asker.collect(HELSINKI, is_old_allowed=True)
    told = [remark for remark in heard.remarks if base[:10] in remark]
    assert bool(told) == is_told
