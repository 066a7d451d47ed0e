"""What is planned or ended is published and in no total; sites and cameras are told apart."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper.model.progress import NoProgress
from mapper.pipeline import releases
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release
from mapper.settings import Settings
from tests.website.unpack import read_payload

STANDS: dict[str, str] = {}
LIVES: dict[int, dict[str, str]] = {
    1: {"disused": "yes", "end_date": "2025-03-10"},
    2: {"removed": "yes"},
    3: {"proposed": "yes"},
    4: {"end_date": "2024"},
    5: {"end_date": "2031"},
    6: {"operational_status": "not a word of ours"},
    7: STANDS,
}
LIFECYCLES = {
    1: "ended",
    2: "ended",
    3: "planned",
    4: "ended",
    5: "in_use",
    6: "unknown",
    7: "in_use",
}


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "out",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
    )


def make(settings: Settings, lives: dict[int, dict[str, str]], *more: str) -> BuildSummary:
    elements: list[dict[str, Any]] = [
        {
            "type": "node",
            "id": number,
            "lat": 23.0 + number / 1_000,
            "lon": -16.5,
            "tags": {"man_made": "surveillance"} | tags,
        }
        for number, tags in lives.items()
    ]
    path = settings.out_dir.parent / "sea.json"
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": elements}), "utf-8")
    return build([str(path), *more], settings=settings, progress=NoProgress())


def test_what_ended_is_published_and_in_no_total(settings: Settings) -> None:
    summary = make(settings, LIVES)
    rows = mapper.load(settings.out_dir)
    said = {
        int(ref.partition("/")[2]): word
        for ref, word in zip(rows.source_ref, rows.lifecycle, strict=True)
    }
    assert said == LIFECYCLES
    assert rows.loc["osm:node/1", "ended_on"] == "2025-03-10"
    assert (summary.counts.cameras, summary.counts.not_standing) == (3, 4)
    assert summary.vendor_unknown == 3
    assert "4 planned or ended: published, in no total" in summary.text()
    manifest = read_manifest(find_release(settings.out_dir))
    assert manifest["counts"]["cameras"] == sum(manifest["by_country"].values()) == 3
    meta = read_payload(settings.site_dir, "meta")
    shown = (meta["n"], meta["standing"], meta["counts"]["not_standing"], meta["released"])
    assert shown == (7, 3, 4, 3)
    assert "planned or have ended" in (settings.site_dir / "data.html").read_text("utf-8")
    assert "is whole" in releases.verify(settings.out_dir, deep=True, progress=NoProgress())
    assert '"ended"' in releases.explain("osm:node/2", out_dir=settings.out_dir, as_json=False)


def test_a_release_without_sites_says_nothing_of_them(settings: Settings) -> None:
    make(settings, {1: STANDS})
    for path in settings.site_dir.rglob("*.html"):
        assert "sites with several" not in path.read_text("utf-8"), path.name
        assert "rows are sites" not in path.read_text("utf-8"), path.name


def test_the_difference_says_ended_and_not_gone(settings: Settings) -> None:
    first = make(settings, {1: STANDS, 2: STANDS, 3: {"proposed": "yes"}})
    make(settings, {1: {"removed": "yes"}, 2: STANDS, 3: STANDS})
    assert first.release_dir is not None
    told = releases.diff(first.release_dir, settings.out_dir, as_json=False)
    assert "ended    1: osm:node/1" in told
    assert "stands now    1: osm:node/3" in told
    assert "gone     0" in told
    found = json.loads(releases.diff(first.release_dir, settings.out_dir, as_json=True))
    assert (found["ended"], found["removed"]) == (["osm:node/1"], [])


def test_every_total_says_whether_it_counts_sites_or_cameras(settings: Settings) -> None:
    summary = make(
        settings,
        {1: {"camera:count": "3"}, 2: {"camera:count": "12 cameras"}, 3: {"camera:count": "some"}},
    )
    counts = summary.counts
    assert (counts.cameras, counts.sites, counts.site_cameras) == (3, 2, 15)
    assert (
        "3 rows (1 single cameras; 2 sites, where their sources count 15 cameras)" in summary.text()
    )
    rows = mapper.load(settings.out_dir)
    assert rows["site_camera_count"].fillna(0).tolist() == [3, 12, 0]
    assert rows.loc["osm:node/3", "flags"] == ["count_refused"]
    page = (settings.site_dir / "data.html").read_text("utf-8")
    assert "cameras that the sources count at these sites" in page
    assert read_payload(settings.site_dir, "meta")["sites"] == [2, 15]
    for name in ("places/index.html", "places/eh.html", "vendors/index.html", "list.html"):
        text = (settings.site_dir / name).read_text("utf-8")
        assert "2 of this release are sites with several cameras" in text, name
        assert "sources count 15 cameras in all" in text, name
    assert "3 cameras and sites mapped" in (settings.site_dir / "places/eh.html").read_text("utf-8")
    opening = (settings.site_dir / "index.html").read_text("utf-8")
    assert "2 of these rows are sites where the sources count 15 cameras." in opening
    releases.verify(settings.out_dir, deep=True, progress=NoProgress())


def test_a_mixed_build_speaks_of_the_same_rows_everywhere(settings: Settings) -> None:
    path = settings.out_dir.parent / "harbour.csv"
    path.write_text("id,latitude,longitude\n" + "".join(f"H{n},23.1{n},-16.5\n" for n in range(5)))
    request = ImportRequest(
        path=path, publisher="The Harbour", date="2025", license_id=NONE_STATED, title="Quays"
    )
    import_list(request, settings=settings)
    summary = make(settings, LIVES, "harbour")
    counts = summary.counts
    assert (counts.read, counts.cameras, counts.not_standing) == (7, 3, 4)
    assert summary.with_vendor + summary.vendor_unknown == counts.cameras
    assert summary.local_cameras == 5
    meta = read_payload(settings.site_dir, "meta")
    assert (meta["n"], meta["standing"], meta["released"]) == (12, 8, 3)
    page = (settings.site_dir / "data.html").read_text("utf-8")
    assert "Quays" not in page.partition("ow to cite")[2].partition("</p>")[0]
    assert "in no release" in page
    # The foot of a page still names everybody whose rows are on it.
    assert "The Harbour" in page


def _text(page: Path) -> str:
    """Return what a page says, without its marks."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def _import_lists(settings: Settings) -> None:
    """Import two lists with a licence and two without; of the last, four rows are homes."""
    lists = {
        "abbey": ("CC-BY-4.0", 23.20, 4, "HallCam"),
        "brook": ("CC-BY-4.0", 23.30, 3, ""),
        "cliff": (NONE_STATED, 40.40, 5, "Lumen Vision"),
        "delta": (NONE_STATED, 40.50, 6, "Facet Labs"),
    }
    for name, (license_id, lat_deg, count, maker) in lists.items():
        path = settings.out_dir.parent / f"{name}.csv"
        lon_deg = -16.5 if lat_deg < 40 else -3.7
        rows = [
            f"N{n},{lat_deg + n / 1_000:.4f},{lon_deg},{maker},"
            f"{'private' if name == 'delta' and n < 4 else 'public'},"
            f"{'house' if name == 'delta' and n < 4 else ''}"
            for n in range(count)
        ]
        head = "id,latitude,longitude,manufacturer,surveillance,building"
        path.write_text("\n".join([head, *rows, ""]), "utf-8")
        request = ImportRequest(
            path=path,
            publisher=f"City of {name.title()}",
            date="2025-06",
            license_id=license_id,
            source_id=name,
        )
        import_list(request, settings=settings)


def test_two_licensed_lists_beside_two_that_state_none_are_told_apart_on_every_page(
    settings: Settings,
) -> None:
    _import_lists(settings)
    summary = build(["abbey", "brook", "cliff", "delta"], settings=settings, progress=NoProgress())
    assert (summary.counts.read, summary.counts.cameras, summary.counts.withheld) == (7, 7, 0)
    assert (summary.with_vendor, summary.vendor_unknown) == (4, 3)
    assert (summary.local_cameras, summary.local_withheld) == (7, 4)
    assert "4 withheld from the lists on this machine alone" in summary.text()

    site = settings.site_dir
    data = _text(site / "data.html")
    assert "All 7 4 (57.1 %)" in data
    assert "camera_id" in data.partition("Filled")[2]
    assert "7 (100.0 %)" in data.partition("Filled")[2]
    assert "7 cameras of lists on this machine alone, in no release" in data
    assert "4 withheld for privacy from those lists" in data
    cited = data.partition("How to cite")[2].partition("Rows carry")[0]
    assert ("Abbey" in cited, "Brook" in cited) == (True, True)
    assert ("Cliff" in cited, "Delta" in cited) == (False, False)
    assert "7 cameras are mapped. 4 carry a maker's name" in _text(site / "index.html")
    assert "7 mapped cameras, data of" in _text(site / "list.html")
    for name in ("list.html", "places/index.html"):
        assert "7 cameras of lists on this machine alone, in no release." in _text(site / name)
    # Where only a list without a licence has cameras the page is there, for the map leads to it.
    assert "This release holds no camera data here" in _text(site / "places" / "es.html")
    meta = read_payload(site, "meta")
    assert (meta["standing"], meta["released"]) == (14, 7)


def test_the_python_lines_of_the_data_page_load_every_camera_of_the_release(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import_lists(settings)
    summary = build(["abbey", "brook", "cliff"], settings=settings, progress=NoProgress())
    page = (settings.site_dir / "data.html").read_text("utf-8")
    (code,) = re.findall(r"<code>(import geopandas.*?)</code>", page, re.DOTALL)
    assert summary.release_dir is not None
    monkeypatch.chdir(summary.release_dir)
    names: dict[str, Any] = {}
    exec(html.unescape(code), names)  # noqa: S102 - what the page tells its readers to run
    assert len(names["cameras"]) == summary.counts.cameras == 7
    assert len(names["named"]) == summary.with_vendor == 4
