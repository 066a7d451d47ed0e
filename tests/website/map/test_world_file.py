"""The world's counts as the page gets them, read again from the text of the format."""

import json
from collections import Counter
from itertools import accumulate

from mapper.settings import Settings
from mapper.website.map.world_file import makers_of, world_meta, world_payload
from mapper.website.mapped_world import read_mapped_world
from tests.website.unpack import unzipped

WORLD = read_mapped_world(Settings().overview_dir)


def test_the_page_gets_every_count_in_its_cell() -> None:
    makers = [None, "hikvision"]
    makers += [row["id"] for row in makers_of([None, "hikvision"], WORLD, Counter(), {})]
    payload = world_payload(WORLD, makers)
    columns = json.loads(unzipped(payload))

    cells: Counter[tuple[int, int, str | None]] = Counter()
    for code, vendor, count in zip(
        accumulate(columns["cell"]), columns["vendor"], columns["count"], strict=True
    ):
        x = sum(((code >> (2 * bit)) & 1) << bit for bit in range(9))
        y = sum(((code >> (2 * bit + 1)) & 1) << bit for bit in range(9))
        cells[x, y, makers[vendor]] += count
    expected: Counter[tuple[int, int, str | None]] = Counter()
    for cell in WORLD.cells:
        maker = None if cell.vendor_id == "unknown" else cell.vendor_id
        expected[cell.cell_x, cell.cell_y, maker] += cell.cameras
    assert cells == expected
    assert cells.total() == payload["n"] == 228_270


def test_makers_are_numbered_after_those_of_the_release_the_commonest_first() -> None:
    names = {"flock-safety": "Flock Safety"}
    others = makers_of(
        [None, "genetec"], WORLD, Counter({"huawei": 27, "genetec": 30, "dahua-x": 27}), names
    )
    ids = [row["id"] for row in others]

    assert ids[:2] == ["flock-safety", "motorola-solutions"]
    assert others[0]["name"] == "Flock Safety"
    assert ids[-2:] == ["dahua-x", "huawei"]
    assert "genetec" not in ids
    assert len(ids) == len(set(ids))


def test_meta_says_the_day_and_the_holes() -> None:
    said = world_meta(WORLD)

    assert said is not None
    assert said["data_on"] == "2025-11-15"
    assert next(row[:2] for row in said["countries"] if row[0] == "FI") == ["FI", 1907]
    assert sum(row[1] for row in said["countries"]) <= said["n"]
    assert said["holes"][0]["box"] is None
    assert world_meta(None) is None
