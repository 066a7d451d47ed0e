"""The whole command against stand-ins: a sheet to review, the archive, and nothing else."""

import csv
import gzip
import io
import json
import shutil
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import FetchError, UsageError
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline.proposing import propose
from mapper.proposals.interface_list import INTERFACES
from mapper.proposals.request import ProposeRequest
from mapper.proposals.sheet import LEADING
from mapper.registry.registry import TABLES, columns
from mapper.settings import Settings
from tests.fetch.raw_server import ok, serving
from tests.proposals.interface_fetch_context import answering, fixture

GOOD = Path(__file__).parents[1] / "fixtures" / "registry"
SEEDS = ("seeded", "555 0100", "555-0100", "seedling")


class Remarks(NoProgress):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def remark(self, text: str) -> None:
        """Keep one line."""
        self.said.append(text)


def impatient(limits: Limits, named: frozenset[Target], progress: Progress) -> Client:
    # The stand-in closes after each answer, which a reused connection may meet: one more try.
    quick = replace(limits, attempts=3, total_s=10, pause_s=0)
    return Client(limits=quick, named=named, progress=progress, sleep=lambda _: None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings whose registry is the small one, and an archive of its own."""
    registry = tmp_path / "data" / "registry"
    shutil.copytree(GOOD, registry)
    with (registry / "legal_lists.csv").open("a") as file:
        file.write("us-entity-list,US Entity List,US,The Bureau,,A licence is needed.\n")
        file.write("us-ns-cmic,US list of companies,US,The Treasury,,Trade is restricted.\n")
    return Settings(bundled_dir=tmp_path, raw_dir=tmp_path / "raw")


def run(request: ProposeRequest, settings: Settings, progress: Progress | None = None) -> str:
    return propose(
        request, settings=settings, progress=progress or NoProgress(), make_client=impatient
    )


def rows(sheet: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet)))


def ecfr_text() -> bytes:
    filler = "".join(
        f"<TR><TD></TD><TD>Filler Works {n}, 1 Seedling Road, Riverton, Russia.</TD>"
        "<TD></TD><TD></TD><TD></TD></TR>"
        for n in range(200)
    )
    return fixture("ecfr_744.xml").replace(b"</TABLE>", filler.encode() + b"</TABLE>", 1)


def csl_text() -> bytes:
    content = json.loads(fixture("csl.json"))
    filler = {"name": "Jane Seeded", "type": "Individual", "source": "X (SDN)"}
    content["results"] += [filler] * 5_000
    content["total"] = len(content["results"])
    return json.dumps(content).encode()


def atlas_text() -> bytes:
    lines = fixture("atlas.csv").split(b"\r\n")
    drones = lines[3]
    assert b"Drones" in drones
    return b"\r\n".join([*lines[:-1], *([drones] * 10_000), b""])


def world(path: str, asked: Any) -> Any:  # noqa: ANN401 - JSON
    """Response as all of the publishers at once, each below its own path."""
    bodies = {
        "/ted": fixture("ted_2.json" if (asked or {}).get("iterationNextToken") else "ted_1.json"),
        "/uk?": fixture("uk_2.json" if "cursor" in path else "uk_1.json"),
        "/usa/spending_by_award_count/": fixture("usaspending_count.json"),
        "/usa/spending_by_award/": fixture(f"usaspending_{(asked or {}).get('page', 1)}.json"),
        "/csl": csl_text(),
        "/ecfr/titles.json": b'{"titles":[{"number":15,"up_to_date_as_of":"2026-11-19"}]}',
        "/wikidata": fixture("wikidata.json"),
        "/gleif/529900T8BM49AURSDO55/": fixture("gleif_exception.json"),
        "/gleif/LUMEN": fixture("gleif_parent.json"),
        "/gleif?": fixture("gleif_records.json"),
    }
    if path == "/atlas":
        return ok(atlas_text(), media_type="text/csv")
    if path.startswith("/ecfr/full"):
        return ok(gzip.compress(ecfr_text()), "Content-Encoding: gzip", media_type="text/xml")
    return ok(next(body for begin, body in bodies.items() if path.startswith(begin)))


def script(request: bytes, connection: socket.socket) -> None:
    head, _, body = request.partition(b"\r\n\r\n")
    asked = json.loads(body) if body.startswith(b"{") else None
    connection.sendall(world(head.split(b" ")[1].decode(), asked))


JANUARY = {"since": "2026-01-01", "until": "2026-03-31"}
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "ted": ("/ted", JANUARY),
    "find-a-tender": ("/uk", JANUARY),
    "contracts-finder": ("/uk", JANUARY),
    "usaspending": ("/usa/", JANUARY),
    "eff-atlas": ("/atlas", {}),
    "csl": ("/csl", {}),
    "ecfr": ("/ecfr/", {"on": "2020-01-01"}),
    "wikidata": ("/wikidata", {}),
    "gleif": ("/gleif", {}),
}


def request_for(name: str, url: str) -> ProposeRequest:
    path, days = REQUESTS[name]
    return replace(ProposeRequest(name, endpoint=f"{url}{path}"), **days)


def test_every_source_that_is_asked_has_a_case_here() -> None:
    assert set(INTERFACES) == set(REQUESTS)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_source_gives_a_sheet_and_touches_no_table(name: str, settings: Settings) -> None:
    before = {path.name: path.read_bytes() for path in settings.registry_dir.iterdir()}
    progress = Remarks()
    with serving(script) as server:
        online = run(request_for(name, server.url), settings, progress)
        offline_request = replace(request_for(name, server.url), is_offline=True)
        count = len(server.requests)
        assert run(offline_request, settings) == online
        assert len(server.requests) == count
    assert {path.name: path.read_bytes() for path in settings.registry_dir.iterdir()} == before
    told = (online + " ".join(progress.said)).casefold()
    assert [seed for seed in SEEDS if seed in told] == []
    if name == "contracts-finder":
        # The stand-in's releases give no address of a notice at Contracts Finder.
        assert "the notice has no address" in " ".join(progress.said)
        return
    found = rows(online)
    assert found
    assert {row["state"] for row in found} <= {"new", "fills", "differs"}
    assert {row["table"] for row in found} <= set(TABLES)
    assert len({row["proposal_id"] for row in found}) == len(found)
    assert all(row["read_at"].startswith("https://") for row in found)


def test_no_column_before_those_of_the_tables_bears_the_name_of_one() -> None:
    own = {column for table in TABLES for column in columns(table)}
    assert own.isdisjoint(LEADING)


def test_a_source_read_through_a_mirror_says_so(settings: Settings) -> None:
    with serving(script) as server:
        found = rows(run(request_for("ecfr", server.url), settings))
        through = f"read through {server.url}/ecfr/, not at its own address"
    assert {row["review_note"] for row in found if row["table"] == "sources"} == {through}
    assert {row["excerpt_only"] for row in found if row["table"] == "sources"} == {"false"}


def test_a_second_run_gives_the_same_bytes(settings: Settings) -> None:
    with serving(script) as server:
        first = run(request_for("ted", server.url), settings)
        assert run(request_for("ted", server.url), settings) == first


def test_what_the_registry_holds_is_left_out_unless_asked_for(settings: Settings) -> None:
    with serving(script) as server:
        request = request_for("gleif", server.url)
        shown = rows(run(request, settings))
        every = rows(run(replace(request, shows_all=True), settings))
    assert "known" not in {row["state"] for row in shown}
    assert [row["table"] for row in every if row["state"] == "known"] == [
        "organisations",
        "organisation_names",
    ]


def test_each_organisation_says_how_it_was_found(settings: Settings) -> None:
    with serving(script) as server:
        found = rows(run(request_for("ted", server.url), settings))
    relation = next(row for row in found if row["supplier_org"] == "lumen-vision")
    assert relation["organisations"] == (
        "recipient_org=stadt-beispielburg (proposed new) | supplier_org=lumen-vision (exact)"
    )
    assert relation["value"] == "45000.00"
    assert relation["value_as_written"] == "45000.00 EUR"
    assert relation["read_at"] == "https://ted.europa.eu/en/notice/-/detail/100001-2026"


@pytest.mark.parametrize(
    ("request_", "what"),
    [
        (ProposeRequest("nobody"), "nothing proposes"),
        (ProposeRequest("ecfr", on="2020-01-01", endpoint="mirror"), "no web address"),
        (ProposeRequest("ted"), "needs --since and --until"),
        (ProposeRequest("ted", since="2026-01-01", until="soon"), "needs --since and --until"),
        (ProposeRequest("usaspending", since="2026-02-01", until="2026-01-01"), "lies before"),
        (ProposeRequest("ecfr"), "needs --on"),
        (ProposeRequest("ecfr", on="2020"), "needs --on"),
    ],
    ids=[
        "source",
        "no address",
        "no day",
        "no last day",
        "turned round",
        "no day of a text",
        "a year",
    ],
)
def test_a_question_that_lacks_something_is_not_asked(
    request_: ProposeRequest, what: str, settings: Settings
) -> None:
    with pytest.raises(UsageError, match=what):
        run(request_, settings)


def test_offline_without_an_earlier_answer_says_so(settings: Settings) -> None:
    request = ProposeRequest("ecfr", on="2020-01-01", is_offline=True)
    with pytest.raises(FetchError, match="not in the archive") as raised:
        run(request, settings)
    assert "without --offline" in raised.value.next_step


def test_a_hostile_name_reaches_the_sheet_as_text(settings: Settings) -> None:
    page = json.loads(fixture("ted_1.json"))
    page["notices"] = page["notices"][:1]
    page["notices"][0]["buyer-name"] = {"eng": ['=HYPERLINK("x") City Council']}
    page["totalNoticeCount"] = 1
    with serving(answering(lambda *_: page)) as server:
        request = replace(request_for("ted", server.url), endpoint=f"{server.url}/ted")
        found = rows(run(request, settings))
    names = [row["name"] for row in found if row["table"] == "organisations"]
    assert names == ['\'=HYPERLINK("x") City Council']
