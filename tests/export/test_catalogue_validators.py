"""A whole release is valid to the validators of others, and they would find what is not."""

from pathlib import Path

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.release.store import find_release
from mapper.settings import Settings
from tests.catalogue_validators import verdicts


@pytest.fixture(scope="module")
def out_dir(tmp_path_factory: pytest.TempPathFactory, small_bundled_dir: Path) -> Path:
    """Build the sample with the small registry, feeds and tiles."""
    settings = Settings(
        out_dir=tmp_path_factory.mktemp("validated"),
        bundled_dir=small_bundled_dir,
        with_downloads=True,
        formats=("pmtiles", "kmz", "geojsonseq"),
    )
    build(["sample"], settings=settings, progress=NoProgress())
    return settings.out_dir


def test_every_validator_finds_the_release_and_the_feeds_valid(out_dir: Path) -> None:
    told = list(verdicts(out_dir))
    assert len(told) == 7
    assert [f"{what}: {said}" for what, said, good in told if not good] == []
    said = {what.partition(" ")[0]: words for what, words, _ in told}
    assert "no archive" not in said["*.pmtiles"]
    assert said["feeds/*.xml"].startswith("valid: 6 feeds")


def test_each_validator_would_find_its_file_broken(out_dir: Path) -> None:
    release = find_release(out_dir)
    feed = out_dir / "site" / "feeds" / "cameras.xml"
    broken = {
        release / "cameras_osm.csv": (b",60.1", b",x60.1"),
        release / "stac_item.json": (b'"type": "Feature"', b'"type": "Creature"'),
        release / "datacite.json": (b'"Dataset"', b'"Set of data"'),
        release / "CITATION.cff": (b"type: dataset", b"type: data set"),
        release / ".zenodo.json": (b'"upload_type"', b'"kind"'),
        release / "cameras_osm.pmtiles": (b"PMTiles", b"PNTiles"),
        feed: (b"</feed>", b""),
    }
    for path, (before, after) in broken.items():
        body = path.read_bytes()
        assert before in body, path.name
        path.write_bytes(body.replace(before, after))
    assert [what for what, _, good in verdicts(out_dir) if good] == []
