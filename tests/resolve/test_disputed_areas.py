"""Disputed areas: each with one of its towns, and with a town just outside."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from mapper.errors import GateError
from mapper.resolve.countries import Countries
from mapper.resolve.disputed import OUTLINES_FILE, TABLE_FILE
from mapper.settings import Settings

BOUNDARIES = Settings().boundaries_dir
COUNTRIES = Countries.load(BOUNDARIES)

# Area, a place in it by the atlas, the country by the UN position, and who administers it.
INSIDE = {
    "crimea": (33.52, 44.60, "UA", "RU"),
    "donetsk_luhansk_2014": (37.80, 48.00, "UA", "RU"),
    "western_sahara_west": (-13.20, 27.15, "EH", "MA"),
    "western_sahara_east": (-10.57, 26.16, "EH", "Polisario Front"),
    "golan": (35.69, 32.99, "SY", "IL"),
    "east_jerusalem": (35.2345, 31.7770, "PS", "IL"),
    "west_bank": (35.26, 32.22, "PS", "IL and PS"),
    "gaza": (34.46, 31.51, "PS", "not stated"),
    "northern_cyprus": (33.32, 35.34, "CY", "Turkish Cypriot authorities"),
    "abkhazia": (41.02, 43.00, "GE", "de facto authorities in Sukhumi"),
    "south_ossetia": (43.97, 42.23, "GE", "de facto authorities in Tskhinvali"),
    "transnistria": (29.63, 46.84, "MD", "de facto authorities in Tiraspol"),
    "kosovo": (21.17, 42.66, "XK", "XK"),
    "kashmir_india": (74.80, 34.08, "IN", "IN"),
    "kashmir_pakistan": (73.47, 34.37, "PK", "PK"),
    "kashmir_china": (79.50, 35.20, "CN", "CN"),
    "arunachal": (93.61, 27.09, "IN", "IN"),
    "somaliland": (44.06, 9.56, "SO", "de facto authorities in Hargeisa"),
    "taiwan": (121.56, 25.04, "TW", "TW"),
    "falklands": (-57.85, -51.69, "FK", "GB"),
    "gibraltar": (-5.353, 36.140, "GI", "GB"),
    "kuril_south": (145.86, 44.03, "RU", "RU"),
    "abyei": (28.43, 9.60, "SS", "not settled"),
    "halaib": (36.65, 22.22, "EG", "EG"),
    "bir_tawil": (33.74, 21.87, "SD", "none"),
}
MORE_INSIDE = {
    "Simferopol": (34.10, 44.95, "UA"),
    "Kerch": (36.47, 45.36, "UA"),
    "Luhansk": (39.31, 48.57, "UA"),
    "Dakhla, on its spit": (-15.93, 23.70, "EH"),
    "Majdal Shams": (35.77, 33.27, "SY"),
    "Sheikh Jarrah": (35.231, 31.793, "PS"),
    "Hebron": (35.10, 31.53, "PS"),
    "Nicosia, north": (33.364, 35.190, "CY"),
    "Gagra": (40.26, 43.28, "GE"),
    "Bender, on the right bank": (29.483, 46.831, "MD"),
    "Jammu": (74.86, 32.73, "IN"),
    "Leh": (77.58, 34.16, "IN"),
    "Gilgit": (74.31, 35.92, "PK"),
    "Itanagar": (93.61, 27.09, "IN"),
    "Berbera": (45.01, 10.44, "SO"),
}
OUTSIDE = {
    "Henichesk, north of Crimea": (34.81, 46.18, "UA"),
    "Kramatorsk": (37.58, 48.73, "UA"),
    "Tan-Tan": (-11.10, 28.44, "MA"),
    "Tarfaya": (-12.93, 27.94, "MA"),
    "Zouerat": (-12.46, 22.73, "MR"),
    "Tiberias": (35.53, 32.79, "IL"),
    "Kiryat Shmona": (35.57, 33.21, "IL"),
    "Damascus": (36.29, 33.51, "SY"),
    "Jerusalem, Mahane Yehuda": (35.2125, 31.7855, "IL"),
    "Jerusalem, Talpiot": (35.2190, 31.7490, "IL"),
    "Tel Aviv": (34.78, 32.08, "IL"),
    "Larnaca": (33.63, 34.92, "CY"),
    "Zugdidi": (41.87, 42.51, "GE"),
    "Gori": (44.11, 41.98, "GE"),
    "Kutaisi": (42.70, 42.27, "GE"),
    "Chisinau": (28.86, 47.01, "MD"),
    "Odesa": (30.73, 46.48, "UA"),
    "Nis": (21.90, 43.32, "RS"),
    "Amritsar": (74.87, 31.63, "IN"),
    "Rawalpindi": (73.05, 33.60, "PK"),
    "Hotan": (79.92, 37.11, "CN"),
    "Tezpur": (92.80, 26.63, "IN"),
    "Mogadishu": (45.34, 2.04, "SO"),
    "Bosaso": (49.18, 11.28, "SO"),
    "La Linea": (-5.347, 36.168, "ES"),
    "Yuzhno-Sakhalinsk": (142.74, 46.96, "RU"),
    "Nemuro": (145.58, 43.33, "JP"),
    "Aswan": (32.90, 24.09, "EG"),
    "Port Sudan": (37.22, 19.62, "SD"),
}


def _assign(lon_deg: float, lat_deg: float) -> dict[str, object]:
    found = COUNTRIES.assign(np.array([lon_deg]), np.array([lat_deg]))
    return {str(name): value for name, value in found.iloc[0].items()}


@pytest.mark.parametrize("area_id", INSIDE)
def test_a_disputed_area_follows_the_table(area_id: str) -> None:
    lon_deg, lat_deg, code, administered_by = INSIDE[area_id]
    found = _assign(lon_deg, lat_deg)
    assert found["country_code"] == code
    assert found["area_status"] == "disputed"
    assert found["administered_by"] == administered_by


@pytest.mark.parametrize(("lon_deg", "lat_deg", "code"), MORE_INSIDE.values(), ids=MORE_INSIDE)
def test_its_other_towns_do_too(lon_deg: float, lat_deg: float, code: str) -> None:
    found = _assign(lon_deg, lat_deg)
    assert (found["country_code"], found["area_status"]) == (code, "disputed")


@pytest.mark.parametrize(("lon_deg", "lat_deg", "code"), OUTSIDE.values(), ids=OUTSIDE)
def test_the_neighbours_are_undisputed(lon_deg: float, lat_deg: float, code: str) -> None:
    found = _assign(lon_deg, lat_deg)
    assert (found["country_code"], found["area_status"]) == (code, "undisputed")
    assert found["administered_by"] is None


def test_every_row_of_the_table_is_tested() -> None:
    assert {area.area_id for area in COUNTRIES.areas} == set(INSIDE)


def test_every_area_of_the_specification_is_there() -> None:
    wanted = {
        "crimea",
        "western_sahara_west",
        "golan",
        "northern_cyprus",
        "abkhazia",
        "south_ossetia",
        "transnistria",
        "kashmir_india",
        "kashmir_pakistan",
        "kashmir_china",
        "kosovo",
        "west_bank",
        "gaza",
        "east_jerusalem",
        "somaliland",
    }
    assert wanted <= {area.area_id for area in COUNTRIES.areas}


def test_a_code_by_the_un_position_names_its_instrument() -> None:
    for area in COUNTRIES.areas:
        assert area.code_basis in {"un", "treaty", "source"}
        assert area.instrument or area.code_basis == "source", area.area_id
        assert area.administered_by, area.area_id


def test_east_jerusalem_has_low_confidence_everywhere() -> None:
    for lon_deg, lat_deg in [(35.2345, 31.777), (35.24, 31.83), (35.235, 31.75), (35.19, 31.73)]:
        assert _assign(lon_deg, lat_deg)["country_confidence"] == "low"


def test_between_two_parts_of_cyprus_there_is_no_border() -> None:
    found = _assign(33.3615, 35.1760)
    assert found["country_code"] == "CY"
    assert found["country_confidence"] == "high"


def _copy_with(folder: Path, row: dict[str, str]) -> Path:
    for name in ("countries.geojson.gz", TABLE_FILE, OUTLINES_FILE):
        shutil.copy(BOUNDARIES / name, folder / name)
    with (folder / TABLE_FILE).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(row), lineterminator="\n").writerow(row)
    return folder


ROW = {
    "area_id": "nowhere",
    "area": "Nowhere",
    "features": "Q212",
    "outline": "",
    "country_code": "UA",
    "code_basis": "un",
    "administered_by": "RU",
    "low_within_m": "1000",
    "instrument": "none",
    "read_in": "",
    "note": "",
}


@pytest.mark.parametrize(
    "change",
    [{"features": "Q0"}, {"outline": "atlantis"}, {"features": "Q865", "outline": "golan"}],
    ids=["no such feature", "no such outline", "an outline that misses its feature"],
)
def test_a_row_that_does_not_fit_the_boundaries_stops_the_run(
    change: dict[str, str], tmp_path: Path
) -> None:
    folder = _copy_with(tmp_path, ROW | change)
    with pytest.raises(GateError, match="nowhere"):
        Countries.load(folder)


def test_every_outline_is_used() -> None:
    outlines = json.loads((BOUNDARIES / OUTLINES_FILE).read_text(encoding="utf-8"))
    with (BOUNDARIES / TABLE_FILE).open(encoding="utf-8", newline="") as file:
        used = {row["outline"] for row in csv.DictReader(file)} - {""}
    assert {feature["properties"]["outline"] for feature in outlines["features"]} == used
