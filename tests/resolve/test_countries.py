"""The country of a position: capitals, enclaves, islands, the poles and 180 degrees."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.gazetteer import places
from mapper.resolve.countries import PLACE_COLUMNS, Countries
from mapper.settings import Settings

COUNTRIES = Countries.load(Settings().boundaries_dir)

# Longitude, latitude, ISO 3166-1 alpha-2: read off an atlas, never off the code.
CAPITALS = {
    "Helsinki": (24.94, 60.17, "FI"),
    "Moscow": (37.62, 55.75, "RU"),
    "Kyiv": (30.52, 50.45, "UA"),
    "Minsk": (27.56, 53.90, "BY"),
    "Berlin": (13.40, 52.52, "DE"),
    "Paris": (2.35, 48.86, "FR"),
    "London": (-0.13, 51.51, "GB"),
    "Cardiff": (-3.18, 51.48, "GB"),
    "Belfast": (-5.93, 54.60, "GB"),
    "Dublin": (-6.26, 53.35, "IE"),
    "Copenhagen": (12.57, 55.68, "DK"),
    "Amsterdam": (4.90, 52.37, "NL"),
    "Madrid": (-3.70, 40.42, "ES"),
    "Lisbon": (-9.14, 38.72, "PT"),
    "Belgrade": (20.46, 44.80, "RS"),
    "Sarajevo": (18.41, 43.86, "BA"),
    "Chisinau": (28.86, 47.01, "MD"),
    "Tbilisi": (44.79, 41.72, "GE"),
    "Yerevan": (44.51, 40.18, "AM"),
    "Baku": (49.87, 40.41, "AZ"),
    "Tehran": (51.39, 35.69, "IR"),
    "Beijing": (116.40, 39.90, "CN"),
    "New Delhi": (77.21, 28.61, "IN"),
    "Jakarta": (106.85, -6.21, "ID"),
    "Kuala Lumpur": (101.69, 3.14, "MY"),
    "Tokyo": (139.69, 35.69, "JP"),
    "Canberra": (149.13, -35.28, "AU"),
    "Wellington": (174.78, -41.29, "NZ"),
    "Nairobi": (36.82, -1.29, "KE"),
    "Pretoria": (28.19, -25.75, "ZA"),
    "Rabat": (-6.84, 34.02, "MA"),
    "Cairo": (31.24, 30.04, "EG"),
    "Khartoum": (32.53, 15.50, "SD"),
    "Juba": (31.58, 4.85, "SS"),
    "Washington": (-77.04, 38.91, "US"),
    "Ottawa": (-75.70, 45.42, "CA"),
    "Mexico City": (-99.13, 19.43, "MX"),
    "Brasilia": (-47.88, -15.79, "BR"),
    "Quito": (-78.47, -0.18, "EC"),
    "Montevideo": (-56.16, -34.90, "UY"),
}
ENCLAVES = {
    "Mokhotlong, inside South Africa": (29.07, -29.29, "LS"),
    "Saint Peter's Square": (12.4572, 41.9022, "VA"),
    "San Marino": (12.447, 43.936, "SM"),
    "Kaliningrad": (20.51, 54.71, "RU"),
    "Busingen am Hochrhein": (8.690, 47.697, "DE"),
    "Campione d'Italia": (8.971, 45.970, "IT"),
    "Llivia": (1.981, 42.464, "ES"),
    "Baarle-Hertog, Sint-Remigius": (4.9303, 51.4392, "BE"),
    "Baarle-Nassau, south-east of the enclaves": (4.965, 51.425, "NL"),
    "Ceuta": (-5.316, 35.889, "ES"),
    "Melilla": (-2.938, 35.292, "ES"),
    "Cabinda": (12.20, -5.55, "AO"),
    "Oecusse, Pante Macassar": (124.37, -9.20, "TL"),
    "Nakhchivan": (45.41, 39.21, "AZ"),
    "Musandam, Khasab": (56.25, 26.18, "OM"),
    "Point Roberts": (-123.06, 48.985, "US"),
}
ISLANDS = {
    "Valletta, Grand Harbour": (14.516, 35.893, "MT"),
    "Palma, harbour": (2.632, 39.560, "ES"),
    "Las Palmas, harbour": (-15.417, 28.143, "ES"),
    "Funchal, harbour": (-16.908, 32.645, "PT"),
    "Ponta Delgada, harbour": (-25.664, 37.736, "PT"),
    "Heraklion, harbour": (25.141, 35.345, "GR"),
    "Stornoway, harbour": (-6.386, 58.207, "GB"),
    "Honolulu, harbour": (-157.866, 21.307, "US"),
    "Key West, harbour": (-81.807, 24.560, "US"),
    "Hamilton, Bermuda": (-64.784, 32.293, "BM"),
    "Douglas, harbour": (-4.473, 54.148, "IM"),
    "Saint Peter Port, harbour": (-2.532, 49.456, "GG"),
    "Saint Anne, Alderney": (-2.205, 49.714, "GG"),
    "Sark": (-2.362, 49.433, "GG"),
    "Saint Helier, harbour": (-2.115, 49.180, "JE"),
    "Mariehamn": (19.935, 60.097, "AX"),
    "Torshavn, harbour": (-6.765, 62.007, "FO"),
    "Nuuk": (-51.72, 64.18, "GL"),
    "Longyearbyen": (15.63, 78.22, "SJ"),
    "Kralendijk, Bonaire": (-68.277, 12.150, "BQ"),
    "Willemstad": (-68.93, 12.11, "CW"),
    "Jamestown": (-5.718, -15.925, "SH"),
    "Georgetown, Ascension": (-14.41, -7.93, "SH"),
    "Port-aux-Francais": (70.22, -49.35, "TF"),
    "Diego Garcia": (72.42, -7.31, "IO"),
    "Wake Island": (166.65, 19.28, "UM"),
    "San Juan": (-66.11, 18.46, "PR"),
    "Noumea": (166.44, -22.28, "NC"),
    "Saint-Denis": (55.45, -20.88, "RE"),
    "Hong Kong, Central": (114.158, 22.282, "HK"),
    "Macau": (113.543, 22.195, "MO"),
    "Singapore": (103.85, 1.29, "SG"),
    "Male": (73.51, 4.175, "MV"),
}
ENDS_OF_THE_MAP = {
    "Suva": (178.44, -18.14, "FJ"),
    "Lakeba, east of 180": (-178.79, -18.22, "FJ"),
    "Taveuni, on 180": (180.0, -16.80, "FJ"),
    "Taveuni, on -180": (-180.0, -16.80, "FJ"),
    "Anadyr": (177.51, 64.73, "RU"),
    "Lavrentiya, east of 180": (-171.0, 65.58, "RU"),
    "Attu, west of 180": (172.92, 52.88, "US"),
    "Chatham Islands, east of 180": (-176.56, -43.95, "NZ"),
    "South Pole": (0.0, -90.0, "AQ"),
    "McMurdo": (166.67, -77.85, "AQ"),
    "North Pole": (0.0, 90.0, None),
    "middle of the Pacific": (-150.0, -35.0, None),
    "middle of the Atlantic": (-35.0, 30.0, None),
}
KNOWN = CAPITALS | ENCLAVES | ISLANDS | ENDS_OF_THE_MAP


@pytest.mark.parametrize(("lon_deg", "lat_deg", "code"), KNOWN.values(), ids=KNOWN)
def test_a_known_position_has_its_country(lon_deg: float, lat_deg: float, code: str | None) -> None:
    found = COUNTRIES.assign(np.array([lon_deg]), np.array([lat_deg]))
    assert found["country_code"].tolist() == [code]


BORDER = {
    "San Ysidro crossing": (-117.0297, 32.5425),
    "Weil am Rhein, three-country bridge": (7.5900, 47.5913),
    "Kehl, Europe bridge": (7.8020, 48.5735),
    "Nova Gorica, Europe square": (13.6357, 45.9549),
    "Narva, bridge": (28.2040, 59.3750),
    "Saint Peter's Square": (12.4572, 41.9022),
}
INLAND = {
    "Helsinki": (24.94, 60.17),
    "Madrid": (-3.70, 40.42),
    "Moscow": (37.62, 55.75),
    "Denver": (-104.99, 39.74),
    "San Diego, 20 km from the border": (-117.16, 32.72),
}


@pytest.mark.parametrize("position", BORDER.values(), ids=BORDER)
def test_at_a_border_the_country_has_low_confidence(position: tuple[float, float]) -> None:
    found = COUNTRIES.assign(np.array([position[0]]), np.array([position[1]]))
    assert found["country_confidence"].tolist() == ["low"]


@pytest.mark.parametrize("position", INLAND.values(), ids=INLAND)
def test_away_from_borders_the_country_has_high_confidence(position: tuple[float, float]) -> None:
    found = COUNTRIES.assign(np.array([position[0]]), np.array([position[1]]))
    assert found["country_confidence"].tolist() == ["high"]


def test_the_border_belt_is_one_kilometre_wide_at_every_latitude() -> None:
    # On Tierra del Fuego the border of Argentina and Chile is a meridian, 68 degrees 36.5 minutes
    # west, and a degree of longitude is 66 km.
    lon_deg = -(68 + 36.5 / 60) + np.array([0.9, 1.1]) / (111.32 * np.cos(np.radians(53.5)))
    found = COUNTRIES.assign(lon_deg, np.full(2, -53.5))
    assert found["country_code"].tolist() == ["AR", "AR"]
    assert found["country_confidence"].tolist() == ["low", "high"]


def test_on_the_high_seas_nothing_is_claimed() -> None:
    found = COUNTRIES.assign(np.array([-150.0]), np.array([-35.0]))
    assert found.to_dict("records") == [
        {
            "country_code": None,
            "country_confidence": "low",
            "area_status": "undisputed",
            "administered_by": None,
        }
    ]


def test_positions_share_the_texts_that_they_have_in_common() -> None:
    # Spread over a country, so that most of them are looked up by themselves.
    found = COUNTRIES.assign(np.linspace(23.0, 29.0, 200), np.linspace(60.5, 66.0, 200))
    for name in ("country_code", "country_confidence", "area_status"):
        assert len({id(text) for text in found[name]}) == found[name].nunique(), name


def test_no_position_gives_an_empty_table() -> None:
    found = COUNTRIES.assign(np.array([]), np.array([]))
    assert tuple(found.columns) == PLACE_COLUMNS
    assert len(found) == 0


@given(
    positions=st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30
    ),
    data=st.data(),
)
def test_the_answer_does_not_depend_on_the_other_positions(
    positions: list[tuple[float, float]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(range(len(positions))))
    lon_deg, lat_deg = np.array(positions).T
    whole = COUNTRIES.assign(lon_deg, lat_deg)
    again = COUNTRIES.assign(lon_deg[shuffled], lat_deg[shuffled])
    assert again.to_dict("records") == whole.iloc[shuffled].to_dict("records")


@given(lon_deg=st.floats(-180, 180), lat_deg=st.floats(-90, -84))
def test_all_of_inner_antarctica_has_a_code(lon_deg: float, lat_deg: float) -> None:
    found = COUNTRIES.assign(np.array([lon_deg]), np.array([lat_deg]))
    assert found["country_code"].tolist() == ["AQ"]


def test_no_place_of_the_world_is_without_a_country_and_geonames_agrees() -> None:
    # 235,000 places of GeoNames, a source that country-coder does not draw on. It has its own
    # view of disputed areas; within 1 km of a border either of the two can be wrong.
    known = places()
    found = COUNTRIES.assign(known.lon_deg, known.lat_deg)
    assert found["country_code"].notna().all()
    differs = (found["country_code"] != known.country_codes).to_numpy()
    clear = (found["country_confidence"] == "high") & (found["area_status"] == "undisputed")
    assert differs.mean() < 0.001
    assert (differs & clear.to_numpy()).mean() < 0.000_3
