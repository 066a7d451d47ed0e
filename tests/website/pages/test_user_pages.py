"""Pages kept for all folders of a user: a new one begins with them, and none tells of a camera."""

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from mapper.registry.registry import Registry
from mapper.settings import PAGE_STORE_VARIABLE, Presentation, Settings
from mapper.website.pages.page_rendering import PageRenderer
from mapper.website.pages.stored_pages import Notes, packed, write_stored
from tests.website.frames import camera, frame, release_info
from tests.website.pages.static_page import (
    good_registry,
    write_static_pages,
)

GOOD = good_registry()


def written(
    folder: Path,
    user_page_store: Path,
    *,
    cameras: Sequence[dict[str, object]] = (),
    registry: Registry = GOOD,
    **options: Any,  # noqa: ANN401 - settings
) -> dict[str, bytes]:
    """Write the pages into a new folder, beginning with the user's; return each by its address."""
    site = folder / "site"
    (site / "assets").mkdir(parents=True)
    own = {"page_store": None, "user_page_store": user_page_store} | options
    settings = Settings(out_dir=folder, **own)
    info = release_info(len(cameras))
    write_static_pages(site, frame(list(cameras)), registry, info, settings=settings)
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def kept_in(path: Path) -> dict[str, str]:
    """Return the pages of a store by their addresses."""
    # A digest of 32 bytes stands before the table.
    with pa.ipc.open_file(pa.py_buffer(path.read_bytes()[32:])) as reader:
        table = reader.read_all()
    columns = (table.column(name).to_pylist() for name in ("address", "text"))
    return dict(zip(*columns, strict=True))


def near(row: Any, number: int) -> dict[str, object]:  # noqa: ANN401 - a deployment
    """Describe a camera where a system is, of a maker that the evidence names."""
    maker = GOOD.organisations[0].org_id
    place = (float(row.lon_deg), float(row.lat_deg))
    return camera(number, *place, vendor_id=maker, vendor_ids=[maker], vendor_rung="B")


def with_point() -> Any:  # noqa: ANN401 - a deployment
    return next(row for row in GOOD.deployments if row.lon_deg is not None)


def test_a_new_folder_begins_with_the_pages_of_the_last_and_has_the_bytes_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = written(tmp_path / "first", tmp_path / "cache" / "pages")
    templates: list[str] = []
    render = PageRenderer.render

    def noted(renderer: Any, address: str, template: str, *rest: Any) -> str:  # noqa: ANN401
        templates.append(template)
        return render(renderer, address, template, *rest)

    monkeypatch.setattr(PageRenderer, "render", noted)
    assert written(tmp_path / "second", tmp_path / "cache" / "pages") == clean
    assert not {"vendor.html", "deployment.html"} & set(templates)
    kept = (tmp_path / "second" / ".kept-pages").read_bytes()
    assert kept == (tmp_path / "cache" / "pages").read_bytes()


def test_neither_a_page_nor_a_gap_outside_the_folder_of_the_build_tells_of_a_camera(
    tmp_path: Path,
) -> None:
    row = with_point()
    bare = tmp_path / "bare" / "pages"
    written(tmp_path / "nothing", bare)
    user = tmp_path / "cache" / "pages"
    cameras = [near(row, number) for number in range(3)]
    site = written(tmp_path / "town", user, cameras=cameras)
    # What lies there is what a build of nothing leaves, byte for byte: a page that is missing would
    # tell as much as one that is there.
    assert user.read_bytes() == bare.read_bytes()
    maker, system = GOOD.organisations[0].org_id, row.deployment_id
    kept = kept_in(user)
    for address in (f"vendors/{maker}.html", f"deployments/{system}.html"):
        assert kept[address] not in site[address].decode()
    # And the next folder still tells of its own cameras.
    assert written(tmp_path / "town again", user, cameras=cameras) == site


def test_a_changed_row_is_told_in_a_new_folder(tmp_path: Path) -> None:
    user = tmp_path / "cache" / "pages"
    written(tmp_path / "first", user)
    first, *others = GOOD.organisations
    renamed = replace_organisations((first.model_copy(update={"name": "Renamed"}), *others))
    expected = written(tmp_path / "alone", tmp_path / "none" / "pages", registry=renamed)
    assert written(tmp_path / "second", user, registry=renamed) == expected
    assert any("Renamed" in text for text in kept_in(user).values())


def replace_organisations(rows: tuple[Any, ...]) -> Registry:
    return replace(GOOD, organisations=rows)


def test_a_folder_that_others_can_write_into_gives_no_page_and_takes_none(tmp_path: Path) -> None:
    user = tmp_path / "cache" / "pages"
    written(tmp_path / "first", user)
    before = user.read_bytes()
    user.parent.chmod(0o777)
    user.write_bytes(b"a page of somebody else")
    written(tmp_path / "second", user)
    assert user.read_bytes() == b"a page of somebody else"
    user.parent.chmod(0o700)
    # Damaged, it is empty: made anew.
    written(tmp_path / "third", user)
    assert kept_in(user).keys() == kept_in_bytes(before, tmp_path).keys()


def kept_in_bytes(body: bytes, folder: Path) -> dict[str, str]:
    (folder / "copy").write_bytes(body)
    return kept_in(folder / "copy")


@pytest.mark.parametrize(
    "options",
    [
        {"presentation": Presentation(title="Cameras of Riverton")},
        {"own_registry_dirs": (Path("own"),)},
        {"page_store": Path("kept")},
    ],
)
def test_a_site_with_words_or_evidence_of_its_own_keeps_nothing_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "town", tmp_path / "cache" / "pages", **options)
    assert not (tmp_path / "cache").exists()


def test_the_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(PAGE_STORE_VARIABLE, "")
    assert Settings().user_page_store is None
    monkeypatch.delenv(PAGE_STORE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Settings().user_page_store == tmp_path / "whose-cameras" / "pages"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert Settings().user_page_store == tmp_path / "home" / ".cache" / "whose-cameras" / "pages"
    monkeypatch.delenv("HOME")
    assert Settings().user_page_store is None


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    clean = written(tmp_path / "town", tmp_path / "cache" / "pages")
    assert (tmp_path / "cache").is_file()
    (tmp_path / "second cache").mkdir(mode=0o700)
    (tmp_path / "second cache" / "pages").mkdir()
    assert written(tmp_path / "city", tmp_path / "second cache" / "pages") == clean


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("event", [full_disk, interrupted])
def test_what_stops_the_writing_leaves_nothing_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: Callable[..., None]
) -> None:
    path = tmp_path / "pages"
    # The file is there, with its bytes, and is not yet moved to its name.
    monkeypatch.setattr(Path, "replace", event)
    body = packed("basis", "", {"a.html": ""}, Notes(asked=[[]]))
    with pytest.raises((OSError, KeyboardInterrupt)):
        write_stored(path, body)
    assert not list(tmp_path.iterdir())


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "pages"
    written(tmp_path / "town", path)
    # Windows has no such bits, and keeps a profile for its user.
    assert path.stat().st_mode & 0o777 == (0o666 if os.name == "nt" else 0o600)
    assert [each.name for each in path.parent.iterdir()] == ["pages"]
