"""What every static page says of its release, and what stands on the pages about the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapper.model.release import ReleaseInfo
from mapper.release.manifest import MANIFEST_NAME, read_manifest
from mapper.settings import Settings
from mapper.website.pages import page_words as words

REGISTRY_LICENSE = "CC-BY-4.0"
_KILO = 1000.0


@dataclass(frozen=True, slots=True)
class Credit:
    """A source with its licence, as the foot of every page names it."""

    attribution: str
    license_id: str
    url: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """
    A release as the frame of a page names it.

    Attributes
    ----------
    data_on
        ISO day.
    evidence_on, evidence_words
        ISO day of the evidence registry, and in words; empty where it has none.
    data_words
        The same for a reader.
    """

    release_id: str
    data_on: str
    data_words: str
    evidence_on: str
    evidence_words: str
    code_version: str
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of cameras with what is known of its snapshot."""

    title: str
    attribution: str
    license_id: str
    url: str
    file_name: str
    sha256: str
    data_at: str
    retrieved_at: str
    completeness: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the release."""

    path: str
    file_format: str
    rows: str
    size: str
    license_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """
    The page about the data.

    Attributes
    ----------
    files
        Empty where the page was built without a release beside it.
    folder
        The way from the site's folder to the release's.
    """

    counts: tuple[tuple[str, str], ...]
    withheld: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[str, str], ...]
    sources: tuple[SourceRow, ...]
    tables: tuple[FileRow, ...]
    files: tuple[FileRow, ...]
    folder: str
    remarks: tuple[str, ...]
    citation: str


def release_view(info: ReleaseInfo) -> ReleaseView:
    """Say what the frame of every page says; the registry and the place names are credited too."""
    named = [
        Credit(credit.attribution, credit.license_id, credit.url)
        for credit in (*info.credits, *info.local_credits)
    ]
    named += [
        Credit("Evidence registry: Whose Cameras", REGISTRY_LICENSE, ""),
        Credit(
            "US agencies with plate readers: The News & Observer",
            "MIT",
            "https://github.com/mcclatchy-southeast/private_eyes",
        ),
        Credit("Place names: GeoNames", "CC BY 4.0", "https://www.geonames.org/"),
        Credit("Land: Natural Earth", "public domain", "https://www.naturalearthdata.com/"),
    ]
    return ReleaseView(
        release_id=info.release_id,
        data_on=info.data_on,
        data_words=words.iso_day(info.data_on),
        evidence_on=info.evidence_on,
        evidence_words=words.iso_day(info.evidence_on) if info.evidence_on else "",
        code_version=info.code_version,
        credits=tuple(named),
    )


def manifest_of(info: ReleaseInfo, settings: Settings) -> Mapping[str, Any] | None:
    """Read the manifest of the release the page is built for; None where none is beside it."""
    folder = settings.release_root / info.release_id
    return read_manifest(folder) if (folder / MANIFEST_NAME).exists() else None


def withheld_in(manifest: Mapping[str, Any] | None, code: str) -> str:
    """Say how many cameras of a country were withheld for privacy."""
    if manifest is None:
        return "not stated in this build"
    counted: int | None = manifest["withheld_by_country"].get(code)
    if counted is None:
        return "fewer than 10, or none: small numbers are counted in the world's total alone"
    return words.number(counted)


def data_page(
    info: ReleaseInfo, manifest: Mapping[str, Any] | None, settings: Settings
) -> DataPage:
    """Gather the page about the data."""
    files = tuple(_file(row) for row in manifest["files"]) if manifest else ()
    return DataPage(
        counts=_counts(info),
        withheld=_reasons(manifest, "withheld_by_reason"),
        rejected=_reasons(manifest, "rejected_by_reason"),
        sources=tuple(
            SourceRow(
                title=credit.title,
                attribution=credit.attribution,
                license_id=credit.license_id,
                url=credit.url,
                file_name=credit.file_name,
                sha256=credit.snapshot_sha256,
                data_at=credit.data_at_utc or "not stated in the file",
                retrieved_at=credit.retrieved_at_utc or "read from a local file",
                completeness=f"{credit.completeness}"
                + (f": {credit.completeness_basis}" if credit.completeness_basis else ""),
            )
            for credit in info.credits
        ),
        tables=tuple(row for row in files if row.rows),
        files=files,
        folder=f"../{settings.release_root.name}/{info.release_id}/",
        remarks=tuple(manifest["remarks"]) if manifest else (),
        citation=_citation(info),
    )


def _counts(info: ReleaseInfo) -> tuple[tuple[str, str], ...]:
    """Say what each total counts; those of the release add up to the objects read."""
    counts, local = info.counts, info.local_counts
    rows = [
        ("objects read", counts.read),
        ("cameras published that stand", counts.cameras),
        ("of these, rows that are a site with several cameras", counts.sites),
        ("cameras that the sources count at these sites", counts.site_cameras),
        ("cameras published that are planned or have ended", counts.not_standing),
        ("other devices published", counts.other_devices),
        ("withheld for privacy", counts.withheld),
        ("rejected", counts.rejected),
        ("cameras of lists on this machine alone, in no release", local.cameras),
    ]
    always = {"objects read", "cameras published that stand", "other devices published"}
    always |= {"withheld for privacy", "rejected"}
    return tuple((name, words.number(count)) for name, count in rows if count or name in always)


def _citation(info: ReleaseInfo) -> str:
    sources = "; ".join(f"{credit.attribution}, {credit.license_id}" for credit in info.credits)
    day = f"cameras of {words.iso_day(info.data_on)}"
    if info.evidence_on:
        day += f", evidence as of {words.iso_day(info.evidence_on)}"
    return (
        f"The Whose Cameras maintainers: Whose Cameras, release {info.release_id}, "
        f"{day}. Contains: {sources}; evidence registry, {REGISTRY_LICENSE}."
    )


def _reasons(manifest: Mapping[str, Any] | None, key: str) -> tuple[tuple[str, str], ...]:
    if manifest is None:
        return ()
    reasons: Mapping[str, int] = manifest[key]
    return tuple((reason, words.number(count)) for reason, count in sorted(reasons.items()))


def _file(row: Mapping[str, Any]) -> FileRow:
    return FileRow(
        path=row["path"],
        file_format=row["file_format"],
        rows=words.number(row["rows"]) if row["rows"] is not None else "",
        size=_size(row["size_bytes"]),
        license_id=row["license_id"],
        sha256=row["sha256"],
    )


def _size(size_bytes: int) -> str:
    size = float(size_bytes)
    if size < _KILO:
        return f"{size_bytes} bytes"
    for unit in ("kB", "MB"):
        size /= _KILO
        if size < _KILO:
            return f"{size:.1f} {unit}"
    return f"{size / _KILO:.1f} GB"
