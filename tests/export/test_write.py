"""A release is written with no more in memory at once than its files need."""

import weakref
from pathlib import Path

import pandas as pd
import pytest

from mapper.export import evidence_table, write
from mapper.export.layer import Layer
from tests.release.small_release import release, tags_of_twenty, twenty


def test_the_tables_of_cameras_are_let_go_before_the_evidence_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[Layer]] = []
    held: list[int] = []
    make, write_evidence = write._layer, evidence_table.write  # noqa: SLF001 - where a layer is made

    def noting(*args: object) -> Layer:
        layer = make(*args)  # type: ignore[arg-type]
        made.append(weakref.ref(layer))
        return layer

    def counting(observations: pd.DataFrame, path: Path, metadata: dict[str, str]) -> None:
        held.append(sum(each() is not None for each in made))
        write_evidence(observations, path, metadata)

    monkeypatch.setattr(write, "_layer", noting)
    monkeypatch.setattr(evidence_table, "write", counting)
    release(tmp_path, twenty(), tags_of_twenty())
    assert made
    assert held == [0]
