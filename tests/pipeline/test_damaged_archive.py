"""Whatever befell a note of the archive: the source is named, and no other build hears of it."""

import importlib
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import MapperError
from mapper.fetch.archive import Archive
from mapper.model.progress import NoProgress
from mapper.pipeline import collecting
from mapper.pipeline.inputs import read_inputs
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.settings import Settings
from mapper.sources import sources_by_id

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
BUILT_IN = "rochester_police_cameras_us"
OWN = "harbour"
RIVERTON = str(FIXTURES / "osm" / "riverton.json")
_WRONG: tuple[Any, ...] = (None, 5, -1, 1e308, "", [], {}, "x" * 5_000, "\ud800", True, 2**70)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Fill an archive with a collected source and a list of one's own."""
    root = tmp_path_factory.mktemp("archive")
    module = importlib.import_module(f"mapper.sources.{BUILT_IN}")
    before = module.INFO
    patch = pytest.MonkeyPatch()
    # The fixture is a few rows of a list of hundreds.
    patch.setattr(module, "INFO", replace(before, row_count_min=1))
    sources_by_id.cache_clear()
    archive = Archive(root / "raw")
    part = archive.part_path(BUILT_IN)
    part.write_bytes(next((FIXTURES / "sources" / BUILT_IN).glob("input.*")).read_bytes())
    archive.keep_new(
        part,
        source_id=BUILT_IN,
        request_key=BUILT_IN,
        url="https://data.example/",
        retrieved_at_utc="2026-03-02T00:00:00Z",
        media_type="application/json",
        license_id=before.license_id,
        proof="end of json",
    )
    path = root / f"{OWN}.csv"
    path.write_text("id,lat,lon\n" + "".join(f"C{n},60.{n},24.{n}\n" for n in range(1, 7)))
    request = ImportRequest(path=path, publisher="P", date="2025", license_id="CC0-1.0")
    import_list(request, settings=Settings(raw_dir=root / "raw"))
    yield root
    patch.undo()
    sources_by_id.cache_clear()


def damages(body: bytes) -> Iterator[bytes]:
    """Yield what crashes, editors, disks and hands make of a note."""
    yield from (b"", b"\0" * 20, b"\xff\xfe" + body, body[: len(body) // 2], body + body)
    yield from (b"null\n", b"[]\n", b"{}\n", b"1", b"[" * 50_000, body.replace(b"2026", b"9999"))
    yield body.replace(b'"sha256": "', b'"sha256": "../../')
    try:
        members = json.loads(body)
    except ValueError:
        members = {}
    for name in members if isinstance(members, dict) else ():
        for value in _WRONG:
            yield json.dumps({**members, name: value}).encode()
        yield json.dumps({key: members[key] for key in members if key != name}).encode()
    chance = random.Random(len(body))  # noqa: S311 - no secret
    for _ in range(8):
        odd = bytearray(body)
        for _ in range(chance.randint(1, 4)):
            odd[chance.randrange(len(odd))] = chance.randrange(256)
        yield bytes(odd)


def test_every_damage_is_said_plainly_and_stays_where_it_is(whole: Path, tmp_path: Path) -> None:
    notes = [
        path.relative_to(whole)
        for path in (whole / "raw").rglob("*")
        if path.suffix in {".json", ".jsonl"} and path.is_file()
    ]
    assert len(notes) >= 3
    tried = 0
    refused: list[tuple[int, str]] = []
    for note in notes:
        for body in damages((whole / note).read_bytes()):
            root = tmp_path / str(tried)
            shutil.copytree(whole, root)
            (root / note).write_bytes(body)
            settings = Settings(raw_dir=root / "raw")
            collecting.sources(as_json=True, settings=settings)
            read_inputs([RIVERTON], settings=settings, progress=NoProgress())
            for name in (OWN, BUILT_IN):
                try:
                    read_inputs([name], settings=settings, progress=NoProgress())
                except MapperError as error:
                    refused.append((error.exit_code, str(error).strip()))
            shutil.rmtree(root)
            tried += 1
    assert tried > 300
    assert len(refused) > 100
    assert {code for code, _ in refused} <= {2, 3, 4, 6}
    assert all(text for _, text in refused)
