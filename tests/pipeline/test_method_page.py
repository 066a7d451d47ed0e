"""The example of docs/method.md runs as it stands there."""

import re
from pathlib import Path

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "fixtures" / "town" / "town.osm.json"


def test_the_join_of_evidence_and_cameras_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([str(TOWN)], settings=Settings(out_dir=tmp_path / "build"), progress=NoProgress())
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/method.md").read_text(), re.DOTALL
    )
    monkeypatch.chdir(tmp_path)
    there: dict[str, object] = {}
    exec(example, there)  # noqa: S102 - our own page
    named, entries = there["named"], there["entries"]
    # Fixture Town has Flock Safety cameras in the US, which is rung B, and a Hikvision camera.
    assert "flock-safety" in set(named["vendor_id"])  # type: ignore[index]
    assert set(entries["org_id"]) <= set(named["vendor_id"])  # type: ignore[index]
