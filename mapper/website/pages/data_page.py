"""What every static page says of its release, and what stands on the page about the data."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal, format_percent

from mapper.export.schema_org import dataset_jsonld
from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import CAMERA, Column
from mapper.model.release import ReleaseInfo
from mapper.release.manifest import MANIFEST_NAME, read_manifest
from mapper.resolve.chosen_rows import CameraColumns
from mapper.resolve.evidence_shares import evidence_shares
from mapper.settings import Settings
from mapper.telling.citation import item_text, release_item
from mapper.telling.language import gettext, marked, spoken
from mapper.website.downloads import DOWNLOADS

REGISTRY_LICENSE = "CC-BY-4.0"
_KILO = 1000.0
_LEAST_PCT = 0.1

FURTHER_CREDITS = (
    ("Evidence registry: Whose Cameras", REGISTRY_LICENSE, ""),
    (
        "US agencies with plate readers: The News & Observer",
        "MIT",
        "https://github.com/mcclatchy-southeast/private_eyes",
    ),
    ("Place names: GeoNames", "CC BY 4.0", "https://www.geonames.org/"),
    ("US states and counties: U.S. Census Bureau", "public domain", ""),
    ("Land: Natural Earth", "public domain", "https://www.naturalearthdata.com/"),
    (
        "Coast close by: © OpenStreetMap contributors",
        "ODbL 1.0",
        "https://www.openstreetmap.org/copyright",
    ),
)
"""(attribution, licence, address) of what every page holds beside the sources of cameras."""


def manifest_of(info: ReleaseInfo, settings: Settings) -> Mapping[str, Any] | None:
    """Read the manifest of the release the page is built for; None where none is beside it."""
    folder = settings.release_root / info.release_id
    return read_manifest(folder) if (folder / MANIFEST_NAME).exists() else None


def release_folder(info: ReleaseInfo, settings: Settings) -> str:
    """Return the way from the site's top folder to the release: inside it, or beside it."""
    if settings.with_downloads:
        return f"{DOWNLOADS}/{info.release_id}/"
    return f"../{settings.release_root.name}/{info.release_id}/"


def withheld_in(info: ReleaseInfo, code: str) -> int | str | None:
    """
    Return how many cameras of a country were withheld for privacy.

    None where this build does not state it; an empty text for a number below 10, or none, for
    small numbers are counted in the world's total alone.
    """
    if info.withheld_by_country is None:
        return None
    return info.withheld_by_country.get(code, "")


def camera_tables(info: ReleaseInfo) -> list[str]:
    """Return the CSV files that hold the cameras of a release, a file for each source."""
    if info.withheld_by_country is None:
        return []
    return sorted({f"cameras_{credit.source_id}.csv" for credit in info.credits})


def data_page(info: ReleaseInfo, settings: Settings, cameras: CameraColumns) -> dict[str, Any]:
    """
    Gather what the page about the data shows of the cameras.

    Returns
    -------
    dict
        Of what ``data.html`` takes beside ``release``: ``counts`` (what and how many), ``folder``
        (the way from the site's top folder to the release's), ``citation``, ``evidence`` (how
        far evidence reaches the cameras, by country), ``fill`` and ``total`` (how many of all
        cameras fill a column).
    """
    return {
        "counts": _counts(info),
        "folder": release_folder(info, settings),
        "citation": release_citation(info),
        "evidence": evidence_shares(cameras),
        "fill": fill_of(cameras),
        "total": len(cameras),
    }


def files_told(info: ReleaseInfo, settings: Settings) -> dict[str, Any]:
    """
    Gather what the page about the data shows of the release's files, which must be there.

    Returns
    -------
    dict
        The rest of what ``data.html`` takes: ``tables`` (the files that hold all cameras of the
        release), ``manifest`` (None where the page is built without a release beside it) and
        ``dataset`` (the release in the words of schema.org; None without a manifest).
    """
    manifest = manifest_of(info, settings)
    address, folder = settings.presentation.base_address, release_folder(info, settings)
    return {
        "tables": _tables(manifest),
        "manifest": manifest,
        "dataset": dataset_jsonld(info, manifest, address, folder) if manifest else None,
    }


def _tables(manifest: Mapping[str, Any] | None) -> list[str]:
    """Return the GeoParquet files that hold all cameras of a release, a file for each source."""
    files = manifest["files"] if manifest else []
    named = [
        str(row["path"])
        for row in files
        if row["file_format"] == "geoparquet" and str(row["layer"]).startswith("cameras_")
    ]
    return named or ["cameras_osm.parquet"]


def fill_of(cameras: CameraColumns) -> list[tuple[str, str, int]]:
    """Return of each column its name, its meaning, and how many cameras have a value in it."""
    return [
        (column.name, column.meaning.replace("`", ""), _filled(cameras, column))
        for column in CAMERA
    ]


def _filled(cameras: CameraColumns, column: Column) -> int:
    # The points and ids of a million cameras are not touched to learn that they are there.
    if column.is_never_empty:
        return len(cameras)
    if column.column_type not in LIST_TYPES:
        return int(cameras[column.name].count())
    # An empty list says nothing; the frame holds it as a value.
    return sum(map(bool, map(len, cameras[column.name].dropna())))


def _counts(info: ReleaseInfo) -> tuple[tuple[str, int], ...]:
    """Say what each total counts; those of the release add up to the objects read."""
    counts, local = info.counts, info.local_counts
    rows = [
        (marked("objects read"), counts.read, True),
        (marked("cameras published that stand"), counts.cameras, True),
        (marked("of these, rows that are a site with several cameras"), counts.sites, False),
        (marked("cameras that the sources count at these sites"), counts.site_cameras, False),
        (marked("cameras published that are planned or have ended"), counts.not_standing, False),
        (marked("other devices published"), counts.other_devices, True),
        (marked("withheld for privacy"), counts.withheld, True),
        (marked("rejected"), counts.rejected, True),
        (marked("cameras of lists on this machine alone, in no release"), local.cameras, False),
        (marked("withheld for privacy from those lists"), local.withheld, False),
    ]
    return tuple((name, count) for name, count, is_always in rows if count or is_always)


def release_citation(info: ReleaseInfo) -> str:
    """Say how to cite a release, as its data page and the files taken from its map do."""
    contained = [(credit.attribution, credit.license_id) for credit in info.credits]
    return item_text(release_item(info.release_id, info.data_on, info.evidence_on, contained))


def percent(part: int, whole: int) -> str:
    """Say a share of a whole that is not empty: ``8.4 %``; a part is never rounded to nothing."""
    share_pct = 100 * part / whole
    if 0 < share_pct < _LEAST_PCT:
        return gettext("under {share}", share=_percent_text(_LEAST_PCT))
    return _percent_text(share_pct)


def _percent_text(share_pct: float) -> str:
    return format_percent(share_pct / 100, "0.0 %", locale=spoken().locale)


def file_size(size_bytes: int) -> str:
    """Say how large a file is."""
    size = float(size_bytes)
    if size < _KILO:
        return gettext("{n} bytes", n=str(size_bytes))
    for unit in (marked("{n} kB"), marked("{n} MB")):
        size /= _KILO
        if size < _KILO:
            return gettext(unit, n=_tenths(size))
    return gettext("{n} GB", n=_tenths(size / _KILO))


def _tenths(size: float) -> str:
    return format_decimal(round(size, 1), "0.0", locale=spoken().locale)
