"""KMZ: the KML of a layer in a zip file, a tenth of its size."""

from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mapper.export import kml
from mapper.export.layer import Layer
from mapper.export.table_format import Cells, Format

_DOCUMENT: Final = "doc.kml"


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as KMZ, its only entry dated by the data.

    Notes
    -----
    Source: OGC KML 2.2 (07-147r2), annex C: the document is the first ``.kml`` entry.
    """
    # Beside the file itself, which no release holds yet: the document of a country is large.
    document = path.with_suffix(".kmz-document")
    kml.write(layer, document)
    year, month, day = (int(part) for part in layer.data_on.split("-"))
    # A zip file counts years from 1980.
    entry = ZipInfo(_DOCUMENT, date_time=(max(year, 1980), month, day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    # Zip notes the system that wrote it; the bytes must not depend on that.
    entry.create_system = 3
    entry.file_size = document.stat().st_size
    with (
        ZipFile(path, "w") as archive,
        archive.open(entry, "w") as target,
        document.open("rb") as source,
    ):
        # In parts of a megabyte: the KML of a country does not have to fit into memory.
        while part := source.read(1 << 20):
            target.write(part)
    document.unlink()


def read(path: Path, _layer: str) -> Cells:
    """Read the document inside."""
    with ZipFile(path) as archive, archive.open(_DOCUMENT) as file:
        return kml.cells_in(file)


def count(path: Path, _layer: str) -> int:
    """Count the placemarks of the document inside."""
    with ZipFile(path) as archive, archive.open(_DOCUMENT) as lines:
        return sum(line.startswith(b"<Placemark>") for line in lines)


FORMAT: Final = Format(
    "kmz",
    ".kmz",
    write,
    read,
    count,
    holds=(
        "KML 2.2, zipped",
        "`coordinates`",
        "JSON arrays",
        "the element is left out",
        "as it is",
    ),
    is_default=False,
)
