"""
What a release says of itself to machines: ``datapackage.json`` and ``CITATION.cff``.

Both are files of the release, so neither names its id: equal contents are equal bytes. They name
the day of the data instead.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from mapper.clean.file_digests import sha256_of
from mapper.export.table_format import NUMBERS, TRUTHS
from mapper.model.columns import CAMERA
from mapper.model.release import ReleaseInfo
from mapper.registry.registry import TABLES
from mapper.release.manifest import WrittenFile

TITLE: Final = "Whose Cameras: surveillance cameras, who supplies them, and the evidence"
AUTHOR: Final = "The Whose Cameras maintainers"
NAMES: Final = ("CITATION.cff", "datapackage.json")
_LICENSE_ID: Final = "CC-BY-4.0"
_SPDX: Final = frozenset(
    {"CC-BY-3.0", "CC-BY-4.0", "CC0-1.0", "ODbL-1.0", "OGL-UK-3.0", "etalab-2.0"}
)
"""Licence ids of ours that SPDX has; the Citation File Format takes no other."""
MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".fgb": "application/flatgeobuf",
    ".geojson": "application/geo+json",
    ".geojsons": "application/geo+json-seq",
    ".gpkg": "application/geopackage+sqlite3",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".kmz": "application/vnd.google-earth.kmz",
    ".md": "text/markdown",
    ".pmtiles": "application/vnd.pmtiles",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".txt": "text/plain",
}
_NO_NAME = re.compile(r"[^a-z0-9._-]+")


def write(stage_dir: Path, files: Sequence[WrittenFile], info: ReleaseInfo) -> list[WrittenFile]:
    """
    Describe the files of a release.

    Parameters
    ----------
    stage_dir
        The folder that holds them.
    files
        Every file written so far.

    Returns
    -------
    files
        All of them, with their hashes, and the two that describe them.
    """
    hashed = [replace(file, sha256=sha256_of(stage_dir / file.path)) for file in files]
    texts = {
        "CITATION.cff": citation_cff(info),
        "datapackage.json": datapackage_json(stage_dir, hashed, info),
    }
    for name, text in texts.items():
        (stage_dir / name).write_bytes(text.encode("utf-8"))
    return hashed + [WrittenFile(name, "text", _LICENSE_ID) for name in texts]


def datapackage_json(stage_dir: Path, files: Sequence[WrittenFile], info: ReleaseInfo) -> str:
    """
    Write the Data Package descriptor: every file with its hash, licence and columns.

    Notes
    -----
    Source: Data Package 2.0, https://datapackage.org/standard/data-package/.
    """
    license_ids = sorted({file.license_id for file in files})
    content = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "whose-cameras",
        "title": TITLE,
        "version": info.data_on,
        "created": f"{info.data_on}T00:00:00Z",
        "contributors": [{"title": AUTHOR, "roles": ["publisher"]}],
        "licenses": [_license(license_id) for license_id in license_ids],
        "sources": [
            {"title": credit.title, "path": credit.url}
            if credit.url.startswith(("http://", "https://"))
            else {"title": credit.title}
            for credit in info.credits
        ],
        "resources": [_resource(stage_dir, file) for file in sorted(files, key=lambda f: f.path)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _license(license_id: str) -> dict[str, str]:
    # The text or address of each lies in the release.
    return {"name": license_id, "path": f"LICENSES/{license_id}.txt"}


def _resource(stage_dir: Path, file: WrittenFile) -> dict[str, Any]:
    path = stage_dir / file.path
    suffix = path.suffix
    content: dict[str, Any] = {
        "name": _NO_NAME.sub("-", file.path.lower().replace("/", "-")),
        "path": file.path,
        "format": _formats_name(file, suffix),
        "mediatype": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file.sha256}",
        "licenses": [_license(file.license_id)],
    }
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines))
        content |= {
            "type": "table",
            "encoding": "utf-8",
            "schema": {"fields": [_field(file, name) for name in header]},
        }
    return content


def _formats_name(file: WrittenFile, suffix: str) -> str:
    # Frictionless takes `parquet` for a table, and then cannot count its bytes: these stay files.
    if suffix == ".parquet":
        return "geoparquet" if file.file_format == "geoparquet" else "apache-parquet"
    # And `jsonl` for a table that it reads with a further package; ours are nested objects.
    if suffix == ".jsonl":
        return "json-lines"
    return suffix.removeprefix(".") or "txt"


def _field(file: WrittenFile, name: str) -> dict[str, str]:
    meanings = {column.name: column.meaning for column in CAMERA}
    table = file.path.removeprefix("registry/").removesuffix(".csv")
    if file.path.startswith("registry/") and table in TABLES:
        meanings = {
            column: field.description or "" for column, field in TABLES[table].model_fields.items()
        }
        return {"name": name, "type": "string", "description": meanings[name]}
    kind = "string"
    if name in NUMBERS or name in {"lon_deg", "lat_deg"}:
        kind = "number"
    elif name in TRUTHS:
        kind = "boolean"
    said = meanings.get(name, "")
    return {"name": name, "type": kind} | ({"description": said} if said else {})


def citation_cff(info: ReleaseInfo) -> str:
    """
    Write how the release is cited, its sources as references.

    Notes
    -----
    Source: Citation File Format 1.2.0.
    """
    return "\n".join([*_citation_lines(info), ""])


def _citation_lines(info: ReleaseInfo) -> Iterator[str]:
    license_ids = sorted({credit.license_id for credit in info.credits} | {_LICENSE_ID})
    evidence = f", evidence as of {info.evidence_on}" if info.evidence_on else ""
    yield "cff-version: 1.2.0"
    yield "type: dataset"
    yield f"title: {_quoted(TITLE)}"
    yield f"message: {_quoted('Please cite the release by its id, which manifest.json names.')}"
    yield "authors:"
    yield f"  - name: {_quoted(AUTHOR)}"
    yield f"version: {_quoted(info.data_on)}"
    yield f"date-released: {_quoted(info.data_on)}"
    yield "abstract: " + _quoted(
        f"Cameras of {info.data_on}{evidence}. Licences by file: {', '.join(license_ids)}."
    )
    if spdx := [one for one in license_ids if one in _SPDX]:
        yield "license:"
        yield from (f"  - {one}" for one in spdx)
    if info.credits:
        yield "references:"
    for credit in info.credits:
        yield "  - type: data"
        yield f"    title: {_quoted(credit.title)}"
        yield "    authors:"
        yield f"      - name: {_quoted(credit.attribution)}"
        if credit.url.startswith(("http://", "https://")):
            yield f"    url: {_quoted(credit.url)}"


def _quoted(text: str) -> str:
    """Write a text as YAML: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
