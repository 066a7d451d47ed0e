"""An option of `mapper collect osm` that would be passed over is refused, and says what fits."""

from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.settings import Settings

ENDPOINT = "https://overpass.example/api"
INDEX = "https://extracts.example/index.json"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (OsmRequest(is_world=True, endpoint=ENDPOINT), "--endpoint is a server of Overpass"),
        (OsmRequest(country="FR", endpoint=ENDPOINT), "--endpoint is a server of Overpass"),
        (OsmRequest(pbf_url="https://x.example/a.pbf", endpoint=ENDPOINT), "--endpoint is"),
        (OsmRequest(is_world=True, keeps_extract=True), "the extracts of the world"),
        (OsmRequest(is_world=True, is_by_overpass=True, keeps_extract=True), "--keep-extract goes"),
        (OsmRequest(place="Helsinki", keeps_extract=True), "an area of Overpass"),
        (OsmRequest(bbox="1,2,1.1,2.1", index_url=INDEX), "--extract-index is an index"),
    ],
)
def test_it_is_refused_before_anything_is_asked(
    request_: OsmRequest, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        collect_osm(request_, settings=Settings(raw_dir=tmp_path), progress=NoProgress())
    assert refused.value.next_step.startswith("leave it out")
    assert list(tmp_path.iterdir()) == []
