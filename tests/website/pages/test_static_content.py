"""What single pages say, checked against the small registry written by hand."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mapper.clean.partial_date import parse
from mapper.registry.codes import By, Counted, Qualifier, Role, SubjectKind, Technology
from mapper.registry.registry import Registry
from mapper.settings import Settings, bundled_root
from tests.website.frames import camera, frame, release_info
from tests.website.pages.static_page import (
    StaticPage,
    good_registry,
    read_page,
    write_pages,
    write_static_pages,
)

CITY = "deployments/riverton-city-video.html"
_LON, _LAT = 37.61556, 55.75222
"""The point of Riverton's system, and that of Moscow; its precision is 20 km."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages with three cameras near the point of Riverton and one 30 km north."""
    rows = [
        camera(1, _LON, _LAT, country_code="RU", vendor_id="hall-cameras", vendor_rung="B"),
        camera(2, _LON + 0.1, _LAT, country_code="RU", device_type="plate_reader"),
        camera(3, _LON, _LAT + 0.1, country_code="RU"),
        camera(4, _LON, _LAT + 0.27, country_code="RU"),
        camera(5, country_code="UA", area_status="disputed", administered_by="RU"),
    ]
    return write_pages(tmp_path_factory.mktemp("small"), good_registry(), frame(rows))


def _part(page: StaticPage, first: str, after: str) -> str:
    return page.words.partition(first)[2].partition(after)[0]


def test_mapped_cameras_stand_beside_the_installed_ones_each_with_what_it_counts(
    site: Path,
) -> None:
    part = _part(read_page(site, CITY), "Beside the map", "The supply chain")
    assert "3 cameras: 2 cameras and 1 plate reader mapped in OpenStreetMap" in part
    assert "data of 1 May 2024" in part
    assert "at least 160,000 cameras, installed; 2022" in part
    assert "within 20 km of the point that stands for Riverton" in part
    assert "%" not in part
    # Stated and connected ones say so, apart.
    assert "Of another state, and so not beside them: 213,000 cameras (city and region" in part
    assert "213,000" not in part.partition("Of another state")[0]


def _plate_system(what: str) -> Registry:
    """Return the small registry with its city system reading plates alone, and a count of it."""
    good = good_registry()
    city = good.deployment["riverton-city-video"]
    plates = city.model_copy(update={"technologies": (Technology.ALPR,)})
    count = good.counts[0].model_copy(update={"what": what, "deployment_id": city.deployment_id})
    return replace(good, deployments=(plates,), counts=(count,), relations=(), claims=())


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("camera", "plate_reader", "plate_reader"), "2 plate readers mapped in OpenStreetMap"),
        (("camera", "camera"), "2 cameras mapped in OpenStreetMap"),
    ],
)
def test_a_system_that_reads_plates_is_set_beside_plate_readers(
    tmp_path: Path, kinds: tuple[str, ...], said: str
) -> None:
    rows = [camera(n, _LON, _LAT, device_type=kind) for n, kind in enumerate(kinds)]
    page = read_page(write_pages(tmp_path, _plate_system(Counted.ALPR_CAMERAS), frame(rows)), CITY)
    assert said in _part(page, "Beside the map", "The supply chain")


def test_where_the_release_has_no_data_nothing_is_counted(tmp_path: Path) -> None:
    helsinki = frame([camera(1)])
    page = read_page(write_pages(tmp_path, good_registry(), helsinki), CITY)
    part = _part(page, "Beside the map", "The supply chain")
    assert "This release holds no camera data within 20 km" in part
    assert " 0 " not in part
    assert "160,000" not in part
    assert "%" not in part


def test_a_country_wide_system_is_not_set_beside_mapped_cameras(site: Path) -> None:
    page = read_page(site, "deployments/exland-plates.html")
    assert "A system without a point is not set beside mapped cameras." in page.words
    assert "mapped in OpenStreetMap" not in page.words
    assert "Run by unknown" in page.words


def test_a_headline_never_mixes_what_is_installed_with_what_is_not(site: Path) -> None:
    html = read_page(site, CITY).html.partition('<h2 id="counts">')[2].partition("<table")[0]
    figures = [StaticPage(one).words for one in html.split('<div class="figure of-deployment">')]
    # By hand from the small registry: installed first; the part "city and region" alone never.
    assert [figure.partition(" source")[0] for figure in figures[1:]] == [
        "at least 160,000 cameras, installed; 2022",
        "Connected: 3,000 cameras with face recognition; 2017 to October 2019",
    ]


def test_who_supplies_comes_before_how_many_and_one_number_before_all(site: Path) -> None:
    html = read_page(site, CITY).html
    order = ['id="chain"', 'id="counts"', '<div class="figures">', '<details class="all-counts">']
    places = [html.index(one) for one in order]
    assert places == sorted(places)
    vendor = read_page(site, "vendors/hall-cameras.html").html
    assert vendor.index('class="vendor-chain"') < vendor.index('id="supplies"')
    assert vendor.index('id="supplies"') < vendor.index('id="events"')
    assert "../deployments/riverton-city-video.html" in vendor.partition('id="supplies"')[0]
    place = read_page(site, "places/ru.html")
    named = _part(place, "Who is named as a supplier here", "Deployments")
    assert "Hall Cameras 1 system" in named
    assert place.html.index('id="suppliers"') < place.html.index('id="cameras"')


def test_a_lender_is_no_supplier_in_a_list(tmp_path: Path) -> None:
    good = good_registry()
    lent = tuple(
        row.model_copy(update={"role": Role.FINANCIER})
        if row.relation_id == "hall-riverton"
        else row
        for row in good.relations
    )
    folder = write_pages(tmp_path, replace(good, relations=lent))

    rows = [
        line
        for line in read_page(folder, "deployments/index.html").html.splitlines()
        if "riverton-city-video" in line and "<th" in line
    ]

    assert rows
    assert not [row for row in rows if "vendors/hall-cameras" in row]


def test_installed_cameras_lead_whatever_else_is_counted(tmp_path: Path) -> None:
    good = good_registry()
    (installed,) = [row for row in good.counts if row.count_id == "riverton-cameras-1"]
    older = {"as_of": parse("2010"), "scope": None, "value": Decimal(9)}
    others = tuple(
        installed.model_copy(update=older | {"count_id": word, "qualifier": word})
        for word in (Qualifier.STATED, Qualifier.APPROVED)
    )
    registry = replace(good, counts=(*others, installed))
    page = read_page(write_pages(tmp_path, registry), CITY)
    html = page.html.partition('<h2 id="counts">')[2].partition("<table")[0]
    figures = [StaticPage(one).words for one in html.split('<div class="figure of-deployment">')]
    assert [figure.partition(";")[0] for figure in figures[1:]] == [
        "at least 160,000 cameras, installed",
        "As sources state, not said to be installed: at least 9 cameras",
        "Approved: at least 9 cameras",
    ]


def test_a_list_leads_with_the_state_where_nothing_is_said_to_be_installed(
    tmp_path: Path,
) -> None:
    good = good_registry()
    counts = tuple(
        row.model_copy(update={"qualifier": Qualifier.ANNOUNCED, "scope": None})
        for row in good.counts
        if row.count_id == "riverton-cameras-1"
    )
    page = read_page(write_pages(tmp_path, replace(good, counts=counts)), "deployments/index.html")
    assert "announced: at least 160,000 cameras (2022)" in page.words


def test_court_cases_and_detentions_stand_apart_from_counts_of_cameras(tmp_path: Path) -> None:
    good = good_registry()
    (cameras,) = [row for row in good.counts if row.count_id == "riverton-cameras-1"]
    cases = cameras.model_copy(
        update={"count_id": "cases", "what": Counted.COURT_CASES, "value": Decimal(2_017)}
    )
    page = read_page(write_pages(tmp_path, replace(good, counts=(cameras, cases))), CITY)
    assert "2,017" not in _part(page, "Counts, as their sources", "Court cases and detentions")
    apart = _part(page, "Court cases and detentions", "Beside the map")
    assert "2,017" in apart
    assert "160,000" not in apart


def test_goods_that_crossed_a_border_stand_once_at_the_foot(tmp_path: Path) -> None:
    good = good_registry()
    second = good.relation["acme-facet"].model_copy(
        update={"relation_id": "acme-lumen", "recipient_org": "lumen-vision"}
    )
    claim = good.claim["acme-facet-1"].model_copy(
        update={"claim_id": "acme-lumen-1", "subject_id": "acme-lumen"}
    )
    (scope,) = good.scopes_of("acme-facet-1")
    both = replace(
        good,
        relations=(*good.relations, second),
        claims=(*good.claims, claim),
        claim_scopes=(*good.claim_scopes, scope.model_copy(update={"claim_id": claim.claim_id})),
    )
    page = read_page(write_pages(tmp_path, both), CITY)
    assert page.words.count("457,000,000 USD") == 1
    foot = _part(page, "Goods of Acme Silicon that crossed a border; buyer not named", "Sources")
    assert "457,000,000 USD" in foot
    # What it says of its parts is told at the first maker, and the reader sent back at the second.
    statement = str(claim.statement)
    assert page.words.count(statement) == 1
    assert page.words.count("As said above: Acme Silicon, supplier") == 1


def test_a_component_of_a_makers_products_in_general_is_said_to_be_so(tmp_path: Path) -> None:
    good = good_registry()
    rest = tuple(row for row in good.claim_scopes if row.claim_id != "acme-facet-1")
    page = read_page(write_pages(tmp_path, replace(good, claim_scopes=rest)), CITY)
    assert (
        "In products of Facet Labs, not said of this system: Acme Silicon (Acme T4)" in page.words
    )
    # Neither the picture nor the sentence at the head counts it to the system.
    assert "Compute: Acme Silicon" not in page.words
    assert "maker of components" not in page.words
    tied = read_page(write_pages(tmp_path / "tied", good), CITY)
    assert "1 maker of components" in tied.words


def test_a_recipient_that_does_not_run_the_system_is_named_so(tmp_path: Path) -> None:
    good = good_registry()
    moved = tuple(
        row.model_copy(update={"recipient_org": "towns-council"})
        if row.relation_id == "hall-riverton"
        else row
        for row in good.relations
    )
    page = read_page(write_pages(tmp_path, replace(good, relations=moved)), CITY)
    name = "Councils of the Riverton region"
    assert f"They also name a recipient not said to run it: {name}." in page.words
    twin = _part(page, "The chain in words", "Who supplies it, and who says so")
    operator, found, beside = twin.partition(f"recipient: {name}")
    assert found
    assert "Hall Cameras" not in operator
    assert "cameras: Hall Cameras" in beside


def test_disagreeing_counts_stand_side_by_side_by_day(site: Path) -> None:
    part = _part(read_page(site, CITY), "counts, as their sources", "Who supplies it, and")
    assert part.index("at least 160,000") < part.index("213,000")
    assert part.index("2017 more than 3,000") < part.index("October 2019 3,000")
    assert "(city and region)" in part
    assert "213 thousand" in part


def test_what_a_company_says_stands_beside_what_is_said_of_it_at_one_size(site: Path) -> None:
    html = read_page(site, CITY).html
    section = html.partition('id="r-lumen-riverton"')[2].partition("</section>")[0]
    others, own = section.split('<h4 class="voice">')[1:]
    assert "Tender documents name the Lumen Platform" in others
    assert "The company said that it supplied through a third party." in own
    assert "The company wrote that it has no access to the system." in own
    assert others.count('<blockquote class="claim">') == 1
    assert own.count('<blockquote class="claim">') == 1
    assert own.count('<blockquote class="claim reply">') == 1


def test_a_component_maker_is_never_said_to_supply_the_operator(site: Path) -> None:
    page = read_page(site, "vendors/acme-silicon.html")
    assert "Sources name its products as components in those of 1 other maker." in page.words
    assert "It is not said to supply those who run the systems." in page.words
    assert "What it supplies" not in page.words
    assert "In products of Facet Labs" in page.words


def test_the_chain_in_words_says_what_the_picture_shows(site: Path) -> None:
    page = read_page(site, CITY)
    twin = _part(page, "The chain in words", "Who supplies it, and who says so")
    assert "operator: Riverton Department of Information" in twin
    assert "compute: unknown" in twin
    assert "compute: Acme Silicon: maker of a component (" in twin
    assert ") in products of Facet Labs; from 2017 (in use)" in twin
    assert "disputed" in twin
    assert page.html.count('role="group" aria-labelledby="chain-') == 2


def test_a_listing_is_told_by_its_own_effect_and_dates(site: Path) -> None:
    page = read_page(site, "vendors/hall-cameras.html")
    part = _part(page, "Legal and official lists", "Names, owners")
    assert "Effect export licence required." in part
    assert "Announced 7 October 2019 In force from 9 October 2019 Ended June 2024" in part
    assert "Last seen in force 15 January 2024" in part
    assert "5 June 2020 amended (85 TR 12)" in part


def test_a_list_without_an_entry_says_which_texts_of_it_were_read(site: Path) -> None:
    page = read_page(site, "vendors/facet.html")
    part = _part(page, "Legal and official lists", "Names, owners")
    told = "not in the texts of 1 January 2015 to 1 November 2026"
    assert f"Trade Control List : {told}" in part or f"Trade Control List: {told}" in part


def test_every_list_says_what_an_entry_does_and_which_texts_were_read(site: Path) -> None:
    page = read_page(site, "lists.html")
    assert "Binds exporters" in page.words
    assert "1 January 2015 to 1 November 2026. Whole: every entry and every change" in page.words
    assert "Entered here Hall Cameras" in page.words
    assert "No text of this list was read" in page.words


def test_cameras_that_carry_the_name_are_counted_by_country_and_rung(site: Path) -> None:
    page = read_page(site, "vendors/hall-cameras.html")
    part = _part(page, "Mapped cameras that carry its name", "Legal and official lists")
    assert "Russia 1 \u2013 1 \u2013" in part


def test_a_source_that_only_names_a_supply_is_named_in_one_line(site: Path) -> None:
    html = read_page(site, CITY).html
    section = html.partition('id="r-hall-riverton"')[2].partition("</section>")[0]
    page = StaticPage(section)
    assert "Named, and no more said, by" in page.words
    assert "The company said that it sold nothing to the city." in page.words
    assert "disputes it" in page.words
    with_words = html.partition('id="r-lumen-riverton"')[2].partition("</section>")[0]
    assert "no more said" not in with_words


def test_what_is_said_of_shipments_stands_with_them(site: Path) -> None:
    page = read_page(site, "vendors/acme-silicon.html")
    part = _part(page, "Reported shipments", "Said of it, and said by it")
    assert "The maker said that it did not know of these shipments." in part
    assert "The maker is not said to have sent them." in part


def test_disputed_areas_are_rows_of_their_own(site: Path) -> None:
    index = read_page(site, "places/index.html")
    assert "Crimea and Sevastopol" in index.words
    assert "administered by Russia 1" in index.words
    page = read_page(site, "places/ua.html")
    assert "UN General Assembly resolution 68/262" in page.words


def test_a_country_without_data_is_not_said_to_have_none(tmp_path: Path) -> None:
    page = read_page(write_pages(tmp_path, good_registry(), frame([camera(1)])), "places/ru.html")
    assert "This release holds no camera data here. That says nothing of what is there." in (
        page.words
    )


def test_every_camera_is_listed_where_they_are_few(site: Path) -> None:
    page = read_page(site, "list.html")
    for number in range(1, 6):
        assert f"osm:node/{number}" in page.words
    assert "5 mapped cameras, data of 1 May 2024" in page.words


def test_corrections_are_named_with_their_reason(site: Path) -> None:
    page = read_page(site, "method.html")
    assert "quiet-riverton (relation)" in page.words
    assert "A namesake was taken for the maker." in page.words


def test_the_data_page_lists_the_files_of_the_release_with_their_hashes(tmp_path: Path) -> None:
    settings = Settings(out_dir=tmp_path, bundled_dir=bundled_root())
    release = settings.release_root / "2024-05-01.1"
    release.mkdir(parents=True)
    manifest = {
        "withheld_by_reason": {"doorbell": 12},
        "rejected_by_reason": {},
        "remarks": ["a remark"],
        "files": [
            {
                "path": "cameras_osm.csv",
                "file_format": "csv",
                "license_id": "ODbL-1.0",
                "layer": "cameras_osm",
                "rows": 1_234,
                "sha256": "ab" * 32,
                "size_bytes": 1_500_000,
            }
        ],
    }
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    rows = frame([camera(1), camera(2, country_code="SE")])
    told = replace(release_info(2), withheld_by_country={"FI": 12})
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    write_static_pages(site, rows, good_registry(), told, settings=settings)
    page = read_page(site, "data.html")
    # One script alone, of a type that no browser runs.
    assert page.values("type", "script") == ["application/ld+json"]
    block = page.html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["distribution"][0]["sha256"] == "ab" * 32
    assert json.loads(block)["isBasedOn"][0]["creditText"] == "© OpenStreetMap contributors"
    assert "vendor_id" in page.words.partition("Columns of the cameras")[2]
    assert "cameras_osm.csv csv 1,234 1.5 MB ODbL-1.0 " + "ab" * 32 in page.words
    assert "../release/2024-05-01.1/cameras_osm.csv" in page.values("href", "a")
    assert "Withheld for privacy: 12." in read_page(site, "places/fi.html").words
    assert "Withheld for privacy: fewer than 10, or none" in read_page(site, "places/se.html").words
    assert "../release/2024-05-01.1/cameras_osm.csv" in read_page(site, "list.html").values(
        "href", "a"
    )


def test_a_site_without_a_release_beside_it_says_so(site: Path) -> None:
    assert "without a release beside it" in read_page(site, "data.html").words


def test_cameras_and_evidence_each_have_a_date_of_their_own(site: Path) -> None:
    for address in ("data.html", "lists.html", "vendors/facet.html"):
        page = read_page(site, address)
        assert "cameras of 1 May 2024, evidence as of 20 November 2026" in page.words, address


@pytest.mark.parametrize(("places", "lines"), [(1, 0), (40, 0), (41, 41)])
def test_of_many_supplies_each_has_a_line_and_none_is_lost(
    tmp_path: Path, places: int, lines: int
) -> None:
    good = good_registry()
    city = good.deployment["riverton-city-video"]
    sold = good.relation["hall-riverton"]
    told = good.claims_on(SubjectKind.RELATION, sold.relation_id)[0]
    ids = [f"riverton-{number:03}" for number in range(places)]
    many = replace(
        good,
        deployments=tuple(city.model_copy(update={"deployment_id": one}) for one in ids),
        relations=tuple(
            sold.model_copy(update={"relation_id": f"hall-{one}", "deployment_id": one})
            for one in ids
        ),
        claims=tuple(
            told.model_copy(
                update={
                    "claim_id": f"hall-{one}-named",
                    "subject_id": f"hall-{one}",
                    "by": By.THIRD_PARTY,
                    "speaker_org": None,
                    "statement": "Cameras of this make are in use.",
                }
            )
            for one in ids
        ),
        counts=(),
        retractions=(),
        shipments=(),
    )
    page = read_page(write_pages(tmp_path, many), "vendors/hall-cameras.html")
    anchors = [one for one in page.values("id") if one.startswith("r-hall-riverton-")]
    assert anchors == [f"r-hall-{one}" for one in ids]
    assert [tag for tag, found in page.tags if found.get("id") in anchors].count("tr") == lines
    links = set(page.values("href", "a"))
    assert {f"../deployments/{one}.html" for one in ids} <= links
    assert page.words.count("reported") >= places


@pytest.mark.parametrize(
    ("address", "command", "citation"),
    [
        (CITY, "mapper chain riverton-city-video", "Riverton city video system, Riverton, Russia."),
        ("vendors/facet.html", "mapper vendor facet", "Facet Labs."),
        ("places/ru.html", "mapper country RU", "Russia: what is documented there."),
    ],
)
def test_a_page_says_how_to_cite_it_and_how_to_ask_it_again(
    site: Path, address: str, command: str, citation: str
) -> None:
    page = read_page(site, address)
    part = page.words.partition("How to cite")[2]
    assert f"The Whose Cameras maintainers: {citation} In: Whose Cameras, evidence" in part
    assert command in part
    assert "<!--day of the evidence-->" not in page.html
