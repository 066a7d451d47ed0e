"""Platform readers against stand-ins that page, lower limits, lie and fail with status 200."""

import contextlib
import json
import multiprocessing
import os
import socket
import types
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import FetchError, SourceChangedError, SourceError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.http import Client, Limits, Request, Response
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Stored
from mapper.fetch.source_bodies import collect
from mapper.model.progress import NoProgress
from mapper.model.source import Download, LocalFile, PlatformQuery, SourceInfo
from tests.fetch.raw_server import RawServer, Script, ok, sends, serving, status

Pages = Callable[[str, dict[str, str]], Any]
ROWS = [{"id": n, "name": f"site {n}"} for n in range(25)]


def platform(pages: Pages) -> Script:
    def script(request: bytes, connection: socket.socket) -> None:
        target = urlsplit(request.split(b" ")[1].decode())
        asked = {key: values[0] for key, values in parse_qs(target.query).items()}
        reply = pages(target.path, asked)
        connection.sendall(reply if isinstance(reply, bytes) else ok(json.dumps(reply).encode()))

    return script


def source(server: RawServer, name: str, **options: str) -> SourceInfo:
    return SourceInfo(
        source_id="riverton",
        title="Riverton",
        publisher="City of Riverton",
        landing_page="https://data.riverton.example/",
        read_from=PlatformQuery(name, server.url, "abcd-1234", options),
        license_id="CC-BY-4.0",
        attribution="City of Riverton",
        row_count_min=10,
        row_count_max=100,
    )


def fetch_context(server: RawServer, folder: Path) -> FetchContext:
    limits = Limits(connect_s=2, read_s=2, total_s=10, attempts=1, pause_s=0)
    client = Client(limits=limits, named=frozenset({server.target}), sleep=lambda _: None)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return FetchContext(client, Archive(folder), NoProgress(), lambda: now)


def kept(found: FetchContext, sha256: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(found.archive.body_path(sha256).read_text())
    return rows


def socrata(rows: list[dict[str, Any]], *, counts: int, page_max: int = 10) -> Pages:
    def pages(_: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        if "$select" in asked:
            return [{"count": str(counts)}]
        assert asked["$order"] == ":id"
        offset = int(asked["$offset"])
        return rows[offset : offset + min(int(asked["$limit"]), page_max)]

    return pages


def ckan(rows: list[dict[str, Any]], *, counts: int, page_max: int = 7) -> Pages:
    def pages(_: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        offset = int(asked["offset"])
        records = rows[offset : offset + min(int(asked["limit"]), page_max)]
        return {"success": True, "result": {"total": counts, "records": records}}

    return pages


def features(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "Feature", "id": row["id"], "properties": row} for row in rows]


def arcgis(
    rows: list[dict[str, Any]], *, counts: int, has_pages: bool = True, at_top: bool = True
) -> Pages:
    def pages(path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        if not path.endswith("/query"):
            abilities = {"supportsPagination": has_pages}
            return {
                "maxRecordCount": 8,
                "objectIdField": "id",
                "advancedQueryCapabilities": abilities,
            }
        if "returnCountOnly" in asked:
            return {"count": counts}
        if "returnIdsOnly" in asked:
            return {"objectIds": [row["id"] for row in reversed(rows)]}
        if "objectIds" in asked:
            wanted = {int(one) for one in asked["objectIds"].split(",")}
            return {"features": features([row for row in rows if row["id"] in wanted])}
        assert asked["outSR"] == "4326"
        offset, size = int(asked["resultOffset"]), int(asked["resultRecordCount"])
        more = {"exceededTransferLimit": True} if offset + size < len(rows) else {}
        page = {"features": features(rows[offset : offset + size])}
        return {**page, **more} if at_top else {**page, "properties": more}

    return pages


def opendatasoft(rows: list[dict[str, Any]], *, counts: int) -> Pages:
    def pages(path: str, _: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        if path.endswith("/records"):
            return {"total_count": counts}
        return {"type": "FeatureCollection", "features": features(rows)}

    return pages


READERS: dict[str, Callable[..., Pages]] = {
    "socrata": socrata,
    "ckan": ckan,
    "arcgis": arcgis,
    "opendatasoft": opendatasoft,
}


@pytest.mark.parametrize("name", READERS)
def test_all_pages_come_whole_whatever_limit_the_platform_keeps(name: str, tmp_path: Path) -> None:
    with serving(platform(READERS[name](ROWS, counts=25))) as server:
        found = fetch_context(server, tmp_path)
        collected = collect(source(server, name), found)
    rows = kept(found, collected.sha256)
    assert [row.get("properties", row)["id"] for row in rows] == list(range(25))
    assert collected.proof == "count of 25 rows"


@pytest.mark.parametrize("name", READERS)
def test_fewer_rows_than_the_platform_counts_are_an_error(name: str, tmp_path: Path) -> None:
    with serving(platform(READERS[name](ROWS[:20], counts=25))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match="20 rows came, the platform counts 25"):
            collect(source(server, name), found)
    assert found.archive.answers("riverton") == []


@pytest.mark.parametrize("name", READERS)
def test_fewer_rows_than_the_source_ever_had_are_an_error(name: str, tmp_path: Path) -> None:
    with serving(platform(READERS[name](ROWS[:9], counts=9))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(SourceChangedError, match="9 rows, expected at least 10"):
            collect(source(server, name), found)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "reply",
    [
        {"error": {"code": 400, "message": "Invalid query"}},
        {"success": False, "error": {"message": "no such resource"}},
        [],
        {},
        "text",
        None,
    ],
    ids=["error", "no success", "empty list", "empty object", "text", "null"],
)
def test_a_failure_with_status_200_is_an_error(
    name: str,
    reply: Any,  # noqa: ANN401 - JSON
    tmp_path: Path,
) -> None:
    with serving(platform(lambda *_: reply)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(SourceError):
            collect(source(server, name), found)
    assert found.archive.answers("riverton") == []


def test_more_is_noticed_under_properties_too(tmp_path: Path) -> None:
    with serving(platform(arcgis(ROWS, counts=25, at_top=False))) as server:
        found = fetch_context(server, tmp_path)
        collected = collect(source(server, "arcgis"), found)
    assert len(kept(found, collected.sha256)) == 25


def test_a_layer_without_pagination_is_asked_by_ids(tmp_path: Path) -> None:
    with serving(platform(arcgis(ROWS, counts=25, has_pages=False))) as server:
        found = fetch_context(server, tmp_path)
        collected = collect(source(server, "arcgis"), found)
    assert len(kept(found, collected.sha256)) == 25


def test_a_key_of_the_environment_is_sent_and_never_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_SOCRATA_TOKEN", "canary-55aa")
    with serving(platform(socrata(ROWS, counts=25))) as server:
        found = fetch_context(server, tmp_path)
        collect(source(server, "socrata"), found)
        assert all(b"canary-55aa" in request for request in server.requests)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"canary-55aa" not in path.read_bytes()


def download(server: RawServer) -> SourceInfo:
    info = source(server, "socrata")
    return SourceInfo(
        **{name: getattr(info, name) for name in info.__slots__ if name != "read_from"},
        read_from=Download(f"{server.url}/list.csv", "csv"),
    )


def test_a_second_run_fetches_only_what_changed(tmp_path: Path) -> None:
    def script(request: bytes, connection: socket.socket) -> None:
        is_known = b'If-None-Match: "v1"' in request
        connection.sendall(status(304) if is_known else ok(b"a,b\n1,2\n", 'ETag: "v1"'))

    with serving(script) as server:
        found = fetch_context(server, tmp_path)
        first = collect(download(server), found)
        second = collect(download(server), found)
        assert len(server.requests) == 2
    assert first == second
    assert found.archive.body_path(first.sha256).read_bytes() == b"a,b\n1,2\n"


def test_without_a_network_the_archive_answers_or_says_that_it_cannot(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(FetchError, match="not in the archive"):
        archive.require("riverton", "key")


def test_a_line_cut_by_a_crash_hides_nothing_but_itself(tmp_path: Path) -> None:
    with serving(lambda _, c: c.sendall(ok(b"a,b\n1,2\n"))) as server:
        found = fetch_context(server, tmp_path)
        collected = collect(download(server), found)
    index = tmp_path / "collected" / "riverton.jsonl"
    index.write_text(index.read_text() + '{"source_id": "river')
    assert found.archive.answers("riverton") == [collected]


def test_a_file_of_ones_own_is_not_fetched(tmp_path: Path) -> None:
    with serving(platform(lambda *_: [])) as server:
        info = download(server)
        own = SourceInfo(
            **{name: getattr(info, name) for name in info.__slots__ if name != "read_from"},
            read_from=LocalFile("Bring the CSV."),
        )
        with pytest.raises(UsageError):
            collect(own, fetch_context(server, tmp_path))


HOSTILE: list[Any] = [
    None, True, -1, 0, 10**9, 2**70, 10**4_000, 1e400, "", "\u00b2", "9" * 5_000, "twenty", "25",
    [], {}, [[]], [None], [{}], {"a": {}}, [1, "2", None], "\ud800",
]  # fmt: skip


def places_in(answer: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """Yield where in an answer something stands, the first of each list alone."""
    yield at
    inner: list[tuple[Any, Any]] = list(answer.items()) if isinstance(answer, dict) else []
    if isinstance(answer, list):
        inner = list(enumerate(answer))[:1]
    for key, value in inner:
        yield from places_in(value, (*at, key))


def with_value(answer: Any, at: tuple[Any, ...], value: object) -> Any:  # noqa: ANN401 - JSON
    if not at:
        return value
    changed = dict(answer) if isinstance(answer, dict) else list(answer)
    changed[at[0]] = with_value(answer[at[0]], at[1:], value)
    return changed


@pytest.mark.parametrize(
    ("name", "has_pages"), [*((name, True) for name in READERS), ("arcgis", False)]
)
def test_whatever_stands_in_an_answer_ends_as_rows_or_as_an_error_of_the_source(
    name: str,
    has_pages: bool,  # noqa: FBT001 - a table of cases
    tmp_path: Path,
) -> None:
    more = {"has_pages": has_pages} if name == "arcgis" else {}
    honest = READERS[name](ROWS, counts=25, **more)
    questions: list[tuple[str, dict[str, str]]] = []

    def noting(path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        questions.append((path, asked))
        return honest(path, asked)

    # The readers are asked without sockets: there are some thousand answers.
    run_against(noting, name, tmp_path)
    for number, (path, asked) in enumerate(questions[:4]):
        for at in places_in(honest(path, asked)):
            for value in HOSTILE:
                turns = iter(range(1_000))

                def spoilt(path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
                    turn = next(turns)  # noqa: B023 - called before the next round
                    assert turn < 200, "paging does not end"
                    answer = honest(path, asked)
                    with contextlib.suppress(KeyError, IndexError, TypeError):
                        if turn >= number:  # noqa: B023
                            return with_value(answer, at, value)  # noqa: B023
                    return answer

                with contextlib.suppress(SourceError):
                    run_against(spoilt, name, tmp_path)


class Direct(Client):
    """A client that asks a function."""

    def __init__(self, pages: Pages) -> None:
        super().__init__()
        self._pages = pages

    def ask(self, question: Request, into: Path) -> Response:
        """Write the function's answer, as one that came whole."""
        target = urlsplit(question.url)
        asked = {key: values[0] for key, values in parse_qs(target.query).items()}
        into.write_bytes(json.dumps(self._pages(target.path, asked)).encode())
        return Response(question.url, {}, Stored(into, "", 1, "length"))


def run_against(pages: Pages, name: str, folder: Path) -> None:
    server = types.SimpleNamespace(url="https://data.riverton.example")
    context = FetchContext(Direct(pages), Archive(folder), NoProgress())
    collect(source(server, name), context)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["socrata", "ckan", "arcgis"])
def test_a_platform_that_ignores_the_offset_is_not_asked_for_ever(
    name: str, tmp_path: Path
) -> None:
    asked_times = 0

    def deaf(path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        nonlocal asked_times
        asked_times += 1
        first = {key: "0" if "ffset" in key else value for key, value in asked.items()}
        return READERS[name](ROWS, counts=100)(path, first)

    with pytest.raises(FetchError, match="sends rows again"):
        run_against(deaf, name, tmp_path)
    assert asked_times < 6


@pytest.mark.parametrize("name", READERS)
def test_a_promise_of_a_thousand_million_rows_is_not_waited_for(name: str, tmp_path: Path) -> None:
    asked_times = 0

    def boasting(path: str, asked: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        nonlocal asked_times
        asked_times += 1
        return READERS[name](ROWS, counts=10**9)(path, asked)

    with pytest.raises(SourceChangedError, match="promises"):
        run_against(boasting, name, tmp_path)
    assert asked_times <= 2


def download_of(server: RawServer, folder: Path) -> Collected:
    listed = replace(source(server, "x"), read_from=Download(f"{server.url}/list.csv", "csv"))
    return collect(listed, fetch_context(server, folder))


@pytest.mark.parametrize(
    "etag", [b'"\xff"', b'"\x85"', b'"a\x0bb"', b"\xe2\x80\xa8", b'"\xc3\xa9"']
)
def test_a_validator_with_an_odd_byte_hides_nothing(etag: bytes, tmp_path: Path) -> None:
    reply = ok(b"a,b\n1,2\n").replace(b"\r\n\r\n", b"\r\nETag: " + etag + b"\r\n\r\n", 1)
    with serving(sends(reply)) as server:
        first = download_of(server, tmp_path)
        assert Archive(tmp_path).answers("riverton") == [first]
        download_of(server, tmp_path)
        assert b"If-None-Match" not in server.requests[-1]


def test_a_damaged_body_is_not_called_unchanged(tmp_path: Path) -> None:
    reply = ok(b"a,b\n1,2\n", 'ETag: "a"')

    def script(request: bytes, connection: socket.socket) -> None:
        connection.sendall(status(304) if b"If-None-Match" in request else reply)

    with serving(script) as server:
        kept_body = Archive(tmp_path).body_path(download_of(server, tmp_path).sha256)
        assert download_of(server, tmp_path).etag == '"a"'
        assert len(Archive(tmp_path).answers("riverton")) == 1
        kept_body.write_bytes(b"a,b\n9,9\n")
        download_of(server, tmp_path)
    assert kept_body.read_bytes() == b"a,b\n1,2\n"


def test_two_runs_at_once_never_share_a_body_that_is_still_coming(tmp_path: Path) -> None:
    mine = Archive(tmp_path).part_path("riverton")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        theirs = pool.apply(_part_path, (tmp_path,))
    assert mine != theirs


def _part_path(folder: Path) -> Path:
    return Archive(folder).part_path("riverton")


def test_what_a_killed_run_left_behind_goes_after_a_day(tmp_path: Path) -> None:
    left, young = (tmp_path / "parts" / f"riverton.run-{pid}" for pid in ("1", "2"))
    left.parent.mkdir()
    for path in (left, young):
        path.write_bytes(b"half a body")
    os.utime(left, (0, 0))
    Archive(tmp_path).part_path("riverton")
    assert (left.exists(), young.exists()) == (False, True)
