"""What happened to each camera, out of history files and of releases that the test makes."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from mapper.clean.first_mapped import Calibration
from mapper.errors import SourceFormatError, UsageError, VerificationError
from mapper.export.history_tables import TABLES, read_first_days
from mapper.model.progress import NoProgress
from mapper.pipeline import history as history_pipeline
from mapper.pipeline.building import build_release
from mapper.pipeline.history import history
from mapper.release.departures import ABSENT
from mapper.settings import Settings
from mapper.sources import osm
from mapper.validate import homes
from mapper.validate.suppression import Suppression, suppression_hash

Make = Callable[..., Path]
Row = dict[str, Any]

FLOCK = {"man_made": "surveillance", "surveillance:type": "ALPR", "manufacturer": "Flock Safety"}
PLAIN = {"man_made": "surveillance", "surveillance": "public", "surveillance:type": "camera"}


def version(osm_id: int, number: int, day: str, tags: dict[str, str] | None, **more: Any) -> Row:  # noqa: ANN401 - fields of an element
    """Describe one version of a node; without tags it is deleted."""
    return {
        "type": "node", "id": osm_id, "version": number, "timestamp": f"{day}T12:00:00Z",
        "lon": 2.35, "lat": 48.85, "tags": tags or {}, "visible": tags is not None, **more,
    }  # fmt: skip


@pytest.fixture(name="settings")
def settings_here(tmp_path: Path) -> Settings:
    return Settings(out_dir=tmp_path / "build")


def run(path: Path | None, settings: Settings) -> tuple[str, list[Row], list[Row]]:
    """Write a history; return what was said, and the rows of both tables."""
    said = history([str(path)] if path else [], settings=settings, progress=NoProgress())
    folder = settings.out_dir / "history"
    events, growth, left = (
        pq.read_table(folder / f"{name}.parquet").to_pylist() for name in TABLES
    )
    # Whatever is told: what left is what ended, and what is withheld beside.
    ended: Counter[str] = Counter()
    for row in growth:
        ended[row["source"]] += row["ended"] * (row["grouped_by"] == "all")
    for row in left:
        ended[row["source"]] -= row["cameras"] * (row["why"] != "withheld since")
    assert not any(ended.values())
    return said, events, growth


def departures(settings: Settings) -> list[tuple[Any, ...]]:
    """Return month, country, reason and number of what left."""
    rows = pq.read_table(settings.history_dir / "departures.parquet").to_pylist()
    return [(row["month"], row["country_code"], row["why"], row["cameras"]) for row in rows]


def told(events: Sequence[Row], camera_id: str) -> list[tuple[Any, ...]]:
    """Return day, kind, before and after of each event of one camera."""
    return [
        (row["not_after_utc"][:10], row["event"], row["before"], row["after"])
        for row in events
        if row["camera_id"] == camera_id
    ]


def test_each_change_of_a_camera_has_its_instant(make_pbf: Make, settings: Settings) -> None:
    path = make_pbf(
        [
            version(1, 1, "2015-03-01", {"highway": "street_lamp"}),
            version(1, 2, "2016-04-02", PLAIN),
            version(1, 3, "2017-05-03", {**FLOCK, "direction": "90"}),
            version(1, 4, "2018-06-04", {**FLOCK, "direction": "180"}),
            version(1, 5, "2019-07-05", {**FLOCK, "direction": "180", "height": "3"}),
            version(1, 6, "2020-08-06", None),
            version(1, 7, "2021-09-07", {**FLOCK, "direction": "180"}),
            version(2, 1, "2016-01-01", PLAIN),
            version(2, 2, "2019-01-01", {"highway": "street_lamp"}),
            version(3, 1, "2016-01-01", PLAIN),
            version(3, 2, "2019-01-01", {**PLAIN, "operator": "Gendarmerie nationale"}),
            version(3, 3, "2020-01-01", {"disused:man_made": "surveillance"}),
            version(4, 1, "2016-01-01", {"highway": "street_lamp"}),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    said, events, _ = run(path, settings)
    assert told(events, "osm:node/1") == [
        ("2016-04-02", "came", None, None),
        ("2017-05-03", "maker", None, "flock-safety"),
        ("2017-05-03", "direction", None, "90"),
        ("2018-06-04", "direction", "90", "180"),
        ("2020-08-06", "ended", None, "deleted"),
        ("2021-09-07", "came back", None, None),
    ]
    assert told(events, "osm:node/2")[-1] == (
        "2019-01-01", "ended", None, "no camera by its tags any more",
    )  # fmt: skip
    assert told(events, "osm:node/3") == [
        ("2016-01-01", "came", None, None),
        ("2019-01-01", "operator", None, "Gendarmerie nationale"),
        ("2020-01-01", "ended", None, "said to be ended"),
    ]
    assert not told(events, "osm:node/4")
    assert all(row["not_before_utc"] == row["not_after_utc"] for row in events)
    assert {row["country_code"] for row in events} == {"FR"}
    assert "3 came, 1 came back, 3 ended, 1 maker, 1 operator, 2 direction" in said
    days = read_first_days(settings.history_dir)
    assert days == {
        "osm:node/1": "2016-04-02",
        "osm:node/2": "2016-01-01",
        "osm:node/3": "2016-01-01",
    }
    (settings.history_dir / "events.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(VerificationError, match="is damaged"):
        read_first_days(settings.history_dir)


def test_growth_counts_all_countries_and_makers_by_month(
    make_pbf: Make, settings: Settings
) -> None:
    berlin = {"lon": 13.4, "lat": 52.5}
    path = make_pbf(
        [
            version(1, 1, "2016-04-02", FLOCK),
            version(2, 1, "2016-04-09", PLAIN),
            version(2, 2, "2018-01-01", None),
            version(3, 1, "2017-02-01", PLAIN, **berlin),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    _, _, growth = run(path, settings)
    names = ("group", "month", "came", "ended", "standing_min", "standing_max")
    rows = [tuple(row[name] for name in names) for row in growth]
    assert rows == [
        ("all", "2016-04", 2, 0, 2, 2),
        ("all", "2017-02", 1, 0, 3, 3),
        ("all", "2018-01", 0, 1, 2, 2),
        ("DE", "2017-02", 1, 0, 1, 1),
        ("FR", "2016-04", 2, 0, 2, 2),
        ("FR", "2018-01", 0, 1, 1, 1),
        ("flock-safety", "2016-04", 1, 0, 1, 1),
        ("not known", "2016-04", 1, 0, 1, 1),
        ("not known", "2017-02", 1, 0, 2, 2),
        ("not known", "2018-01", 0, 1, 1, 1),
    ]


def test_a_way_is_placed_by_its_nodes(make_pbf: Make, settings: Settings) -> None:
    corners = [
        {"type": "node", "id": n, "version": 1, "timestamp": "2014-01-01T00:00:00Z",
         "lon": 13.4 + n / 1e3, "lat": 52.5}
        for n in (1, 2)
    ]  # fmt: skip
    way = {"type": "way", "id": 7, "nodes": [1, 2]}
    path = make_pbf(
        [
            *corners,
            {**way, "version": 1, "timestamp": "2014-01-01T00:00:00Z", "tags": {}},
            {**way, "version": 2, "timestamp": "2016-01-01T00:00:00Z", "tags": PLAIN},
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    _, events, _ = run(path, settings)
    assert [(row["camera_id"], row["event"], row["country_code"]) for row in events] == [
        ("osm:way/7", "came", "DE")
    ]


def test_an_object_of_which_a_version_is_withheld_is_left_out_whole(
    make_pbf: Make, settings: Settings
) -> None:
    path = make_pbf(
        [
            version(1, 1, "2016-01-01", PLAIN),
            version(1, 2, "2017-01-01", {**PLAIN, "camera:type": "doorbell"}),
            version(1, 3, "2018-01-01", PLAIN),
            version(2, 1, "2016-01-01", {**PLAIN, "operator": "Jane Q. Riverton-Miller"}),
        ],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    said, events, _ = run(path, settings)
    assert not told(events, "osm:node/1")
    assert "objects withheld whole" in said
    whole = b"".join(p.read_bytes() for p in (settings.out_dir / "history").glob("*.csv"))
    assert b"Riverton-Miller" not in whole
    assert b'node/1"' not in whole
    assert b'node/2"' in whole


def test_what_somebody_asked_to_be_left_out_has_no_history(
    make_pbf: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pbf(
        [version(1, 1, "2016-01-01", PLAIN), version(2, 1, "2016-01-01", PLAIN, lon=2.5)],
        name="past.osh.pbf", history=True,
    )  # fmt: skip
    listed = Suppression({"salt": frozenset({suppression_hash("salt", "osm", "node/1")})})
    monkeypatch.setattr(history_pipeline, "read_suppressions", lambda _: listed)
    _, events, _ = run(path, settings)
    assert {row["camera_id"] for row in events} == {"osm:node/2"}


def test_the_same_history_gives_the_same_bytes_and_says_what_it_was_made_of(
    make_pbf: Make, settings: Settings
) -> None:
    path = make_pbf([version(1, 1, "2016-01-01", FLOCK)], name="past.osh.pbf", history=True)
    run(path, settings)
    folder = settings.out_dir / "history"
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    run(path, settings)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    (part,) = json.loads(before["origin.json"])["parts"]
    assert part["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert part["license_id"] == "ODbL-1.0"
    with (folder / "dictionary.csv").open(encoding="utf-8") as lines:
        described = [(row["table"], row["column"]) for row in csv.DictReader(lines)]
    for name in TABLES:
        columns = pq.read_schema(folder / f"{name}.parquet").names
        assert [column for table, column in described if table == name] == columns
        with (folder / f"{name}.csv").open(encoding="utf-8") as lines:
            assert next(csv.reader(lines)) == columns


def test_the_days_of_a_history_agree_with_those_that_ids_tell(
    make_pbf: Make, settings: Settings
) -> None:
    table = Calibration.load(settings.calibration_dir)
    between = table.node_ids[10:400:30] + 5
    ids = [int(one) for one in between]
    days = [str(day) for day in table.days_of(between).astype("datetime64[D]")]
    rows = [version(osm_id, 1, day, PLAIN) for osm_id, day in zip(ids, days, strict=True)]
    said, *_ = run(make_pbf(rows, name="past.osh.pbf", history=True), settings)
    assert f"{len(rows)} nodes have a day by their id too" in said
    assert "a median of 0 days after it, 0 of them over 90 days before it" in said
    early = [version(ids[-1], 1, "2008-01-01", PLAIN)]
    said, *_ = run(make_pbf(early, name="odd.osh.pbf", history=True), settings)
    assert "1 of them over 90 days before it" in said


def test_an_extract_of_one_moment_is_no_history_and_a_history_is_no_input(
    make_pbf: Make, settings: Settings
) -> None:
    rows = [version(1, 1, "2016-01-01", PLAIN)]
    with pytest.raises(UsageError, match="one version of each object"):
        history([str(make_pbf(rows))], settings=settings, progress=NoProgress())
    with pytest.raises(SourceFormatError, match="a history file") as caught:
        osm.read(make_pbf(rows, name="h.osh.pbf", history=True), progress=NoProgress())
    assert "mapper history" in caught.value.next_step


def test_between_two_releases_a_change_has_bounds(make_pbf: Make, settings: Settings) -> None:
    def release(rows: list[Row], day: str) -> None:
        path = make_pbf(rows, name="riverton.osm.pbf", timestamp=f"{day}T00:00:00Z")
        build_release([str(path)], settings=settings, progress=NoProgress())

    with pytest.raises(UsageError, match="no two releases of one input"):
        history((), settings=settings, progress=NoProgress())
    stable = [version(n, 3, "2019-01-01", PLAIN, lon=2.3 + n / 1e3) for n in range(11, 20)]
    gone = version(2, 4, "2020-01-01", PLAIN)
    release([version(1, 2, "2020-01-01", PLAIN), gone, *stable], "2025-01-15")
    new = [version(30, 2, "2025-02-02", PLAIN), version(31, 1, "2025-02-03", PLAIN)]
    release([version(1, 3, "2025-02-01", FLOCK), *stable, *new], "2025-03-20")
    said, events, growth = run(None, settings)
    bounds = {
        (row["camera_id"], row["event"]): (row["not_before_utc"], row["not_after_utc"])
        for row in events
    }
    assert bounds["osm:node/1", "maker"] == ("2025-01-15", "2025-03-20")
    assert bounds["osm:node/2", "ended"] == ("2025-01-15", "2025-03-20")
    assert bounds["osm:node/30", "came"] == ("2025-01-15", "2025-03-20")
    # In its first version its own day is known.
    assert bounds["osm:node/31", "came"] == ("2025-02-03", "2025-02-03")
    assert {row["source"] for row in events} == {"releases"}
    total = {row["month"]: row for row in growth if row["grouped_by"] == "all"}
    assert (total["2025-01"]["standing_min"], total["2025-01"]["standing_max"]) == (10, 12)
    assert (total["2025-03"]["standing_min"], total["2025-03"]["standing_max"]) == (12, 12)
    # A year that both bounds share is known, and one that they do not is not.
    days = read_first_days(settings.history_dir)
    assert days["osm:node/30"] == "2025-03-20"
    assert "osm:node/11" not in days
    assert "2 releases, 2025-01-15.1 to 2025-03-20.1" in said


def test_what_a_newer_rule_of_privacy_withholds_has_not_ended_and_leaves_no_trace(
    make_pbf: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def release(rows: list[Row], day: str) -> None:
        path = make_pbf(rows, name="riverton.osm.pbf", timestamp=f"{day}T00:00:00Z")
        build_release([str(path)], settings=settings, progress=NoProgress())

    stable = [version(n, 3, "2019-01-01", PLAIN, lon=2.3 + n / 1e3) for n in range(11, 40)]
    gone = version(2, 4, "2020-01-01", PLAIN)
    indoor = version(3, 4, "2020-01-01", {**PLAIN, "surveillance": "indoor"})
    with monkeypatch.context() as older:
        older.setattr(homes, "insides", lambda tags, _: np.zeros(len(tags), dtype=bool))
        release([gone, indoor, *stable], "2025-01-15")
    release([indoor, *stable], "2025-03-20")
    release([indoor, *stable], "2025-04-20")
    said, events, growth = run(None, settings)
    # One is gone, one withheld; the end of the one would leave the other over.
    assert told(events, "osm:node/2") == told(events, "osm:node/3") == []
    assert departures(settings) == [("2025-03", "FR", ABSENT, 1)]
    assert "1 cameras are withheld since 2025-03-20 by a newer rule of privacy" in said
    total = {row["month"]: row for row in growth if row["grouped_by"] == "all"}
    assert total["2025-01"]["standing_max"] == 30
