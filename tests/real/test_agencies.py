"""The two real lists of agencies: every row accounted for by a count made by hand."""

import csv
import re
import warnings
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline.proposing import ProposeRequest, propose
from mapper.proposals.agency_list import Agency, parse
from mapper.proposals.proposed import LeftOut
from mapper.settings import Settings

FOLDER = Path(__file__).resolve().parents[3] / "shared/real/us_agencies"
SURVEY, USAGE = "nc_agency_survey20240430.csv", "latest_usage04262023.csv"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


def is_there() -> bool:
    missing = [name for name in (SURVEY, USAGE) if not (FOLDER / name).exists()]
    if missing:
        warnings.warn(f"real data: {', '.join(missing)} not there; not tested", stacklevel=2)
    return not missing


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def proposed(tmp_path: Path, place: Path) -> list[dict[str, str]]:
    settings = Settings(raw_dir=tmp_path / "raw")
    request = ProposeRequest("agencies", query=str(place), shows_all=True)
    return list(
        csv.DictReader(StringIO(propose(request, settings=settings, progress=NoProgress())))
    )


def parted(name: str) -> tuple[list[Agency], Counter[str]]:
    found = parse((FOLDER / name).read_bytes(), name)
    agencies = [one for one in found if isinstance(one, Agency)]
    return agencies, Counter(one.reason for one in found if isinstance(one, LeftOut))


def test_of_121_surveyed_agencies_109_have_cameras_or_no_number() -> None:
    if not is_there():
        return
    agencies, left = parted(SURVEY)
    # By hand: 12 rows say 0 as confirmed (and NA or 0 by the portal), 23 say Unknown.
    assert left == {"no camera: every number given is 0": 12}
    assert len(agencies) == 121 - 12
    assert sum(not agency.survey.number for agency in agencies if agency.survey) == 23
    # 103 Flock less the 12; 7 Rekor, 5 Motorola, 2 Leonardo, one each of four more.
    assert Counter(agency.survey.company for agency in agencies if agency.survey) == {
        "Flock": 91,
        "Rekor": 7,
        "Motorola": 5,
        "Leonardo": 2,
        "Verkada": 1,
        "NDI": 1,
        "Brady Integrated Security": 1,
        "Unknown": 1,
    }


def test_of_365_portals_349_are_an_agencys_with_a_state() -> None:
    if not is_there():
        return
    agencies, left = parted(USAGE)
    # By hand: 12 rows say 0; of these one is called DNU and three are the vendor's own accounts.
    # The vendor has three accounts more, and one university's row names no state.
    assert left == {
        "no camera: every number given is 0": 12 - 1 - 3,
        "an account of the vendor's own, no agency": 3 + 3,
        "the name does not say that it is an agency's": 1,
        "neither name nor address tells one state": 1,
    }
    assert len(agencies) == 365 - 16
    # 22 rows say NA.
    assert sum(not agency.portal.number for agency in agencies if agency.portal) == 22


def test_the_sheet_of_both_adds_up_to_what_was_counted_by_hand(tmp_path: Path) -> None:
    if not is_there():
        return
    tables = Counter(line["table"] for line in proposed(tmp_path, FOLDER))
    # 34 agencies stand in both lists, two of them with 0 in both.
    assert tables["deployments"] == tables["organisations"] == 109 + 349 - (34 - 2)
    # Two companies are not in the registry, and one is unknown; nobody has two.
    assert tables["relations"] == tables["deployments"] - 3
    # 109 - 23 by the survey, 349 - 22 by portals; no portal of the survey is without its own row.
    assert tables["counts"] == 86 + 327
    assert tables["claims"] == 109 + 349
    # The survey, 349 portals, 20 documents less the two of agencies without cameras.
    assert tables["sources"] == 1 + 349 + 18


def test_nothing_of_notes_sharing_lists_and_audits_is_in_the_sheet(tmp_path: Path) -> None:
    if not is_there():
        return
    lines = proposed(tmp_path, FOLDER)
    told = "\n".join("\t".join(line.values()) for line in lines)
    survey, usage = rows_of(SURVEY), rows_of(USAGE)
    notes = {part.strip() for row in survey for part in row["notes"].split(";")}
    assert len(notes) > 30
    assert [note for note in notes if note in told] == []
    lists = [row["external_organizations_with_access"] for row in usage]
    sharing = {name.strip() for cell in lists for name in cell.split(",")}
    own = " ".join([row["agency"] for row in usage] + [row["name"] for row in survey])
    others = {name for name in sharing if len(name) > 8 and name not in own}
    assert len(others) > 2000
    near = [name for name in others if name in told]
    assert [name for name in near if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told)] == []
    # Statistics of use: numbers of five digits and more that no address or position holds.
    columns = ("vehicles_detected_in_the_last_30_days", "searches_in_the_last_30_days")
    numbers = {row[column] for row in usage for column in columns if len(row[column]) > 4}
    cells = {cell for line in lines for cell in line.values()}
    assert numbers & cells == set()


def test_the_same_files_give_the_same_sheet(tmp_path: Path) -> None:
    if not is_there():
        return
    assert proposed(tmp_path, FOLDER / SURVEY) == proposed(tmp_path, FOLDER / SURVEY)
