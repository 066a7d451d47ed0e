"""Platform readers against stand-ins that page, lower limits, lie and fail with status 200."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import FetchError, SourceChangedError, SourceError, UsageError
from mapper.fetch.archive import Archive
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.source_bodies import collect
from mapper.model.progress import NoProgress
from mapper.model.source import Download, LocalFile, PlatformQuery, SourceInfo
from tests.fetch.raw_server import RawServer, Script, ok, serving, status

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
