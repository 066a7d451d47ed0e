"""Each change has the cause that it had, and who asked for something is never told."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.release import manifest
from mapper.release.change_causes import Cause, Causes, TableChange, causes_of
from mapper.release.concluded_again import read_rows
from mapper.release.diff import diff
from mapper.release.told_diff import as_json, as_notes, as_text
from tests.release.factory import device
from tests.release.small_release import release

POLE = {"camera:mount": "pole"}
MADE = {"manufacturer": "Maker", **POLE}
MAKER = {
    "vendor_id": "maker",
    "vendor_rung": "B",
    "vendor_as_written": "Maker",
    "vendor_method": "manufacturer exact",
}


def _evidence(folder: Path, *ids: str) -> None:
    (folder / "registry").mkdir(exist_ok=True)
    with (folder / "registry" / "organisations.csv").open("w", encoding="utf-8") as file:
        csv.writer(file).writerows([["org_id", "name"], *([one, one.upper()] for one in ids)])


def _causes(old: Path, new: Path) -> Causes:
    return causes_of(diff(old, new), old, new)


def test_what_the_source_wrote_anew_is_of_the_source(tmp_path: Path) -> None:
    old = release(tmp_path, [device(1, mount="pole")], {"node/1": POLE}).folder
    new = release(tmp_path, [device(1, mount="wall")], {"node/1": {"camera:mount": "wall"}}).folder
    causes = _causes(old, new)
    assert causes == Causes((Cause.SOURCE,), Cause.SOURCE, Cause.SOURCE, {})


def test_what_the_same_words_give_by_other_rules_is_of_the_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = release(tmp_path, [device(1, mount="pole")], {"node/1": POLE}).folder
    monkeypatch.setattr(manifest, "RULES_VERSION", "another")
    new = release(tmp_path, [device(1, mount="wall")], {"node/1": POLE}).folder
    causes = _causes(old, new)
    assert causes.changed == (Cause.RULE,)
    assert causes.removed is Cause.NOT_TOLD


def test_a_maker_that_the_evidence_names_now_is_of_the_evidence(tmp_path: Path) -> None:
    old = release(tmp_path, [device(1, mount="pole")], {"node/1": MADE}).folder
    new = release(tmp_path, [device(1, mount="pole", **MAKER)], {"node/1": MADE}).folder
    _evidence(old, "other")
    _evidence(new, "other", "maker")
    causes = _causes(old, new)
    assert set(causes.changed) == {Cause.EVIDENCE}
    assert causes.evidence == {"organisations": TableChange(1, 0, 0)}
    told = as_text(diff(old, new), causes)
    assert "  vendor_id: 1 (evidence 1)" in told
    assert "evidence organisations: 1 rows added, 0 removed, 0 changed" in told


def test_what_moves_with_a_neighbour_is_of_other_cameras(tmp_path: Path) -> None:
    old = release(tmp_path, [device(1)]).folder
    beside = device(2, geometry=device(1)["geometry"], pole_id="osm:node/1")
    new = release(tmp_path, [device(1, pole_id="osm:node/1"), beside]).folder
    assert ("pole_id", "osm:node/1") in [(one.column, one.after) for one in diff(old, new).changed]
    assert set(_causes(old, new).changed) == {Cause.OTHER_CAMERAS}


def test_nobody_learns_that_a_camera_went_because_somebody_asked(tmp_path: Path) -> None:
    old = release(tmp_path, [device(1), device(2)]).folder
    new = release(tmp_path, [device(1)], accept_change="half of it").folder
    path = new / "manifest.json"
    content = json.loads(path.read_text("utf-8")) | {"suppression_entries": 1}
    path.write_text(json.dumps(content), "utf-8")
    (new / "SHA256SUMS").unlink()
    causes = _causes(old, new)
    assert causes.removed is Cause.NOT_TOLD
    for told in (as_text(diff(old, new), causes), as_json(diff(old, new), causes)):
        assert "suppress" not in told
    assert "gone     1\n" in as_text(diff(old, new), causes)


def test_the_notes_say_what_changed_and_what_was_accepted(tmp_path: Path) -> None:
    old = release(tmp_path, [device(1), device(2, mount="pole")], {"node/2": POLE}).folder
    new = release(
        tmp_path,
        [device(2, mount="wall"), *(device(number) for number in range(3, 9))],
        {"node/2": {"camera:mount": "wall"}},
        accept_change="a | `new` <b>list</b>",
    ).folder
    change = diff(old, new)
    notes = as_notes(change, causes_of(change, old, new), new)
    assert notes.startswith("# Release 2018-03-01.2\n\n7 cameras of 2018-03-01.\n")
    assert "- 6 added (source), 1 gone (source)\n" in notes
    assert "- 1 changed, values by cause: source 1\n" in notes
    assert "- new in FI: 6\n" in notes
    assert "A change in numbers was accepted: `a / 'new' <b>list</b>`" in notes


_STATES = st.dictionaries(
    st.integers(1, 8), st.sampled_from(["pole", "wall", "ceiling"]), min_size=1, max_size=8
)


@settings(max_examples=15)
@given(before=_STATES, after=_STATES)
def test_the_difference_applied_to_the_old_gives_the_new_exactly(
    before: dict[int, str], after: dict[int, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("diff")
    folders = [
        release(
            place / name,
            [device(number, mount=mount) for number, mount in sorted(state.items())],
            {f"node/{number}": {"camera:mount": mount} for number, mount in state.items()},
        ).folder
        for name, state in (("old", before), ("new", after))
    ]
    change = diff(*folders)
    assert change.applied(read_rows(folders[0])) == read_rows(folders[1])
    causes = causes_of(change, *folders)
    assert set(causes.changed) <= {Cause.SOURCE}
    assert len(causes.changed) == len(change.changed)
