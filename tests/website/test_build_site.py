"""The whole page: complete, the same for the same content, and replaced at once."""

import json
import os
import re
import shutil
import subprocess
import sys
from array import array
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from mapper.errors import StorageError
from mapper.model.basemap import Basemap, BasemapKind
from mapper.settings import PAGE_STORE_VARIABLE, Settings
from mapper.website.build import SiteContent, build_site
from tests.website.frames import camera, content, frame, organisation, small_front_end
from tests.website.unpack import read_payload, unpack_cameras


def _town(*, backwards: bool = False) -> SiteContent:
    rows = [
        camera(
            number,
            24.9 + (number * 7919 % 100) * 0.001,
            60.1 + (number * 104_729 % 100) * 0.001,
            vendor_id="acme" if number % 4 == 0 else None,
            vendor_rung="B" if number % 4 == 0 else "unknown",
            device_type="plate_reader" if number % 5 == 0 else "camera",
            zone=("traffic", "town", None)[number % 3],
            directions_deg=[float(number % 360)] if number % 2 else None,
        )
        for number in range(200)
    ]
    guards = frame([camera(900, device_type="guard"), camera(901, device_type="guard")])
    town = content(frame(rows[::-1] if backwards else rows), organisation("acme", "Acme"))
    return SiteContent(town.cameras, guards, town.registry, town.info, town.context)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_file_that_the_page_may_ask_for_is_there(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    summary = build_site(_town(), settings=settings)
    assert summary.index_path == settings.site_dir / "index.html"
    assert set(_hashes(settings.site_dir)) == {
        "index.html",
        "assets/leaflet.js",
        "assets/leaflet-LICENSE.txt",
        "assets/page.js",
        "assets/tools.js",
        "assets/noscript.css",
        "assets/i18n-en.js",
        "data/meta.js",
        "data/land-110m.js",
        "data/land-50m.js",
        "data/coast/index.js",
        "data/coast/6-35-19.js",
        "data/coast/6-35-18.js",
        "data/coast/6-36-19.js",
        "data/coast/6-36-18.js",
        "data/overview.js",
        "data/cameras.js",
        "data/deployment-evidence.js",
        "data/deployments.js",
        "data/labels.js",
        "data/names-arab.js",
        "data/names-cyrl.js",
        "data/names-hani.js",
        "data/names-latn.js",
        "data/world.js",
        "data/details/000.js",
        "data/ids/000.js",
        "data/search.js",
        "data/places.js",
        "data/roads.js",
        "data/route.js",
    }
    assert summary.size_bytes == sum(
        path.stat().st_size for path in settings.site_dir.rglob("*") if path.is_file()
    )


def test_meta_explains_every_code_of_the_column_file(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_town(), settings=settings)
    meta = read_payload(settings.site_dir, "meta")
    rows = unpack_cameras(read_payload(settings.site_dir, "cameras"))
    assert meta["n"] == len(rows) == 200
    for plane, words in (
        ("kind", "kinds"),
        ("vendor", "vendors"),
        ("rung", "rungs"),
        ("visibility", "visibilities"),
        ("zone", "zones"),
        ("lifecycle", "lifecycles"),
    ):
        counts = [0] * len(meta[words])
        for row in rows:
            counts[getattr(row, plane)] += 1
        assert [entry["count"] for entry in meta[words]] == counts
    # By hand: multiples of 5 below 200; multiples of 4; three zones in turn from 0.
    assert [(kind["id"], kind["count"]) for kind in meta["kinds"]] == [
        ("camera", 160),
        ("plate_reader", 40),
        ("enforcement_camera", 0),
    ]
    assert meta["vendors"] == [
        {"id": None, "name": None, "count": 150, "rows": 150},
        {"id": "acme", "name": "Acme", "count": 50, "rows": 50},
    ]
    assert [(zone["id"], zone["count"]) for zone in meta["zones"]] == [
        (None, 66),
        ("town", 67),
        ("traffic", 67),
    ]
    assert meta["with_direction"] == 100


def test_a_year_is_that_of_the_history_where_there_is_one(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    rows = [camera(n, 24.9 + n, 60.1, first_mapped_on="2010-05-01") for n in range(3)]
    cameras = frame(rows)
    told = {cameras["camera_id"].iloc[1]: "2024-02-29", "osm:node/999": "2001-01-01"}
    build_site(replace(content(cameras), first_days=told), settings=settings)
    meta = read_payload(settings.site_dir, "meta")
    packed = unpack_cameras(read_payload(settings.site_dir, "cameras"))
    years = sorted(row.year + meta["year_base"] for row in packed)
    assert years == [2010, 2010, 2024]
    assert meta["years_by_history"] == 1
    build_site(content(cameras), settings=settings)
    assert read_payload(settings.site_dir, "meta")["years_by_history"] == 0


def test_what_does_not_stand_is_in_the_page_and_in_no_total(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    lives = ["in_use", "ended", "planned", "unknown", "ended"]
    rows = [
        camera(n, 24.9 + n, 60.1, lifecycle=life, vendor_id="acme" if n == 1 else None)
        for n, life in enumerate(lives)
    ]
    build_site(content(frame(rows), organisation("acme", "Acme")), settings=settings)
    meta = read_payload(settings.site_dir, "meta")
    assert (meta["n"], meta["standing"]) == (5, 2)
    assert [(word["id"], word["count"], word["rows"]) for word in meta["lifecycles"]] == [
        ("in_use", 1, 1),
        ("unknown", 1, 1),
        ("planned", 0, 1),
        ("ended", 0, 2),
    ]
    assert meta["vendors"][1] == {"id": "acme", "name": "Acme", "count": 0, "rows": 1}
    assert meta["extent"]["east"] == 27.9
    packed = unpack_cameras(read_payload(settings.site_dir, "cameras"))
    said = [meta["lifecycles"][row.lifecycle]["id"] for row in packed]
    assert sorted(said) == sorted(lives)
    assert sum(read_payload(settings.site_dir, "overview")["count"]) == 2
    countries = read_payload(settings.site_dir, "search")["countries"]
    assert [country["cameras"] for country in countries if country["cameras"]] == [2]
    # Where nothing stands, the frame is around what there is.
    build_site(content(frame(rows[1:3]), organisation("acme", "Acme")), settings=settings)
    assert read_payload(settings.site_dir, "meta")["extent"]["west"] == 25.9


def test_the_page_opens_where_nearly_all_cameras_are_and_tells_the_whole_extent(
    tmp_path: Path,
) -> None:
    settings = small_front_end(tmp_path)
    rows = [camera(number, 24.9 + number * 1e-5, 60.1) for number in range(1_000)]
    rows[0] = camera(0, -30.0, 39.0)
    build_site(content(frame(rows)), settings=settings)
    meta = read_payload(settings.site_dir, "meta")
    assert meta["opening"]["west"] == pytest.approx(24.9, abs=0.001)
    assert meta["extent"] == {"west": -30.0, "south": 39.0, "east": 24.90999, "north": 60.1}
    build_site(content(frame(rows[:2])), settings=settings)
    few = read_payload(settings.site_dir, "meta")
    assert few["opening"] == few["extent"]


def test_guards_are_counted_beside_the_cameras_and_never_drawn(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_town(), settings=settings)
    assert read_payload(settings.site_dir, "meta")["other_devices"] == [
        {"kind": "guard", "count": 2}
    ]
    for path in (settings.site_dir / "data" / "details").iterdir():
        assert "node/900" not in path.read_text("ascii")


def test_the_same_content_in_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for name, town in (("one", _town()), ("two", _town(backwards=True))):
        (tmp_path / name).mkdir()
        settings = small_front_end(tmp_path / name)
        build_site(town, settings=settings)
        hashes.append(_hashes(settings.site_dir))
    assert hashes[0] == hashes[1]


_PROGRAM = """
import sys
from array import array
from pathlib import Path
from mapper.settings import Settings
from mapper.website.build import build_site
from tests.website.test_build_site import _town
build_site(_town(), settings=Settings(out_dir=Path(sys.argv[1])))
"""


def test_hash_seed_and_time_zone_change_nothing(tmp_path: Path) -> None:
    hashes = []
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        out = tmp_path / seed
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _PROGRAM, str(out)],
            check=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, PAGE_STORE_VARIABLE: ""},
        )
        hashes.append(_hashes(out / "site"))
    assert hashes[0] == hashes[1]


def test_an_older_build_is_replaced_whole(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    settings.site_dir.mkdir(parents=True)
    (settings.site_dir / "old.html").write_text("old", encoding="utf-8")
    build_site(_town(), settings=settings)
    assert not (settings.site_dir / "old.html").exists()


def test_a_build_that_fails_leaves_the_old_page(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_town(), settings=settings)
    before = _hashes(settings.site_dir)
    (settings.site_source_dir / "templates" / "page_body.html").write_text(
        "{{ not_given }}", encoding="utf-8"
    )
    with pytest.raises(Exception, match="not_given"):
        build_site(_town(), settings=settings)
    assert _hashes(settings.site_dir) == before


def test_a_missing_front_end_is_named(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    shutil.rmtree(settings.site_source_dir)
    with pytest.raises(StorageError, match=r"page\.json") as caught:
        build_site(_town(), settings=settings)
    assert caught.value.next_step


def test_the_body_template_escapes_what_it_is_given(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_town(), settings=settings)
    page = (settings.site_dir / "index.html").read_text("utf-8")
    assert "<h1>A &amp; B</h1>" in page


def test_the_ground_is_written_where_it_was_read(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    town = _town()
    ground = Basemap()
    ground.append(BasemapKind.STREET_MAJOR, "High Street", array("d", [24.9, 60.1, 24.91, 60.1]))
    with_ground = SiteContent(town.cameras, town.other_devices, town.registry, town.info, ground)
    summary = build_site(with_ground, settings=settings)
    assert (summary.context.choice, summary.context.shard_count) == ("full", 1)
    told = read_payload(settings.site_dir, "meta")["context"]
    assert told["bytes"] == summary.context.size_bytes
    assert read_payload(settings.site_dir, "context/index")["tiles"]


def test_the_real_front_end_refers_to_no_other_host_but_in_plain_links(tmp_path: Path) -> None:
    settings = Settings(out_dir=tmp_path)
    build_site(_town(), settings=settings)
    page = (settings.site_dir / "index.html").read_text("utf-8")
    # An <a href> is followed by a person; anything else would be loaded.
    loaded = re.sub(r'<a\s[^>]*href="[^"]*"', "", page)
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]+", loaded) == []
    for path in (settings.site_dir / "assets").iterdir():
        if path.suffix == ".css":
            assert not re.findall(r"url\((?!images/|#)[^)]*\)|@import", path.read_text("utf-8"))
    assert json.loads((settings.site_source_dir / "page.json").read_text("utf-8"))["lang"] in page
