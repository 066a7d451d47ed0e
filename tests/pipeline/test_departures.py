"""Whoever left a dataset is told apart: gone, or withheld, and of these a number alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from mapper.errors import UsageError
from mapper.fetch.archive import Archive
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build_release
from mapper.pipeline.history import history
from mapper.release.departures import (
    ABSENT,
    ELSEWHERE,
    GONE,
    NO_CAMERA,
    UNREADABLE,
    WITHHELD,
    Departure,
    Left,
    Unnamed,
    beside_few_withheld,
    departures_of,
)
from mapper.settings import Settings

Make = Callable[..., Path]
Row = dict[str, Any]

PLAIN = {"man_made": "surveillance", "surveillance": "public", "surveillance:type": "camera"}
DOORBELL = {**PLAIN, "camera:type": "doorbell"}
BERLIN = {"lon": 13.4, "lat": 52.5}


def version(osm_id: int, number: int, day: str, tags: Row | None, **more: Any) -> Row:  # noqa: ANN401 - fields of an element
    """Describe one version of a node; without tags it is deleted."""
    return {
        "type": "node", "id": osm_id, "version": number, "timestamp": f"{day}T12:00:00Z",
        "lon": 2.35, "lat": 48.85, "tags": tags or {}, "visible": tags is not None, **more,
    }  # fmt: skip


@pytest.fixture(name="settings")
def settings_here(tmp_path: Path) -> Settings:
    return Settings(out_dir=tmp_path / "build", raw_dir=tmp_path / "raw")


def departures(settings: Settings, source: str) -> list[tuple[Any, ...]]:
    """Return month, country, reason and number of what left."""
    rows = pq.read_table(settings.history_dir / "departures.parquet").to_pylist()
    return [
        (row["month"], row["country_code"], row["why"], row["cameras"])
        for row in rows
        if row["source"] == source
    ]


def events_of(settings: Settings) -> set[tuple[str, str]]:
    """Return every camera and what happened to it."""
    rows = pq.read_table(settings.history_dir / "events.parquet").to_pylist()
    return {(row["camera_id"], row["event"]) for row in rows}


def written(settings: Settings) -> bytes:
    """Return all that a person can read in the folder."""
    return b"".join(path.read_bytes() for path in sorted(settings.history_dir.glob("*.csv")))


def test_a_history_file_tells_deleted_from_lost_tag_from_withheld(
    make_pbf: Make, settings: Settings
) -> None:
    many = [
        row
        for n in range(100, 110)
        for row in (version(n, 1, "2016-01-01", PLAIN), version(n, 2, "2018-05-01", DOORBELL))
    ]
    path = make_pbf(
        [
            version(1, 1, "2016-01-01", PLAIN), version(1, 2, "2017-02-01", None),
            version(2, 1, "2016-01-01", PLAIN), version(2, 2, "2017-02-01", {"amenity": "bench"}),
            # Ten in one month hide one another; the one in Berlin would not be hidden.
            *many,
            version(3, 1, "2016-01-01", PLAIN, **BERLIN),
            version(3, 2, "2018-05-02", DOORBELL, **BERLIN),
            # Withheld from the beginning, and deleted while withheld: it never left the dataset.
            version(4, 1, "2016-01-01", DOORBELL), version(4, 2, "2019-01-01", None),
            # Back in the dataset, though its past is left out whole.
            version(5, 1, "2016-01-01", PLAIN), version(5, 2, "2017-01-01", DOORBELL),
            version(5, 3, "2018-01-01", PLAIN),
            # Withheld, then deleted: it left when it was withheld.
            version(6, 1, "2016-01-01", PLAIN), version(6, 2, "2017-06-01", DOORBELL),
            version(6, 3, "2018-01-01", None),
            # Deleted, and withheld when it came again: it had left before.
            version(7, 1, "2016-01-01", PLAIN), version(7, 2, "2017-06-01", None),
            version(7, 3, "2018-01-01", DOORBELL),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    said = history([str(path)], settings=settings, progress=NoProgress())
    assert departures(settings, "osm_history") == [
        ("2017-02", "FR", "deleted", 1),
        ("2017-02", "FR", "no camera by its tags any more", 1),
        ("2018-05", "FR", WITHHELD, 10),
    ]
    assert "left: 12 withheld since, and in no other table" in said
    assert {camera_id for camera_id, _ in events_of(settings)} == {"osm:node/1", "osm:node/2"}
    assert b"node/3" not in written(settings)


def released(make_pbf: Make, settings: Settings) -> list[Path]:
    """Make two releases; return the files that they were made of."""
    stable = [version(n, 3, "2019-01-01", PLAIN, lon=2.3 + n / 1e3) for n in range(11, 60)]
    first = [version(n, 1, "2020-01-01", PLAIN, lon=2.4 + n / 1e3) for n in range(1, 6)]
    later = [
        version(2, 2, "2025-02-01", DOORBELL),
        version(3, 2, "2025-02-01", {**PLAIN, "surveillance:type": "guard"}),
        version(4, 2, "2025-02-01", PLAIN, lon=0.0, lat=0.0),
    ]
    files = []
    for rows, day in (((*first, *stable), "2025-01-15"), ((*later, *stable), "2025-03-20")):
        path = make_pbf(list(rows), name="riverton.osm.pbf", timestamp=f"{day}T00:00:00Z")
        build_release([str(path)], settings=settings, progress=NoProgress())
        kept = path.with_name(day) / path.name
        kept.parent.mkdir()
        files.append(path.rename(kept))
    return files


def test_the_bytes_that_a_release_was_made_of_tell_gone_from_withheld_until_they_are_harmed(
    make_pbf: Make, settings: Settings
) -> None:
    files = released(make_pbf, settings)
    said = history((), settings=settings, progress=NoProgress())
    assert departures(settings, "releases") == [
        ("2025-03", "FR", NO_CAMERA, 1), ("2025-03", "FR", ABSENT, 4),
    ]  # fmt: skip
    assert "4 cameras are gone, or withheld" in said
    said = history((), files=files, settings=settings, progress=NoProgress())
    assert departures(settings, "releases") == [
        ("2025-03", "FR", NO_CAMERA, 1),
        ("2025-03", "FR", GONE, 2),
        ("2025-03", "FR", UNREADABLE, 1),
    ]
    assert "left: 1 withheld since" in said
    assert "are gone, or withheld" not in said
    assert "is the input of none of them" not in said
    other = files[0].rename(files[0].with_name("other.osm.pbf"))
    said = history((), files=[other], settings=settings, progress=NoProgress())
    assert "other.osm.pbf is the input of none of them, by its name and hash" in said
    other.rename(files[0])
    with pytest.raises(UsageError, match=r"nowhere\.pbf is no file"):
        history((), files=[Path("nowhere.pbf")], settings=settings, progress=NoProgress())
    history((), files=files, settings=settings, progress=NoProgress())
    # Node 2 is withheld. Were 1 and 5 said to be gone, it would be what is missing and left over.
    assert {camera_id for camera_id, kind in events_of(settings) if kind == "ended"} == {
        "osm:node/3", "osm:node/4",
    }  # fmt: skip
    assert not any(b'node/%d"' % osm_id in written(settings) for osm_id in (1, 2, 5))
    growth = pq.read_table(settings.history_dir / "growth.parquet").to_pylist()
    assert sum(row["ended"] for row in growth if row["grouped_by"] == "all") == 4

    # The archive tells it too, and a body that was harmed tells nothing.
    archive = Archive(settings.raw_dir)
    for path in files:
        body = archive.part_path("extract")
        body.write_bytes(path.read_bytes())
        kept = archive.keep_new(
            body, source_id="osm", request_key="https://example.org/x.osm.pbf",
            url="https://example.org/x.osm.pbf", retrieved_at_utc="2025-04-01T00:00:00+00:00",
            media_type="application/octet-stream", license_id="ODbL-1.0", proof="length",
        )  # fmt: skip
    history((), settings=settings, progress=NoProgress())
    assert ("2025-03", "FR", GONE, 2) in departures(settings, "releases")
    archive.body_path(kept.sha256).write_bytes(b"harmed")
    history((), settings=settings, progress=NoProgress())
    assert ("2025-03", "FR", ABSENT, 4) in departures(settings, "releases")


def test_a_history_file_beside_releases_says_how_it_ended_and_whose_past_is_left_out(
    make_pbf: Make, settings: Settings
) -> None:
    released(make_pbf, settings)
    path = make_pbf(
        [
            version(1, 1, "2020-01-01", PLAIN), version(1, 2, "2025-02-01", None),
            version(2, 1, "2020-01-01", PLAIN), version(2, 2, "2025-02-01", DOORBELL),
            # Ended after the last release, which cannot be why that did not have it.
            version(5, 1, "2020-01-01", PLAIN), version(5, 2, "2025-06-01", None),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    history([str(path)], settings=settings, progress=NoProgress())
    assert ("2025-03", "FR", "deleted", 1) in departures(settings, "releases")
    # One of the three is withheld by the file, and has no event.
    assert ("2025-03", "FR", ABSENT, 3) in departures(settings, "releases")
    # Neither source names node 1, which is gone beside the withheld one.
    assert not any(b'node/%d"' % osm_id in written(settings) for osm_id in (1, 2))


def four_releases(make_pbf: Make, settings: Settings) -> list[Path]:
    """Make releases: node 2 is withheld since March; 7 in March, back in May, deleted in July."""
    stable = [version(n, 3, "2019-01-01", PLAIN, lon=2.3 + n / 1e3) for n in range(11, 60)]
    withheld = version(2, 4, "2025-02-01", DOORBELL)
    of_days = {
        "2025-01-15": [version(2, 3, "2020-01-01", PLAIN), version(7, 1, "2020-01-01", PLAIN)],
        "2025-03-20": [withheld, version(7, 2, "2025-02-01", DOORBELL)],
        "2025-05-20": [withheld, version(7, 3, "2025-04-01", PLAIN)],
        "2025-07-20": [withheld],
    }
    files = []
    for day, rows in of_days.items():
        path = make_pbf([*rows, *stable], name="riverton.osm.pbf", timestamp=f"{day}T00:00:00Z")
        build_release([str(path)], settings=settings, progress=NoProgress())
        kept = path.with_name(day) / path.name
        kept.parent.mkdir()
        files.append(path.rename(kept))
    return files


def test_an_end_of_long_ago_is_not_how_a_withheld_camera_left_and_the_file_does_not_name_it(
    make_pbf: Make, settings: Settings
) -> None:
    files = four_releases(make_pbf, settings)
    # Older than any of the releases: node 2 was deleted once, and came back.
    path = make_pbf(
        [
            version(2, 1, "2016-01-01", PLAIN), version(2, 2, "2017-02-01", None),
            version(2, 3, "2020-01-01", PLAIN),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    said = history([str(path)], files=files, settings=settings, progress=NoProgress())
    assert b'node/2"' not in written(settings)
    assert not any(why == "deleted" for *_, why, _ in departures(settings, "releases"))
    assert departures(settings, "osm_history") == [("2017-02", "FR", "deleted", 1)]
    assert "left: 1 withheld since" in said

    # Without the inputs nobody knows, and an end of 2017 is none of 2025.
    history([str(path)], settings=settings, progress=NoProgress())
    assert ("2025-03", "FR", ABSENT, 2) in departures(settings, "releases")


def test_a_camera_that_came_back_and_was_deleted_is_gone_and_not_withheld(
    make_pbf: Make, settings: Settings
) -> None:
    files = four_releases(make_pbf, settings)
    said = history((), files=files, settings=settings, progress=NoProgress())
    assert ("2025-07", "FR", GONE, 1) in departures(settings, "releases")
    assert "left: 1 withheld since" in said
    # It was withheld once, and stays without a history.
    assert b'node/7"' not in written(settings)


@pytest.mark.parametrize(
    ("further", "why"),
    [
        ([], "deleted"),
        # The file has it standing again on the day of the release, which does not have it.
        ([version(1, 3, "2025-02-20", PLAIN)], ABSENT),
        ([version(1, 3, "2025-06-20", PLAIN)], "deleted"),
    ],
)
def test_an_end_counts_between_the_two_releases_and_where_nothing_came_back_in_time(
    make_pbf: Make, settings: Settings, further: list[Row], why: str
) -> None:
    released(make_pbf, settings)
    rows = [version(1, 1, "2020-01-01", PLAIN), version(1, 2, "2025-02-01", None), *further]
    path = make_pbf(rows, name="past.osh.pbf", history=True)
    history([str(path)], settings=settings, progress=NoProgress())
    rows = pq.read_table(settings.history_dir / "events.parquet").to_pylist()
    ends = [
        row["after"]
        for row in rows
        if (row["camera_id"], row["event"], row["source"]) == ("osm:node/1", "ended", "releases")
    ]
    assert ends == [why]


@pytest.mark.parametrize(
    ("withheld", "rows"),
    [
        # A dataset of one country hides nobody by another name for it.
        ({("2025-03", "MC"): 1}, []),
        ({("2025-03", "MC"): 9}, []),
        ({("2025-03", "MC"): 10}, [("2025-03", "MC", 10)]),
        ({("2025-03", "FR"): 6, ("2025-03", "DE"): 4}, [("2025-03", ELSEWHERE, 10)]),
        ({("2025-03", "FR"): 6, ("2025-04", "FR"): 4}, [("", ELSEWHERE, 10)]),
        ({("2025-03", "FR"): 12, ("2025-03", "DE"): 9}, [("2025-03", "FR", 12)]),
        ({("2025-03", ""): 12}, [("2025-03", ELSEWHERE, 12)]),
    ],
)
def test_a_number_of_withheld_cameras_is_told_only_where_it_is_large(
    withheld: dict[tuple[str, str], int], rows: list[tuple[str, str, int]]
) -> None:
    left = [
        Unnamed(f"{month}-02", country_code, WITHHELD)
        for (month, country_code), count in withheld.items()
        for _ in range(count)
    ]
    assert list(departures_of([], left, smallest_count=10)) == [
        Departure(month, country_code, WITHHELD, count) for month, country_code, count in rows
    ]


def test_whoever_is_gone_covers_a_few_withheld_ones_of_the_same_country_and_release() -> None:
    def left(country_code: str, why: str, *osm_ids: int, day: str = "2025-03-20") -> list[Left]:
        return [Left(f"osm:node/{n}", Unnamed(day, country_code, why)) for n in osm_ids]

    missing = [
        *left("FR", WITHHELD, 1), *left("FR", GONE, 2), *left("FR", "deleted", 3),
        # These stand in other tables of the release.
        *left("FR", NO_CAMERA, 4), *left("FR", UNREADABLE, 5),
        *left("DE", GONE, 6), *left("FR", GONE, 7, day="2025-04-20"),
        *left("US", WITHHELD, *range(20, 30)), *left("US", GONE, 30),
    ]  # fmt: skip
    hidden = {each.camera_id for each in missing if each.told.why == WITHHELD}
    beside = beside_few_withheld(missing, hidden, smallest_count=10)
    assert beside == {"osm:node/2", "osm:node/3"}
