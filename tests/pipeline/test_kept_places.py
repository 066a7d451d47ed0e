"""The gazetteer that is kept is the gazetteer that was read."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from mapper.clean import gazetteer
from mapper.clean.gazetteer import places, take_places
from mapper.pipeline.kept_places import read_places, write_places


def test_places_are_read_as_they_were_written_and_serve_in_place_of_those_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = places()
    write_places(tmp_path / "places", package)
    kept = read_places(tmp_path / "places")
    for each in fields(package):
        before, after = (np.asarray(getattr(table, each.name)) for table in (package, kept))
        assert before.dtype == after.dtype
        assert np.array_equal(before, after)
    monkeypatch.setattr(gazetteer, "_AT_HAND", [])
    take_places(kept)
    assert places() is kept
