"""Hand-made frames, a small front end and a release, for the tests of the website."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
from shapely import Point

from mapper.model.enums import Completeness
from mapper.model.release import Counts, ReleaseInfo, SourceCredit
from mapper.registry.codes import OrganisationKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Organisation
from mapper.settings import Settings, bundled_root
from mapper.website.build import SiteContent
from tests.release.factory import device, devices_frame

frame = devices_frame


def camera(
    number: int, lon_deg: float = 24.94, lat_deg: float = 60.17, **values: object
) -> dict[str, object]:
    """Describe one camera by the columns in which it differs from a plain one."""
    return device(number) | {"geometry": Point(lon_deg, lat_deg)} | values


def organisation(org_id: str, name: str) -> Organisation:
    """Describe an organisation by its id and name alone."""
    columns: dict[str, str] = dict.fromkeys(Organisation.model_fields, "")
    own = {"org_id": org_id, "name": name, "kind": OrganisationKind.COMPANY}
    return Organisation.model_validate(columns | own)


def release_info(cameras: int, **values: str) -> ReleaseInfo:
    """Describe a release of one OSM extract; ``values`` replace fields of its credit."""
    credit = SourceCredit(
        source_id="osm",
        title="OpenStreetMap",
        license_id="ODbL-1.0",
        attribution="© OpenStreetMap contributors",
        url="https://www.openstreetmap.org/copyright",
        data_at_utc="2024-05-01T00:00:00Z",
        retrieved_at_utc=None,
        snapshot_sha256="ab" * 32,
        file_name="town.osm.pbf",
        completeness=Completeness.NOT_PROVEN,
        completeness_basis="",
    )
    return ReleaseInfo(
        release_id="2024-05-01.1",
        data_on="2024-05-01",
        code_version="0.1.0",
        counts=Counts(cameras, cameras, 0, 0, 0),
        credits=(replace(credit, **cast("Any", values)),),
        evidence_on="2026-11-20",
    )


def content(cameras: gpd.GeoDataFrame, *organisations: Organisation) -> SiteContent:
    """Wrap cameras into what the page is built from."""
    return SiteContent(
        cameras=cameras,
        other_devices=frame([]),
        registry=Registry(organisations=organisations),
        info=release_info(len(cameras)),
    )


def small_front_end(folder: Path) -> Settings:
    """Write a front end of a few lines beside the carried data, and point settings at it."""
    site = folder / "carried" / "site"
    for name in ("css", "built", "i18n", "templates"):
        (site / name).mkdir(parents=True)
    page = {
        "lang": "en",
        "css": ["plain.css"],
        "bundle": "map.js",
        "tools_bundle": "map.js",
        "noscript_css": "noscript.css",
        "languages": ["en"],
    }
    (site / "page.json").write_text(json.dumps(page), encoding="utf-8")
    (site / "css" / "plain.css").write_text("#map { height: 100% }", encoding="utf-8")
    (site / "css" / "noscript.css").write_text("p { color: red }", encoding="utf-8")
    (site / "built" / "map.js").write_text('"use strict";', encoding="utf-8")
    words = {"title": "A & B", "description": "A page for tests"}
    (site / "i18n" / "en.json").write_text(json.dumps(words), encoding="utf-8")
    body = '<h1>{{ t["title"] }}</h1><div id="map"></div>'
    (site / "templates" / "page_body.html").write_text(body, encoding="utf-8")
    (folder / "carried" / "LICENSES").symlink_to(bundled_root() / "LICENSES")
    data = folder / "carried" / "data"
    data.mkdir()
    (data / "boundaries").symlink_to(bundled_root() / "data" / "boundaries")
    (data / "overview").symlink_to(bundled_root() / "data" / "overview")
    return Settings(out_dir=folder / "build", bundled_dir=folder / "carried")
