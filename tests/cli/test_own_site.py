"""From nothing to a site of one's own, and a month later: init, collect, build, feeds."""

import html
import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest

from mapper.release.concluded_again import read_rows
from mapper.website.feeds.camera_entries import camera_entries
from tests.cli import inputs
from tests.cli.command import Door
from tests.fetch.raw_server import Script, ok, serving

TITLE = "Kamera's {{ 1/0 }} & <b>"
CONTACT = "mailto:maps@example.org"
ADDRESS = "https://example.org/cameras/"
NEXT_MONTH = "2026-04-01T12:00:00Z"
_WAYS = re.compile(r'(?:href|src)="([^"]+)"')
_OTHER_LANGUAGE = re.compile(
    r"assets/i18n-(?!en)|data/(?:labels|deployments|deployment-evidence)-|(?:ar|de|es|fr|ru|zh)/index\.html$"
)


def _overpass(elements: list[dict[str, Any]], day: str) -> Script:
    def script(request: bytes, connection: socket.socket) -> None:
        found: list[dict[str, Any]] = [] if b"out%20tags%20geom" in request else elements
        connection.sendall(ok(inputs.answer(found).replace(inputs.DATA_TIME, day).encode()))

    return script


def collect(door: Door, folder: Path, elements: list[dict[str, Any]], day: str) -> None:
    """Let a site collect from a stand-in for Overpass that its own file names."""
    path = folder / "mapper.toml"
    before = path.read_text("utf-8")
    with serving(_overpass(elements, day)) as server:
        named = f'[collect]\nendpoint = "{server.url}/api/interpreter"'
        path.write_text(before.replace("[collect]", named, 1), "utf-8")
        told = door.run("collect", "-q", "--allow-old", cwd=folder)
    path.write_text(before, "utf-8")
    assert told.code == 0, told


def _collect_and_build(door: Door, folder: Path, elements: list[dict[str, Any]], day: str) -> None:
    collect(door, folder, elements, day)
    told = door.run("build", "-q", cwd=folder)
    assert told.code == 0, told


@pytest.fixture(scope="module")
def twice(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a site, and a month later make it again from what changed; give its folder."""
    place = tmp_path_factory.mktemp("own")
    words = ("--title", TITLE, "--contact", CONTACT, "--base-address", ADDRESS)
    told = door.run("init", "mine", "--place", "Ghent, BE", *words, cwd=place)
    assert told.code == 0, told
    folder = place / "mine"
    path = folder / "mapper.toml"
    text = path.read_text("utf-8").replace('place = "Ghent, BE"', 'bbox = "9.99,49.99,10.01,50.01"')
    text += '[site.intro]\nen = "Ours, since <i>2026</i>."\n[site.colours]\ncamera = "#8a3ffc"\n'
    path.write_text(text.replace("# [site.colours]\n", ""), "utf-8")
    before = [*inputs.cameras(40), inputs.camera(50, operator="City of Riverton")]
    _collect_and_build(door, folder, before, inputs.DATA_TIME)
    dome = inputs.camera(0)
    dome["tags"]["camera:type"] = "dome"
    after = [
        dome,
        *inputs.cameras(40)[2:],
        inputs.camera(50, operator="City of Riverton", disused="yes"),
        inputs.camera(60, manufacturer="Hikvision"),
    ]
    _collect_and_build(door, folder, after, NEXT_MONTH)
    yield folder
    shutil.rmtree(place)


def test_the_site_is_one_folder_in_which_every_way_stays(twice: Path) -> None:
    site = twice / "build" / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        for way in _WAYS.findall(page.read_text("utf-8")):
            parts = urlsplit(way)
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / parts.path).resolve()
            assert target.is_relative_to(site), (page.name, way)
            assert target.is_file(), (page.name, way)


def test_beside_its_cameras_the_site_is_under_three_megabytes(twice: Path) -> None:
    site = twice / "build" / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    cameras = [path for path in files if path.name.startswith(("cameras_", "observations_"))]
    assert cameras
    # Each of the six further languages of the map takes some 135 kB, its styles among them.
    others = [path for path in files if _OTHER_LANGUAGE.match(path.relative_to(site).as_posix())]
    assert len(others) == 6 * 5
    assert sum(path.stat().st_size for path in others) < 840_000
    own = set(files) - set(cameras) - set(others)
    assert sum(path.stat().st_size for path in own) < 3_000_000


def test_the_release_inside_the_site_is_the_latest_one_whole(door: Door, twice: Path) -> None:
    pointer = json.loads((twice / "build/release/latest.json").read_text("utf-8"))
    (inside,) = (twice / "build/site/downloads").iterdir()
    assert inside.name == pointer["release_id"] == "2026-04-01.1"
    told = door.run("verify", str(inside), "--deep", cwd=twice)
    assert told.code == 0, told


def test_what_the_site_says_of_itself_is_text_on_every_page(twice: Path) -> None:
    site = twice / "build" / "site"
    for name in ("index.html", "data.html", "vendors/index.html"):
        text = (site / name).read_text("utf-8")
        assert TITLE not in text, name
        assert TITLE in html.unescape(text), name
    index = (site / "index.html").read_text("utf-8")
    assert "Ours, since &lt;i&gt;2026&lt;/i&gt;." in index
    assert "--camera: var(--light, #8a3ffc) var(--dark, #8a3ffc);" in index
    data = (site / "data.html").read_text("utf-8")
    assert f'href="{CONTACT}"' in data
    # Where an error is reported, and not in the foot of that page alone.
    method = (site / "method.html").read_text("utf-8")
    report = method[method.index('id="report"') : method.index('id="corrections"')]
    assert f'href="{CONTACT}"' in report


def test_a_feed_reader_learns_what_is_new_ended_and_changed(twice: Path) -> None:
    feed = feedparser.parse((twice / "build/site/feeds/cameras-de.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.title == "New, ended and changed cameras: Germany"
    assert feed.feed.author == TITLE
    told = {(entry.tags[0].term, entry.link.rpartition("camera=")[2]) for entry in feed.entries}
    assert told == {
        ("new", "osm:node/1060"),
        ("ended", "osm:node/1050"),
        ("changed", "osm:node/1000"),
    }
    (changed,) = (entry for entry in feed.entries if entry.tags[0].term == "changed")
    assert changed.summary == "built as: not known, now dome; osm:node/1000"
    assert changed.link.startswith(f"{ADDRESS}index.html#18/50.00000/10.00000&camera=")
    assert {entry.updated for entry in feed.entries} == {"2026-04-01T00:00:00Z"}
    assert len({entry.id for entry in feed.entries}) == 3
    # The camera that is gone is in no feed.
    assert "osm:node/1001" not in (twice / "build/site/feeds/cameras.xml").read_text("utf-8")


def test_what_an_earlier_release_told_is_held_to_the_newest(twice: Path) -> None:
    old, new = (twice / "build/release" / name for name in ("2026-03-01.1", "2026-04-01.1"))
    newest = read_rows(new)
    told = {entry.text for entry in camera_entries(old, new, {}, newest)}
    assert "watches: public; operator: City of Riverton; state: ended; osm:node/1050" in told
    newest["osm:node/1050"]["operator_withheld"] = True
    del newest["osm:node/1000"]
    told = {entry.text for entry in camera_entries(old, new, {}, newest)}
    assert "watches: public; state: ended; osm:node/1050" in told
    assert not any("osm:node/1000" in text or "Riverton" in text for text in told)


def test_a_camera_that_is_suppressed_is_nowhere_in_the_next_site(
    door: Door, twice: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(twice, folder)
    # The last release told of it as changed, and the feed reaches back to that one.
    assert "osm:node/1000" in (folder / "build/site/feeds/cameras-de.xml").read_text("utf-8")
    assert door.run("suppress", "osm:node/1000", cwd=folder).code == 0
    told = door.run("build", "-q", "--accept-change", "asked for", cwd=folder)
    assert told.code == 0, told
    site = folder / "build" / "site"
    assert "osm:node/1060" in (site / "feeds/cameras-de.xml").read_text("utf-8")
    texts = [path for path in site.rglob("*") if path.suffix in {".xml", ".html", ".js", ".csv"}]
    assert [path.name for path in texts if "node/1000" in path.read_text("utf-8")] == []
    # With the list of the folder the release comes out again; an earlier one was made without it.
    told = door.run("rebuild", "-q", cwd=folder)
    assert told.code == 0, told
    told = door.run("rebuild", "-q", "build/release/2026-03-01.1", cwd=folder)
    told.require_good_error(2)
    assert told.error[0].endswith("was made with another suppression list")
    assert "install" not in told.error[-1]


def test_the_same_build_again_writes_the_same_bytes(door: Door, twice: Path) -> None:
    site = twice / "build" / "site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert door.run("build", "-q", cwd=twice).code == 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_the_command_holds_over_the_file_and_both_are_shown(door: Door, twice: Path) -> None:
    told = door.run("config", "show", "--origin", cwd=twice)
    assert told.code == 0, told
    assert 'evidence.include = "country"  # mapper.toml, line 28' in told.stdout
    assert "build.streets = null  # default" in told.stdout
    told = door.run("build", "-q", "--no-downloads", "--out", "other", cwd=twice)
    assert told.code == 0, told
    assert not (twice / "other/site/downloads").exists()
    assert not (twice / "other/site/feeds").exists()


def test_a_setting_that_there_is_not_stops_every_command(door: Door, tmp_path: Path) -> None:
    (tmp_path / "mapper.toml").write_text("[site]\ntitel = 'x'\n", "utf-8")
    for words in (["build"], ["collect"], ["config", "show"], ["vendor", "hikvision"]):
        told = door.run(*words, cwd=tmp_path)
        told.require_good_error(2)
        assert told.error[0] == "error: mapper.toml, line 2: there is no setting site.titel"
        assert told.error[-1].startswith("  next: did you mean title?")


def test_what_would_come_to_nothing_is_refused_before_the_work(door: Door, tmp_path: Path) -> None:
    told = door.run("build", "--language", "xx", cwd=tmp_path)
    told.require_good_error(2)
    assert told.error == told.stderr.splitlines()
    (tmp_path / "town").write_bytes(b"")
    for words, said in (
        (("site", "--zip", "nowhere/map.zip"), "there is no folder nowhere"),
        (("site", "--zip", "."), ". is a folder"),
        (("init", "town"), "town is a file"),
    ):
        told = door.run(*words, cwd=tmp_path)
        told.require_good_error(2)
        assert told.error[0] == f"error: {said}"
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def test_a_site_of_files_alone_has_nothing_to_collect_and_says_so(
    door: Door, tmp_path: Path
) -> None:
    (tmp_path / "mapper.toml").write_text('[build]\ninputs = ["town.osm.pbf"]\n', "utf-8")
    told = door.run("collect", cwd=tmp_path)
    assert (told.code, told.stderr) == (0, "")
    assert told.stdout.startswith("nothing to collect: ")
