"""The columns of operators: every row's own name back, withheld and unknown alike empty."""

import numpy as np

from mapper.website.map.route_columns import route_payload
from tests.exposure.exposure_cases import frame_of
from tests.website.front_end_module import answer_of

_SCRIPT = """
import { readRouteColumns } from "site/route_cameras.js";
const { operators, operator, precision } = await readRouteColumns(given);
answer([...operator].map((number, row) => [operators[number], precision[row]]));
"""


def _camera(operator: str, precision: float | None) -> dict[str, object]:
    return {
        "lon": 1.0,
        "lat": 1.0,
        "directions": [],
        "angle": None,
        "maker": "",
        "operator": operator,
        "precision": precision,
    }


def test_the_page_reads_back_the_operator_and_the_precision_of_every_row() -> None:
    rows = [("Town", None), ("", 2.01), ("<b>Ünï</b>", 30.0), ("Town", 1e9)]
    order = np.array([2, 0, 3, 1])
    payload = route_payload(frame_of([_camera(*row) for row in rows]), order)
    assert answer_of(_SCRIPT, payload) == [
        ["<b>Ünï</b>", 30],
        ["Town", 0],
        ["Town", 65535],
        ["", 3],
    ]


def test_no_camera_gives_columns_without_a_row() -> None:
    payload = route_payload(frame_of([]), np.array([], dtype=np.int64))
    assert (payload["n"], payload["operators"]) == (0, [""])
    assert answer_of(_SCRIPT, payload) == []
