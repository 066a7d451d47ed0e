"""A collected list beside its earlier snapshots: which is used, and which blocks itself."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.errors import SourceChangedError, SourceFormatError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.model.observation import Observation, Reject
from mapper.validate.list_runs import attempts, note_attempt
from mapper.validate.list_snapshots import judge, newest_good, read_listed
from tests.validate.riverton import RIVERTON

INFO = replace(RIVERTON, row_count_min=2, country_codes=frozenset({"AU"}))
CANBERRA = [149.13, -35.28]


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """Read a list of positions, as the stand-in publishes it; null is a row without one."""
    for number, place in enumerate(json.loads(body)):
        if place is None:
            yield Reject(INFO.source_id, str(number), "no position")
        else:
            yield Observation(INFO.source_id, str(number), place[0], place[1], tags={})


def collected(archive: Archive, at_utc: str, places: list[list[float] | None]) -> Collected:
    part = archive.part_path("list")
    part.write_text(json.dumps(places), "utf-8")
    return archive.keep_new(
        part,
        source_id=INFO.source_id,
        request_key="list",
        url="https://data.riverton.example/cameras.csv",
        retrieved_at_utc=at_utc,
        media_type="text/csv",
        license_id=INFO.license_id,
        proof="whole",
    )


def taken(archive: Archive, at_utc: str, places: list[list[float] | None]) -> Collected:
    """Collect a snapshot and write down how it is."""
    kept = collected(archive, at_utc, places)
    note_attempt(archive, judge(INFO, kept, archive, parse))
    return kept


@pytest.fixture(name="archive")
def an_archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "raw")


def test_a_snapshot_is_its_cameras_and_its_rejects(archive: Archive) -> None:
    kept = collected(archive, "2026-01-01T00:00:00Z", [CANBERRA, None, CANBERRA])
    listed = read_listed(INFO, kept, archive, parse)
    assert listed.kept == kept
    assert [row.source_ref for row in listed.observations] == ["0", "2"]
    assert [row.source_ref for row in listed.rejects] == ["1"]
    attempt = judge(INFO, kept, archive, parse)
    assert (attempt.rows, attempt.rejects, attempt.trouble) == (2, 1, "")
    assert (attempt.sha256, attempt.at_utc) == (kept.sha256, "2026-01-01T00:00:00Z")


def test_a_camera_outside_its_publishers_country_is_a_reject_with_its_position(
    archive: Archive,
) -> None:
    kept = collected(archive, "2026-01-01T00:00:00Z", [CANBERRA, CANBERRA, [10.0, 50.0]])
    (reject,) = read_listed(INFO, kept, archive, parse).rejects
    assert reject == Reject(INFO.source_id, "2", "outside the publisher's country", "10.0 50.0")


def test_fewer_rows_than_the_source_ever_had_are_no_list(archive: Archive) -> None:
    kept = collected(archive, "2026-01-01T00:00:00Z", [CANBERRA])
    with pytest.raises(SourceChangedError, match="1 rows, expected at least 2") as told:
        read_listed(INFO, kept, archive, parse)
    assert INFO.landing_page in str(told.value.next_step)
    assert "expected at least 2" in judge(INFO, kept, archive, parse).trouble
    two = collected(archive, "2026-01-02T00:00:00Z", [CANBERRA, CANBERRA])
    assert judge(INFO, two, archive, parse).trouble == ""


def test_a_body_that_is_gone_or_was_edited_is_no_evidence(archive: Archive) -> None:
    kept = collected(archive, "2026-01-01T00:00:00Z", [CANBERRA, CANBERRA])
    path = archive.body_path(kept.sha256)
    path.chmod(0o644)
    path.write_text("[]", "utf-8")
    with pytest.raises(SourceFormatError, match="is not what was collected") as edited:
        read_listed(INFO, kept, archive, parse)
    assert str(path) in str(edited.value.next_step)
    path.unlink()
    with pytest.raises(SourceFormatError, match="is gone from the archive") as gone:
        read_listed(INFO, kept, archive, parse)
    assert kept.sha256[:12] in str(gone.value)
    assert f"mapper collect {INFO.source_id}" in str(gone.value.next_step)


def test_the_newest_good_snapshot_is_used_and_what_is_newer_is_said(archive: Archive) -> None:
    good = taken(archive, "2026-01-01T00:00:00Z", [CANBERRA] * 10)
    taken(archive, "2026-02-01T00:00:00Z", [CANBERRA] * 4)
    listed = newest_good(INFO, archive, parse)
    assert listed.kept.sha256 == good.sha256
    (note,) = listed.notes
    assert note.startswith("the snapshot of 2026-02-01T00:00:00Z is not used: riverton_cctv_au: 4")


def test_a_reason_takes_the_fallen_list_and_it_is_the_measure_from_then_on(
    archive: Archive,
) -> None:
    taken(archive, "2026-01-01T00:00:00Z", [CANBERRA] * 10)
    fallen = taken(archive, "2026-02-01T00:00:00Z", [*([CANBERRA] * 4), None])
    listed = newest_good(INFO, archive, parse, accepted_change="half was taken down")
    assert (listed.kept.sha256, listed.notes) == (fallen.sha256, ())
    last = attempts(archive, INFO.source_id)[-1]
    assert (last.trouble, last.accepted_reason) == ("", "half was taken down")
    assert (last.rows, last.rejects) == (4, 1)
    assert newest_good(INFO, archive, parse).kept.sha256 == fallen.sha256
    again = collected(archive, "2026-03-01T00:00:00Z", [CANBERRA] * 4)
    assert judge(INFO, again, archive, parse).trouble == ""


def test_a_good_snapshot_is_not_written_down_anew_for_a_reason(archive: Archive) -> None:
    taken(archive, "2026-01-01T00:00:00Z", [CANBERRA] * 10)
    newest_good(INFO, archive, parse, accepted_change="nothing fell")
    assert [attempt.accepted_reason for attempt in attempts(archive, INFO.source_id)] == [""]


def test_a_body_that_came_again_is_as_new_as_its_last_coming(archive: Archive) -> None:
    first = collected(archive, "2026-01-01T00:00:00Z", [CANBERRA] * 10)
    collected(archive, "2026-02-01T00:00:00Z", [CANBERRA] * 11)
    archive.note(replace(first, retrieved_at_utc="2026-03-01T00:00:00Z"))
    assert newest_good(INFO, archive, parse).kept.retrieved_at_utc == "2026-03-01T00:00:00Z"


def test_where_no_snapshot_can_be_used_the_newest_says_why(archive: Archive) -> None:
    collected(archive, "2026-01-01T00:00:00Z", [])
    collected(archive, "2026-02-01T00:00:00Z", [CANBERRA])
    with pytest.raises(SourceChangedError, match="1 rows"):
        newest_good(INFO, archive, parse)


def test_a_list_that_was_never_collected_says_how_to(archive: Archive) -> None:
    with pytest.raises(UsageError, match="was not collected yet") as told:
        newest_good(INFO, archive, parse)
    assert f"mapper collect {INFO.source_id}" in str(told.value.next_step)
