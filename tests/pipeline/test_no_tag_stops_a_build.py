"""Whatever one mapper writes, the release of all the others is made."""

import json
import random
from pathlib import Path

from mapper.model.progress import NoProgress
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.pipeline.building import build
from mapper.settings import Settings

PIECES = (
    "private", "Private", "PRIVATE ground", "public", "indoor", "doorbell", "door", "door bell",
    "Ring", "ring Inc", "Nest", "nest cam", "Reolink;Arlo", "individual", "private_individual",
    "individual;government", "Flock Safety", "Axis", "ALPR", "guard", "gunshot_detector", "fixed",
    "0-360", "-90", "358401234567", "+358 40 123 4567", "a@b.example", "rtsp://u:p@10.0.0.1/1",
    "10.0.0.1:554", "FI2112345600000785", "2024-08-07", "20240807123456", "~2020", "before 1999",
    "Q108485435", "wikidata=Q108485435", "NULL", "nan", "None", "", " ", ";", ";;", "\u202egro",
    "{{7*7}}", "=1+1", "\ud800", "a\0b", "é" * 40, "John Q. Public", "Familie Müller", "Police",
    "1e999", "NaN", "Infinity", "٣٤", "yes", "no", "unknown", "other", "bank", "shop", "traffic",
)  # fmt: skip
KEYS = (*PUBLISHED_TAGS, *PRIVACY_TAGS)


def test_three_thousand_random_objects_are_all_accounted_for(
    tmp_path: Path, small_bundled_dir: Path
) -> None:
    chance = random.Random(20261123)  # noqa: S311 - values of a test
    elements = []
    for number in range(1, 3001):
        tags = {key: chance.choice(PIECES) for key in chance.sample(KEYS, 9)}
        tags["man_made"] = "surveillance"
        lat, lon = chance.uniform(59, 68), chance.uniform(22, 29)
        elements.append({"type": "node", "id": number, "lat": lat, "lon": lon, "tags": tags})
    document = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": "2025-11-01T00:00:00Z"},
        "elements": elements,
    }
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(document), "utf-8")
    summary = build(
        [str(path)],
        settings=Settings(out_dir=tmp_path / "out", bundled_dir=small_bundled_dir, streets=False),
        progress=NoProgress(),
    )
    assert summary.counts.adds_up
    assert summary.counts.read == 3000
    assert summary.counts.cameras > 0
