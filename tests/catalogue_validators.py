"""
What the validators of others say of a release and of its site: `make validators`.

Frictionless reads the data package with every row, pystac the STAC item, the schemas of DataCite
and of the Citation File Format their records, feedparser the feeds, pmtiles the tiles where there
are any. One verdict a line; the command fails where one of them does.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import feedparser
import pystac
from datacite import schema45
from pmtiles.reader import MmapSource, Reader, all_tiles

from mapper.export.catalogue_records import DATACITE_NAME, STAC_NAME, ZENODO_NAME
from mapper.release.store import find_release

BIN = Path(sys.executable).parent
Check = Callable[[Path], str]
_DOI = {"doi": "10.5072/example", "prefix": "10.5072", "suffix": "example"}
"""DataCite gives a record its DOI when it is deposited; 10.5072 is the prefix for tests."""
# Of https://developers.zenodo.org, what a deposit of a dataset must say.
_ZENODO_REQUIRED = {"title", "upload_type", "description", "creators", "access_right", "license"}


def frictionless(release: Path) -> str:
    """Read every row of every table against its types, and every file against its hash."""
    words = ["validate", "datapackage.json", "--json", "--trusted"]
    done = subprocess.run(  # noqa: S603 - our own words
        [BIN / "frictionless", *words], cwd=release, capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    faults = [error["message"] for task in report["tasks"] for error in task["errors"]]
    if faults or not report["valid"]:
        raise ValueError("; ".join(faults[:3]))
    rows = sum(task["stats"].get("rows", 0) for task in report["tasks"])
    return f"{len(report['tasks'])} resources, {rows:,} rows"


def stac(release: Path) -> str:
    """Hold the STAC item to the schemas of its version."""
    item = pystac.Item.from_file(str(release / STAC_NAME))
    return f"{len(item.validate())} schemas, {len(item.assets)} assets"


def datacite(release: Path) -> str:
    """Hold the DataCite record to its schema, with a DOI for tests."""
    record = json.loads((release / DATACITE_NAME).read_text("utf-8"))
    schema45.validator.validate(record | _DOI)
    return f"{len(record)} fields"


def citation(release: Path) -> str:
    """Hold ``CITATION.cff`` to the schema of the Citation File Format."""
    words = ["--builtin-schema", "vendor.citation-file-format", "CITATION.cff"]
    done = subprocess.run(  # noqa: S603 - our own words
        [BIN / "check-jsonschema", *words], cwd=release, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(" ".join((done.stdout + done.stderr).split())[:300])
    return "schema 1.2.0"


def zenodo(release: Path) -> str:
    """Ask for what Zenodo requires of a deposit; it publishes no schema of its own."""
    record = json.loads((release / ZENODO_NAME).read_text("utf-8"))
    if missing := sorted(_ZENODO_REQUIRED - record.keys()):
        msg = f"it lacks {', '.join(missing)}"
        raise ValueError(msg)
    return f"the {len(_ZENODO_REQUIRED)} fields that are required"


def tiles(release: Path) -> str:
    """Read every tile of every PMTiles archive."""
    count = 0
    for path in sorted(release.glob("*.pmtiles")):
        with path.open("rb") as file:
            Reader(MmapSource(file)).metadata()
            count += sum(1 for _ in all_tiles(MmapSource(file)))
    return f"{count} tiles" if count else "no archive in this release"


def feeds(site: Path) -> str:
    """Read every feed as a feed reader does."""
    paths = sorted((site / "feeds").glob("*.xml"))
    entries = 0
    for path in paths:
        feed = feedparser.parse(path.read_bytes())
        if feed.bozo or feed.version != "atom10":
            msg = f"{path.name}: {feed.get('bozo_exception', feed.version)}"
            raise ValueError(msg)
        entries += len(feed.entries)
    return f"{len(paths)} feeds, {entries} entries" if paths else "no feed in this site"


def verdicts(out_dir: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield what each validator is, what it says, and whether that is good."""
    release, site = find_release(out_dir), out_dir / "site"
    checks: list[tuple[str, str, Check, Path]] = [
        ("datapackage.json", "frictionless", frictionless, release),
        (STAC_NAME, "pystac", stac, release),
        (DATACITE_NAME, "datacite", datacite, release),
        ("CITATION.cff", "check-jsonschema", citation, release),
        (ZENODO_NAME, "", zenodo, release),
        ("*.pmtiles", "pmtiles", tiles, release),
        ("feeds/*.xml", "feedparser", feeds, site),
    ]
    for what, package, check, place in checks:
        by = f" by {package} {version(package)}" if package else ""
        try:
            yield f"{what}{by}", f"valid: {check(place)}", True
        except Exception as error:  # noqa: BLE001 - each validator has exceptions of its own
            yield f"{what}{by}", f"NOT VALID: {' '.join(str(error).split())[:400]}", False


def main(out_dir: str) -> None:
    """Print the verdicts on a build, and fail where one is not good."""
    release = find_release(Path(out_dir))
    told = list(verdicts(Path(out_dir)))
    lines = [f"release {release.name}", *(f"  {what}: {said}" for what, said, _ in told)]
    sys.stdout.write("\n".join([*lines, ""]))
    if not all(good for *_, good in told):
        raise SystemExit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
