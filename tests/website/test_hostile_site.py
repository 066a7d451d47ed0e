"""A release of hostile values: nothing runs while the page is built, nothing is lost in it."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import folium

from mapper.website.build import SiteContent, build_site
from tests.website import hostile_cameras
from tests.website.frames import content, frame, organisation, release_info, small_front_end
from tests.website.hostile_cameras import PAYLOADS, PRODUCT, hostile_rows
from tests.website.unpack import details_of, payload_of, read_payload

_SPAWNS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"}
)


@dataclass
class _Watch:
    """An audit hook cannot be taken away again, so there is one, switched on where needed."""

    on: bool = False
    seen: list[str] = field(default_factory=list)
    installed: bool = False

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event in _SPAWNS:
            self.seen.append(f"{event} {arguments!r}")


_WATCH = _Watch()


@contextmanager
def _spawned() -> Iterator[list[str]]:
    if not _WATCH.installed:
        sys.addaudithook(_WATCH.hook)
        _WATCH.installed = True
    _WATCH.seen.clear()
    _WATCH.on = True
    try:
        yield _WATCH.seen
    finally:
        _WATCH.on = False


def _hostile_content(count: int) -> SiteContent:
    vendors = [
        organisation(f"vendor-{number}", PAYLOADS[number * 3 % len(PAYLOADS)].strip() or "x")
        for number in range(20)
        if _registry_accepts(PAYLOADS[number * 3 % len(PAYLOADS)])
    ]
    known = {vendor.org_id for vendor in vendors}
    rows = [
        row if row["vendor_id"] in known else row | {"vendor_id": None}
        for row in hostile_rows(count)
    ]
    cameras = frame(rows)
    plain = content(cameras, *vendors)
    info = release_info(
        count,
        title=PAYLOADS[0],
        attribution="<img src=x onerror=alert(1)>",
        url="javascript:alert(1)",
        file_name="{{1234567*7}}.osm.pbf",
        completeness_basis="</script>",
    )
    return SiteContent(cameras, plain.other_devices, plain.registry, info)


def _registry_accepts(name: str) -> bool:
    try:
        organisation("probe", name)
    except ValueError:
        return False
    return True


def test_the_payload_and_the_watch_are_live(tmp_path: Path) -> None:
    # The reason for all of this: folium evaluates a value that stands in a popup.
    # The command is `true`, which leaves nothing behind.
    live = "{{cycler.__init__.__globals__.os.system(dict(true=1)|first)}}"
    plain = folium.Map(location=[60.17, 24.94])
    folium.Marker([60.17, 24.94], popup=live).add_to(plain)
    with _spawned() as spawned:
        plain.save(str(tmp_path / "plain.html"))
    assert spawned


def test_a_hostile_release_spawns_nothing_and_evaluates_nothing(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    with _spawned() as spawned:
        build_site(_hostile_content(1_000), settings=settings)
    assert spawned == []
    for path in settings.site_dir.rglob("*"):
        if path.is_file():
            assert PRODUCT.encode() not in path.read_bytes(), path


def test_the_page_itself_is_the_same_whatever_the_data(tmp_path: Path) -> None:
    hostile, harmless = tmp_path / "hostile", tmp_path / "harmless"
    pages = []
    for folder, what in ((hostile, _hostile_content(300)), (harmless, content(frame([])))):
        folder.mkdir()
        settings = small_front_end(folder)
        build_site(what, settings=settings)
        pages.append((settings.site_dir / "index.html").read_bytes())
    assert pages[0] == pages[1]


def test_every_hostile_value_stands_in_its_data_file_as_its_own_text(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    what = _hostile_content(1_000)
    build_site(what, settings=settings)
    starts = read_payload(settings.site_dir, "meta")["details"]["starts"]
    details = [
        row
        for number in range(len(starts))
        for row in details_of(read_payload(settings.site_dir, f"details/{number:03d}"))
    ]
    found = {row["camera_id"]: row for row in details}
    for released in what.cameras.to_dict("records"):
        row = found[released["camera_id"]]
        for name in ("operator_name", "mount", "zone", "vendor_as_written", "source_url"):
            assert row[name] == released[name]
        assert row["flags"] == released["flags"]
    used = {value for row in details for value in row.values() if isinstance(value, str)}
    assert used >= set(PAYLOADS)


def test_no_hostile_value_is_ever_a_key(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_hostile_content(200), settings=settings)

    def keys(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    for path in (settings.site_dir / "data").rglob("*.js"):
        _, payload = payload_of(path.read_text("ascii"))
        assert [key for key in keys(payload) if not re.fullmatch(r"[a-z0-9_]+", key)] == []
        assert "__proto__" not in set(keys(payload))


def test_no_address_of_another_host_can_be_loaded(tmp_path: Path) -> None:
    settings = small_front_end(tmp_path)
    build_site(_hostile_content(200), settings=settings)
    page = (settings.site_dir / "index.html").read_text("utf-8")
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+", page) == []


def test_all_payload_families_are_in_the_hostile_extract() -> None:
    tags = [
        value
        for element in hostile_cameras.hostile_elements(1_000)
        for value in element["tags"].values()  # type: ignore[attr-defined] # a dict of texts
    ]
    assert set(PAYLOADS) <= set(tags)
    assert PRODUCT not in "".join(PAYLOADS)
