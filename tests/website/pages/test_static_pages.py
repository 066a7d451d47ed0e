"""Every static page: whole by itself, strict, neutral, the same for the same content."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest

from mapper.clean.neutral_words import lint_words
from mapper.model.progress import NoProgress
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import PAGE_STORE_VARIABLE, Settings
from mapper.website.pages.addresses import page_name, pages_of
from mapper.website.pages.write_pages import static_pages
from tests.website.frames import (
    camera,
    frame,
    organisation,
    release_info,
    small_front_end,
)
from tests.website.pages.static_page import (
    POLICY,
    StaticPage,
    good_registry,
    read_page,
    write_pages,
    write_static_pages,
)


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of the whole registry, with a few cameras."""
    rows = [
        camera(1, vendor_id="hikvision", vendor_rung="B", operator_name="Town & Sons"),
        camera(2, country_code="UA", area_status="disputed", administered_by="RU"),
    ]
    registry = load(Settings().registry_dir)
    return write_pages(tmp_path_factory.mktemp("real"), registry, frame(rows))


@pytest.fixture(scope="module")
def real_pages(real_site: Path) -> dict[str, StaticPage]:
    return {
        str(path.relative_to(real_site)): StaticPage(path.read_text(encoding="utf-8"))
        for path in sorted(real_site.rglob("*.html"))
    }


def test_everything_that_the_map_names_has_a_page(real_pages: dict[str, StaticPage]) -> None:
    registry = load(Settings().registry_dir)
    for row in registry.deployments:
        assert f"deployments/{row.deployment_id}.html" in real_pages
        assert f"places/{row.country_code.lower()}.html" in real_pages
    for relation in registry.relations:
        assert f"vendors/{relation.supplier_org}.html" in real_pages
    assert {"places/fi.html", "vendors/hikvision.html", "data.html", "method.html"} <= set(
        real_pages
    )


def test_every_page_is_whole_by_itself(real_pages: dict[str, StaticPage]) -> None:
    for address, page in real_pages.items():
        assert page.html.startswith("<!DOCTYPE html>"), address
        assert page.values("lang", "html") == ["en"], address
        for tag in ("h1", "main", "header", "footer"):
            # A claim has a footer of its own.
            assert page.count(tag) == 1 + (tag == "footer") * page.count("blockquote"), address
        assert len(page.html.partition("<title>")[2].partition(" · ")[0]) > 1, address
        assert [value for value in page.values("class") if value == "skip"], address
        assert page.count("caption") == page.count("table"), address
        assert re.search(r"[0-9]{1,2} May 2024", page.text), address
        assert "2024-05-01.1" in page.text, address
        assert "ODbL-1.0" in page.text, address
        assert "Report an error" in page.text, address


def test_no_page_can_run_or_load_anything_but_its_style_sheet_and_the_one_script(
    real_pages: dict[str, StaticPage],
) -> None:
    for address, page in real_pages.items():
        assert page.values("content", "meta")[0] == POLICY, address
        assert "no-referrer" in page.values("content", "meta"), address
        names = {name for _, found in page.tags for name in found}
        assert not {name for name in names if name.startswith("on")} | (
            names & {"style", "srcset", "action", "formaction", "ping", "xlink:href"}
        ), address
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"img", "iframe", "form", "object", "embed", "style", "image"}
        loaded = [found["href"] for tag, found in page.tags if tag == "link"]
        depth = "../" * address.count("/")
        scripts = [found for tag, found in page.tags if tag == "script"]
        assert scripts == [{"src": f"{depth}assets/pages.js"}], address
        assert page.values("src") == [f"{depth}assets/pages.js"], address
        assert "<script" not in page.html.replace("<script src=", "", 1), address
        assert sorted(loaded) == sorted([f"{depth}assets/pages.css", "data:,"]), address


def test_ids_are_unique_and_every_way_leads_somewhere(
    real_site: Path, real_pages: dict[str, StaticPage]
) -> None:
    ids = {}
    for address, page in real_pages.items():
        found = page.values("id")
        assert len(found) == len(set(found)), (address, sorted(found))
        ids[address] = set(found)
    # The maps, one in each language, are written apart from the pages.
    folders = ("", "fr/", "de/", "es/", "ru/", "ar/", "zh/")
    outside = {f"{folder}index.html" for folder in folders}
    for address, page in real_pages.items():
        for href in page.values("href", "a"):
            if urlsplit(href).scheme:
                continue
            path, _, fragment = href.partition("#")
            folder = PurePosixPath(address).parent
            target = os.path.normpath(folder / path) if path else address
            if target in outside:
                continue
            if target.startswith("../release/"):
                continue
            assert (real_site / target).is_file(), (address, href)
            assert not fragment or fragment in ids[target], (address, href)


def test_ways_out_are_to_the_web_and_tell_nothing(real_pages: dict[str, StaticPage]) -> None:
    ways = [
        found
        for page in real_pages.values()
        for tag, found in page.tags
        if tag == "a" and urlsplit(found.get("href", "")).scheme
    ]
    assert len(ways) > 1_000
    for found in ways:
        assert urlsplit(found["href"]).scheme in {"http", "https"}
        assert {"noopener", "noreferrer", "nofollow"} <= set(found["rel"].split())


def test_no_page_says_more_than_a_source_does(real_pages: dict[str, StaticPage]) -> None:
    found = {
        address: messages
        for address, page in real_pages.items()
        if (messages := lint_words(page.text))
    }
    assert found == {}


def test_no_page_gives_a_raw_code_or_date_for_a_word(real_pages: dict[str, StaticPage]) -> None:
    for address, page in real_pages.items():
        assert "third_party" not in page.text, address
        assert not re.search(r"\b(?:before|after):[0-9]{4}", page.text), address
        assert "None" not in page.words.split(), address


def test_a_wikidata_id_is_no_name_and_a_misspelling_is_said_to_be_one(
    real_pages: dict[str, StaticPage], tmp_path: Path
) -> None:
    page = real_pages["vendors/hikvision.html"]
    # Q120968663 is an alias of Hikvision in the registry, for matching what mappers write.
    assert "Q120968663" not in page.text.partition("Elsewhere")[0]
    small = read_page(write_pages(tmp_path, good_registry()), "vendors/hall-cameras.html")
    names, _, rest = small.words.partition("Written on the map also as:")
    assert "Hal Cameras" not in names
    assert rest.startswith(" Hal Cameras. These are misspellings, not names.")


def test_the_same_content_in_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [camera(n, vendor_id="facet" if n % 2 else None, vendor_rung="B") for n in range(30)]
    hashes = []
    for name, found in (("one", rows), ("two", rows[::-1])):
        site = write_pages(tmp_path / name, good_registry(), frame(found))
        hashes.append(_hashes(site))
    assert hashes[0] == hashes[1]


_PROGRAM = """
import sys
from pathlib import Path
from tests.website.pages.static_page import good_registry, write_pages
write_pages(Path(sys.argv[1]), good_registry())
"""


def test_hash_seed_and_time_zone_change_nothing(tmp_path: Path) -> None:
    hashes = []
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _PROGRAM, str(tmp_path / seed)],
            check=True,
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, PAGE_STORE_VARIABLE: ""},
        )
        hashes.append(_hashes(tmp_path / seed / "site"))
    assert hashes[0] == hashes[1]


def _hashes(site: Path) -> dict[str, str]:
    return {
        str(path.relative_to(site)): sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


HOSTILE = (
    "<script>window.__x=1</script>",
    "{{1234567*7}}",
    "{% raw %}",
    "</title><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_is_shown_as_its_own_text(tmp_path: Path, text: str) -> None:
    cameras = frame(
        [
            camera(
                1,
                vendor_id="evil",
                vendor_rung="B",
                operator_name=text,
                nearest_place=text,
                source_url="javascript:alert(1)",
            )
        ]
    )
    registry = Registry(organisations=(organisation("evil", text),))
    site = write_pages(tmp_path, registry, cameras)
    for address in ("vendors/evil.html", "vendors/index.html", "places/fi.html", "list.html"):
        page = read_page(site, address)
        assert text in unescape(page.text), address
        assert [tag for tag, _ in page.tags].count("script") == 1, address
        assert "img" not in {tag for tag, _ in page.tags}, address
        assert "onload" not in {name for _, found in page.tags for name in found}, address
        assert "8641969" not in page.html, address
        assert not [href for href in page.values("href") if href.startswith("javascript")]


def test_a_name_that_a_file_system_keeps_gets_another_file(tmp_path: Path) -> None:
    registry = Registry(organisations=tuple(organisation(name, name) for name in ("con", "index")))
    rows = [camera(n, vendor_id=one, vendor_rung="B") for n, one in enumerate(("con", "index"))]
    site = write_pages(tmp_path, registry, frame(rows))
    assert (site / "vendors" / "con_.html").is_file()
    assert "<h1>Vendors</h1>" in (site / "vendors" / "index.html").read_text(encoding="utf-8")
    assert page_name("facet") == "facet"


def test_pages_lead_to_the_map_where_the_thing_is_chosen(tmp_path: Path) -> None:
    rows = [camera(1, -0.5, 51.25, vendor_id="facet", vendor_rung="B")]
    site = write_pages(tmp_path, good_registry(), frame(rows))
    # The forms that site/js/address.js reads.
    for address, way in (
        (
            "deployments/riverton-city-video.html",
            "../index.html#11/55.75222/37.61556&deployment=riverton-city-video",
        ),
        ("vendors/facet.html", "../index.html#2/20/0&vendor=facet"),
        ("list.html", "index.html#18/51.25000/-0.50000&camera=osm:node/1"),
    ):
        assert way in read_page(site, address).values("href", "a"), address
    assert "Show on the map" not in read_page(site, "deployments/exland-plates.html").text
    assert "Show on the map" not in read_page(site, "vendors/hall-cameras.html").text


def test_an_organisation_that_nothing_names_has_no_page() -> None:
    index = pages_of(good_registry(), frame([]))
    # By hand: only its name and a footprint stand in the small registry.
    assert "quiet-optics" not in index.org_ids
    assert {"facet", "riverton-it", "hall-cameras", "acme-silicon"} <= index.org_ids
    named = pages_of(good_registry(), frame([camera(1, vendor_id="quiet-optics")]))
    assert named.org("quiet-optics") == "vendors/quiet-optics.html"
    assert index.place("RU") == "places/ru.html"
    assert index.deployment("riverton-city-video") == "deployments/riverton-city-video.html"
    assert (index.org(None), index.org("nobody"), index.place("FI")) == ("", "", "")


def test_a_front_end_without_styles_for_static_pages_has_none(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    cameras = frame([])
    assert (
        write_static_pages(tmp_path, cameras, good_registry(), release_info(0), settings=settings)
        == 0
    )


class Watched(NoProgress):
    """Counts the steps."""

    steps = 0

    def advance(self, steps: int = 1) -> None:
        """Count."""
        self.steps += steps


def test_the_page_that_tells_of_the_files_waits_for_the_release_and_no_other_does(
    tmp_path: Path,
) -> None:
    (tmp_path / "site" / "assets").mkdir(parents=True)
    there: list[str] = []
    watched = Watched()

    def finish() -> None:
        there.extend(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))

    with static_pages(
        tmp_path / "site",
        frame([camera(1)]),
        good_registry(),
        release_info(1),
        settings=Settings(out_dir=tmp_path),
        progress=watched,
    ) as write_rest:
        write_rest(finish)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    assert written - set(there) == {"site/data.html"}
    assert {"site/vendors/index.html", "site/places/fi.html", "site/list.html"} <= set(there)
    # Who waits sees each page.
    assert watched.steps == len(list((tmp_path / "site").rglob("*.html")))
