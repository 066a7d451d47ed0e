"""The difference between two releases, applied to the first, gives the second."""

import json
from pathlib import Path

from mapper.release.change_causes import causes_of
from mapper.release.concluded_again import read_rows
from mapper.release.diff import diff
from mapper.release.told_diff import as_json, as_text
from tests.release.factory import device
from tests.release.small_release import release


def test_the_difference_leads_from_one_release_to_the_other(tmp_path: Path) -> None:
    tags = {f"node/{number}": {"camera:mount": "pole"} for number in range(5)}
    old = release(tmp_path, [device(n, mount="pole") for n in range(5)], tags).folder
    changed = [device(0, mount="wall"), *(device(n, mount="pole") for n in range(2, 7))]
    tags |= {"node/5": {"camera:mount": "pole"}, "node/6": {"camera:mount": "pole"}}
    new = release(tmp_path, changed, tags).folder
    found = diff(old, new)
    assert set(found.added) == {"osm:node/5", "osm:node/6"}
    assert found.removed == ("osm:node/1",)
    assert [(each.camera_id, each.column, each.before, each.after) for each in found.changed] == [
        ("osm:node/0", "mount", "pole", "wall")
    ]
    assert found.applied(read_rows(old)) == read_rows(new)
    causes = causes_of(found, old, new)
    assert json.loads(as_json(found, causes))["old_id"] == "2018-03-01.1"
    assert "added    2 (source)" in as_text(found, causes)


def test_a_release_does_not_differ_from_itself(tmp_path: Path) -> None:
    folder = release(tmp_path, [device(n) for n in range(3)]).folder
    found = diff(folder, folder)
    assert (found.added, found.removed, found.changed) == ({}, (), ())
