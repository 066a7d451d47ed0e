"""
What a release says of itself to catalogues: STAC, DataCite, Zenodo.

As with every file of a release, none of them names the release's id: equal contents are equal
bytes. They name the day of the data.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from mapper.export.descriptors import AUTHOR, MEDIA_TYPES, TITLE
from mapper.model.release import ReleaseInfo
from mapper.release.manifest import WrittenFile

STAC_NAME: Final = "stac_item.json"
DATACITE_NAME: Final = "datacite.json"
ZENODO_NAME: Final = ".zenodo.json"
_LICENSE_ID: Final = "CC-BY-4.0"
KEYWORDS: Final = ("surveillance cameras", "OpenStreetMap", "supply chain", "open data")
ABOUT: Final = (
    "Where surveillance cameras stand as public sources say, who is documented to make and supply "
    "them, and the evidence for every value."
)
_BBOX_SIDES: Final = 4


@dataclass(frozen=True, slots=True)
class Extent:
    """The smallest box around all cameras, degrees, WGS 84."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    def geometry(self) -> dict[str, Any]:
        """Return the box as GeoJSON: a ring counter-clockwise, or the one point that it is."""
        west, south, east, north = self.west_deg, self.south_deg, self.east_deg, self.north_deg
        if (west, south) == (east, north):
            return {"type": "Point", "coordinates": [west, south]}
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {"type": "Polygon", "coordinates": [ring]}


def extent_of(stage_dir: Path, files: Sequence[WrittenFile]) -> Extent | None:
    """Return the box around the rows of every layer, as GeoParquet says it; None without rows."""
    boxes = [
        box
        for file in files
        if file.file_format == "geoparquet" and "/" not in file.layer
        for box in _boxes(stage_dir / file.path)
    ]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return Extent(min(west), min(south), max(east), max(north))


def _boxes(path: Path) -> Iterator[tuple[float, ...]]:
    column = json.loads(pq.read_metadata(path).metadata[b"geo"])["columns"]["geometry"]
    # A layer without rows has no box.
    if len(column.get("bbox", ())) == _BBOX_SIDES:
        yield tuple(column["bbox"])


def write(stage_dir: Path, files: Sequence[WrittenFile], info: ReleaseInfo) -> list[WrittenFile]:
    """
    Write the records of a release.

    Parameters
    ----------
    stage_dir
        The folder that holds the files.
    files
        Every file written so far.
    """
    extent = extent_of(stage_dir, files)
    license_ids = sorted({file.license_id for file in files})
    records: Mapping[str, dict[str, Any]] = {
        STAC_NAME: stac_item(files, info, extent),
        DATACITE_NAME: datacite_record(info, license_ids, extent),
        ZENODO_NAME: zenodo_record(info, license_ids),
    }
    for name, record in records.items():
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (stage_dir / name).write_bytes(text.encode())
    return [WrittenFile(name, "text", _LICENSE_ID) for name in records]


def stac_item(
    files: Sequence[WrittenFile], info: ReleaseInfo, extent: Extent | None
) -> dict[str, Any]:
    """
    Describe a release as a STAC item: where, when, and its files as assets.

    Notes
    -----
    Source: STAC 1.1.0, item specification. An item without a place has a null geometry and no box.
    """
    item: dict[str, Any] = {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": [],
        "id": f"whose-cameras-{info.data_on}",
        "geometry": extent.geometry() if extent else None,
        "properties": {
            "datetime": f"{info.data_on}T00:00:00Z",
            "title": TITLE,
            "description": ABOUT,
            "keywords": list(KEYWORDS),
            # Files stand under several licences, each said in datapackage.json.
            "license": "other",
            "providers": [
                {"name": AUTHOR, "roles": ["processor"]},
                *({"name": name, "roles": ["producer"]} for name in _producers(info)),
            ],
        },
        "links": [],
        "assets": {file.path: _asset(file) for file in sorted(files, key=lambda file: file.path)},
    }
    if extent:
        box = (extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg)
        item["bbox"] = list(box)
    return item


def _producers(info: ReleaseInfo) -> list[str]:
    return sorted({credit.title for credit in info.credits})


def _asset(file: WrittenFile) -> dict[str, Any]:
    suffix = Path(file.path).suffix
    rows = "" if file.rows is None else f"{file.rows} rows; "
    return {
        "href": f"./{file.path}",
        "type": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "title": file.path,
        "description": f"{rows}licence {file.license_id}",
        "roles": ["metadata" if file.file_format == "text" else "data"],
    }


def datacite_record(
    info: ReleaseInfo, license_ids: Sequence[str], extent: Extent | None
) -> dict[str, Any]:
    """
    Return the fields that DataCite asks for; the DOI is added by who registers one.

    Notes
    -----
    Source: DataCite metadata schema 4.5.
    """
    record: dict[str, Any] = {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "creators": [{"name": AUTHOR, "nameType": "Organizational"}],
        "titles": [{"title": TITLE}],
        "publisher": {"name": AUTHOR},
        "publicationYear": info.data_on[:4],
        "version": info.data_on,
        "language": "en",
        "subjects": [{"subject": word} for word in KEYWORDS],
        "dates": [{"date": info.data_on, "dateType": "Valid"}],
        "rightsList": [{"rights": license_id} for license_id in license_ids],
        "descriptions": [{"description": ABOUT, "descriptionType": "Abstract"}],
        "relatedItems": [
            {
                "titles": [{"title": credit.title}],
                "relatedItemType": "Dataset",
                "relationType": "IsDerivedFrom",
            }
            for credit in info.credits
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    if extent:
        record["geoLocations"] = [
            {
                "geoLocationBox": {
                    "westBoundLongitude": extent.west_deg,
                    "eastBoundLongitude": extent.east_deg,
                    "southBoundLatitude": extent.south_deg,
                    "northBoundLatitude": extent.north_deg,
                }
            }
        ]
    return record


def zenodo_record(info: ReleaseInfo, license_ids: Sequence[str]) -> dict[str, Any]:
    """
    Return what Zenodo reads of a deposit: ``.zenodo.json``.

    Notes
    -----
    Source: Zenodo, deposit metadata. A deposit has one licence there; the files here have several,
    so it is ``other-open``, and the description, which Zenodo shows as HTML, names them.
    """
    credits_ = [f"{credit.title}: {credit.attribution}" for credit in info.credits]
    paragraphs = [
        ABOUT,
        f"Of when: {info.dates}.",
        f"Licences by file, see ATTRIBUTION.txt: {', '.join(license_ids)}.",
        *(f"Source: {text}." for text in credits_),
    ]
    return {
        "title": f"{TITLE} ({info.data_on})",
        "upload_type": "dataset",
        "description": "".join(f"<p>{escape(text)}</p>" for text in paragraphs),
        "creators": [{"name": AUTHOR}],
        "publication_date": info.data_on,
        "access_right": "open",
        "license": "other-open",
        "version": info.data_on,
        "language": "eng",
        "keywords": list(KEYWORDS),
    }
