"""The US agencies of the registry against the two lists they were entered from, row by row."""

import csv
import warnings
from collections import Counter
from pathlib import Path

import pytest

from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import Settings

FOLDER = Path(__file__).resolve().parents[3] / "shared/real/us_agencies"
SURVEY, USAGE = "nc_agency_survey20240430.csv", "latest_usage04262023.csv"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the registry that the project carries."""
    return load(Settings().registry_dir)


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a list; none, with a warning, where it is not there."""
    path = FOLDER / name
    if not path.exists():
        warnings.warn(f"real data: {name} is not there; not tested", stacklevel=2)
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(registry: Registry, source_id: str) -> Counter[tuple[str, str]]:
    """Return (operator or its name as the list has it, number) of the counts of one source."""
    found: Counter[tuple[str, str]] = Counter()
    for count in registry.counts:
        if count.source_id == source_id:
            operator = registry.deployment[count.deployment_id].operator_org
            found[registry.name(operator or ""), str(count.value)] += 1
    return found


def test_each_portal_with_a_camera_is_a_source_with_its_number(registry: Registry) -> None:
    by_url = {
        source.url: source
        for source in registry.sources
        if source.source_id.startswith("alpr-portal-")
    }
    missing = []
    for row in rows_of(USAGE):
        number = row["number_of_owned_cameras"]
        if number == "0":
            assert row["url"] not in by_url
        elif row["url"] not in by_url:
            missing.append(row["agency"])
        else:
            told = numbers(registry, by_url[row["url"]].source_id)
            assert [value for _, value in told] == ([] if number == "NA" else [number])
            assert str(by_url[row["url"]].published_on) == row["updated"][:10]
    if rows_of(USAGE):
        # The vendor's own accounts for its staff.
        assert sorted(missing) == [
            "Flock - Admin",
            "Flock Safety - Sales",
            "Flock Safety LE Training",
        ]


def test_each_number_that_an_agency_confirmed_is_its_count(registry: Registry) -> None:
    told = numbers(registry, "nc-agency-survey")
    wanted: Counter[tuple[str, str]] = Counter()
    for row in rows_of(SURVEY):
        is_number = row["cams_confirmed"].isdigit() and row["cams_confirmed"] != "0"
        if is_number and not row["notes"].startswith("Confirmed by portal"):
            wanted[row["name"], row["cams_confirmed"]] += 1
    assert not wanted or told == wanted


def test_nothing_of_notes_and_sharing_lists_is_in_the_registry() -> None:
    notes = {part.strip() for row in rows_of(SURVEY) for part in row["notes"].split(";")}
    lists = [row["external_organizations_with_access"] for row in rows_of(USAGE)]
    own = " ".join(row["agency"] for row in rows_of(USAGE)) + " ".join(
        row["name"] for row in rows_of(SURVEY)
    )
    sharing = {name.strip() for cell in lists for name in cell.split(",")}
    others = {name for name in sharing if len(name) > 12 and name not in own}
    told = set()
    for table in ("claims", "organisations"):
        path = Settings().registry_dir / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            told |= {cell for line in csv.reader(file) for cell in line}
    # A company that the registry knows from elsewhere has access to a portal too.
    assert told & others <= {"Verra Mobility"}
    assert not told & notes - {""}
