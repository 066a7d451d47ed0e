"""Pages kept from the last build: never another text than a clean build has."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mapper.registry.asked_registry import Question, RegistryAnswers, rests_on_registry
from mapper.registry.codes import SubjectKind
from mapper.registry.references import reference_of
from mapper.registry.registry import TABLES, Registry
from mapper.registry.tables import Row
from mapper.settings import Settings
from mapper.website.pages.addresses import pages_of
from mapper.website.pages.page_store import PageStore
from tests.website.frames import camera, frame, release_info
from tests.website.pages.static_page import (
    good_registry,
    write_static_pages,
)

GOOD = good_registry()


def write(
    folder: Path,
    registry: Registry,
    *,
    store: Path | None = None,
    cameras: Sequence[dict[str, object]] = (),
    day: str = "2024-05-01",
) -> dict[str, bytes]:
    """Write the pages of a registry into a folder; return each by its address."""
    site = folder / "site"
    (site / "assets").mkdir(parents=True)
    write_static_pages(
        site,
        frame(list(cameras)),
        registry,
        replace(release_info(len(cameras)), release_id=f"{day}.1", data_on=day),
        settings=Settings(out_dir=folder, page_store=store),
    )
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def changed(value: object) -> object:
    """Return another value of the same sort; the same one where there is no simple other."""
    if isinstance(value, Decimal):
        return value + 1
    if isinstance(value, float):
        return value + 0.5
    if type(value) is str:
        return f"{value} and more"
    return value


def with_rows(table: str, rows: Iterable[Row]) -> Registry:
    """Return the good registry with other rows in one table."""
    tables: dict[str, Any] = {name: getattr(GOOD, name) for name in TABLES}
    return Registry(**(tables | {table: tuple(rows)}))


LEAVES = {"counts", "replies", "seats", "footprints", "shipments", "list_checks"}
"""Tables of the good registry to whose rows nothing there refers."""


def with_another(table: str, number: int, *, is_gone: bool) -> Registry:
    """Return the good registry without a row, or with other words and numbers in it."""
    rows = list(getattr(GOOD, table))
    if is_gone:
        del rows[number]
    else:
        # A reference that leads nowhere is no registry that can be loaded.
        told = {
            name: changed(getattr(rows[number], name))
            for name, field in type(rows[number]).model_fields.items()
            if reference_of(field) is None and not name.endswith(("_id", "country_code"))
        }
        rows[number] = rows[number].model_copy(update=told)
    return with_rows(table, rows)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the store of the good registry."""
    folder = tmp_path_factory.mktemp("kept")
    write(folder, GOOD, store=folder / "store")
    return (folder / "store").read_bytes()


@pytest.mark.parametrize("table", [table for table in TABLES if getattr(GOOD, table)])
def test_a_changed_row_gives_the_pages_of_a_clean_build(
    kept: bytes, tmp_path: Path, table: str
) -> None:
    rows = len(getattr(GOOD, table))
    for number in sorted({0, rows // 2, rows - 1}):
        # What nothing refers to can also be taken out.
        for is_gone in (False, True) if table in LEAVES else (False,):
            registry = with_another(table, number, is_gone=is_gone)
            folder = tmp_path / f"{number}{is_gone}"
            folder.mkdir()
            (folder / "store").write_bytes(kept)
            over_store = write(folder, registry, store=folder / "store")
            clean = write(folder / "clean", registry, store=folder / "other")
            assert over_store == clean, (table, number, is_gone)
            assert (folder / "store").read_bytes() == (folder / "other").read_bytes()


def test_cameras_another_release_and_other_titles_give_the_pages_of_a_clean_build(
    kept: bytes, tmp_path: Path
) -> None:
    place = next(row for row in GOOD.deployments if row.lon_deg is not None)
    assert place.lon_deg is not None
    assert place.lat_deg is not None
    maker = GOOD.organisations[0].org_id
    near = camera(1, place.lon_deg, place.lat_deg, vendor_id=maker, vendor_rung="B")
    (tmp_path / "store").write_bytes(kept)
    over_store = write(tmp_path, GOOD, store=tmp_path / "store", cameras=[near], day="2024-05-02")
    clean = write(tmp_path / "clean", GOOD, cameras=[near], day="2024-05-02")
    assert over_store == clean
    assert b"2024-05-02.1" in over_store[f"deployments/{place.deployment_id}.html"]
    # The cameras are counted on both pages, whatever the store held of them.
    without = write(tmp_path / "without", GOOD, day="2024-05-02")
    for address in (f"deployments/{place.deployment_id}.html", f"vendors/{maker}.html"):
        assert over_store[address] != without[address]


def test_a_maker_that_nothing_names_gets_its_line_with_its_first_camera(
    kept: bytes, tmp_path: Path
) -> None:
    named = pages_of(GOOD, frame([])).org_ids
    maker = next(row.org_id for row in GOOD.organisations if row.org_id not in named)
    mapped = [camera(1, vendor_id=maker, vendor_rung="B")]
    (tmp_path / "store").write_bytes(kept)
    over_store = write(tmp_path, GOOD, store=tmp_path / "store", cameras=mapped)
    assert over_store == write(tmp_path / "clean", GOOD, cameras=mapped)
    assert f'href="../vendors/{maker}.html"'.encode() in over_store["vendors/index.html"]


def test_a_name_leads_to_the_page_that_cameras_alone_give_its_bearer(tmp_path: Path) -> None:
    named = pages_of(GOOD, frame([])).org_ids
    speaker = next(row.org_id for row in GOOD.organisations if row.org_id not in named)
    claims = [
        claim.model_copy(update={"speaker_org": speaker})
        if claim.subject_kind is SubjectKind.RELATION
        else claim
        for claim in GOOD.claims
    ]
    registry, store = with_rows("claims", claims), tmp_path / "store"
    link = f'href="../vendors/{speaker}.html"'.encode()
    bare = write(tmp_path / "bare", registry, store=store)
    assert f"vendors/{speaker}.html" not in bare
    assert not [address for address, body in bare.items() if link in body]
    kept = store.read_bytes()
    mapped = [camera(1, vendor_id=speaker, vendor_ids=[speaker], vendor_rung="B")]
    over_store = write(tmp_path / "mapped", registry, store=store, cameras=mapped)
    assert f"vendors/{speaker}.html" in over_store
    # The pages were taken as they were, and the store tells of no camera.
    assert store.read_bytes() == kept
    leading = {
        address
        for address, body in over_store.items()
        if link in body and address.startswith(("vendors/", "deployments/"))
    }
    # Its own page is led to by its switch of languages.
    leading -= {"vendors/index.html", f"vendors/{speaker}.html"}
    assert leading
    # The name stands there either way.
    way = b"<a %s>(.*?)</a>" % re.escape(link)
    for address in leading:
        assert re.sub(way, rb"\1", over_store[address]) == bare[address]


def test_only_the_pages_that_show_a_row_are_made_anew(
    kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    keep = PageStore.keep

    def noted(store: PageStore, address: str, text: str, questions: Iterable[Question]) -> None:
        made.append(address)
        keep(store, address, text, questions)

    monkeypatch.setattr(PageStore, "keep", noted)
    (tmp_path / "store").write_bytes(kept)
    before = write(tmp_path / "before", GOOD, store=tmp_path / "store")
    assert made == []
    (first, *others) = GOOD.counts
    counts = (first.model_copy(update={"value": first.value + 1}), *others)
    after = write(tmp_path / "after", with_rows("counts", counts), store=tmp_path / "store")
    assert made == [f"deployments/{first.deployment_id}.html", "deployments/index.html"]
    differing = {address for address in after if after[address] != before[address]}
    assert made[0] in differing
    assert all(address.startswith(("deployments/", "places/")) for address in differing)


@pytest.mark.parametrize("damage", ["cut", "turned", "emptied"])
def test_a_damaged_store_is_no_store(kept: bytes, tmp_path: Path, damage: str) -> None:
    middle = len(kept) // 2
    bodies = {
        "cut": kept[:middle],
        "turned": kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :],
        "emptied": b"",
    }
    (tmp_path / "store").write_bytes(bodies[damage])
    over_store = write(tmp_path, GOOD, store=tmp_path / "store")
    assert over_store == write(tmp_path / "clean", GOOD)
    assert (tmp_path / "store").read_bytes() == kept


def test_a_page_that_was_not_changed_is_the_file_of_the_last_site(
    kept: bytes, tmp_path: Path
) -> None:
    (tmp_path / "store").write_bytes(kept)
    write(tmp_path, GOOD, store=tmp_path / "store")
    last = tmp_path / "site"
    address = f"deployments/{GOOD.deployments[0].deployment_id}.html"
    # Somebody wrote into one of the pages since.
    (last / "method.html").write_bytes(b"not ours")
    before = (last / address).stat().st_ino
    new = tmp_path / "new"
    (new / "assets").mkdir(parents=True)
    write_static_pages(
        new,
        frame([]),
        GOOD,
        release_info(0),
        settings=Settings(out_dir=tmp_path, page_store=tmp_path / "store"),
    )
    assert (new / address).stat().st_ino == before
    assert (new / "method.html").read_bytes() != b"not ours"
    assert (last / "method.html").read_bytes() == b"not ours"


def test_of_a_changed_row_only_its_pages_are_other_files(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(kept)
    write(tmp_path, GOOD, store=tmp_path / "store")
    (first, *others) = GOOD.counts
    counts = (first.model_copy(update={"value": first.value + 1}), *others)
    new = tmp_path / "new"
    (new / "assets").mkdir(parents=True)
    write_static_pages(
        new,
        frame([]),
        with_rows("counts", counts),
        replace(release_info(0), release_id="2024-05-01.1", data_on="2024-05-01"),
        settings=Settings(out_dir=tmp_path, page_store=tmp_path / "store"),
    )
    last = tmp_path / "site"
    addresses = [path.relative_to(new).as_posix() for path in sorted(new.rglob("*.html"))]
    written = {
        address
        for address in addresses
        if (new / address).stat().st_ino != (last / address).stat().st_ino
    }
    # And each of them says something else: a file with the bytes it had is never written.
    differing = {
        address
        for address in addresses
        if (new / address).read_bytes() != (last / address).read_bytes()
    }
    assert written == differing
    (row,) = (one for one in GOOD.deployments if one.deployment_id == first.deployment_id)
    assert f"deployments/{first.deployment_id}.html" in written
    assert written <= {
        f"deployments/{first.deployment_id}.html",
        "deployments/index.html",
        f"places/{row.country_code.lower()}.html",
    }


def test_of_a_registry_that_is_the_same_no_answer_is_asked_for_again(
    kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    digest = RegistryAnswers.digest

    def noted(answers: RegistryAnswers, question: Question) -> str:
        asked.append(question)
        return digest(answers, question)

    monkeypatch.setattr(RegistryAnswers, "digest", noted)
    (tmp_path / "store").write_bytes(kept)
    write(tmp_path / "same", GOOD, store=tmp_path / "store")
    assert asked == []
    other = with_another("counts", 0, is_gone=True)
    over_store = write(tmp_path / "other", other, store=tmp_path / "store")
    assert len(asked) > 100
    assert over_store == write(tmp_path / "clean", other)
    # Every kind that a registry is asked is known to be one.
    assert all(map(rests_on_registry, asked))


def test_of_a_registry_that_is_the_same_the_questions_are_not_read(
    kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object) -> None:
        msg = "the questions were read"
        raise AssertionError(msg)

    monkeypatch.setattr("mapper.website.pages.stored_pages._notes", read)
    (tmp_path / "store").write_bytes(kept)
    write(tmp_path / "same", GOOD, store=tmp_path / "store")
    assert (tmp_path / "store").read_bytes() == kept
    with pytest.raises(AssertionError, match="were read"):
        write(tmp_path / "other", with_another("counts", 0, is_gone=True), store=tmp_path / "store")
