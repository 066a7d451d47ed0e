"""Odd cases of single publishers that a golden does not show by itself."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mapper.model.observation import Observation, Reject
from mapper.sources import (
    agen_videoprotection_fr,
    nsw_fixed_speed_cameras_au,
    paris_videoprotection_fr,
    presov_cctv_sk,
    road_cameras_fi,
    zurich_cctv_ch,
)

FIXTURES = Path(__file__).parents[1] / "fixtures/sources"
Parse = Callable[[bytes], Iterable[Observation | Reject]]


def found(parse: Parse, body: str) -> list[Observation]:
    return [row for row in parse(body.encode()) if isinstance(row, Observation)]


def points(*positions: str) -> str:
    marks = (
        f"<Placemark><Point><coordinates>{p},0</coordinates></Point></Placemark>" for p in positions
    )
    return (
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'
    )


def test_agen_may_put_its_columns_right_without_moving_a_camera() -> None:
    head = "Nom,Lien,Latitude,Longitude\n"
    wrong = found(agen_videoprotection_fr.parse, head + "Caméra 7 - Gare,,0.62,44.20\n")
    right = found(agen_videoprotection_fr.parse, head + "Caméra 7 - Gare,,44.20,0.62\n")
    assert wrong == right
    assert (wrong[0].lon_deg, wrong[0].lat_deg) == (0.62, 44.20)


def test_agens_second_camera_of_a_number_keeps_a_reference_of_its_own() -> None:
    head = "Nom,Lien,Latitude,Longitude\n"
    both = found(
        agen_videoprotection_fr.parse,
        head + "Caméra 7 - Gare,,0.62,44.20\nCaméra 7 bis - Gare,,0.62,44.20\n",
    )
    assert len({row.source_ref for row in both}) == 2


def test_two_paris_cameras_on_one_mast_are_two_whatever_their_order() -> None:
    where = ["2.28,48.83", "2.29,48.84", "2.28,48.83", "2.28,48.83"]
    once = {row.source_ref for row in found(paris_videoprotection_fr.parse, points(*where))}
    assert once == {"2.28,48.83", "2.28,48.83#2", "2.28,48.83#3", "2.29,48.84"}
    random.Random(7).shuffle(where)  # noqa: S311 - an order, no secret
    assert {row.source_ref for row in found(paris_videoprotection_fr.parse, points(*where))} == once


def test_a_presov_placemark_without_a_number_does_not_take_the_next_line() -> None:
    body = points("21.24,49.00").replace(
        "<Point>", "<description><![CDATA[C_ZAR:\nN_C_AREAL: Stred]]></description><Point>"
    )
    (row,) = presov_cctv_sk.parse(body.encode())
    assert isinstance(row, Reject)


def test_a_site_of_new_south_wales_is_as_many_cameras_as_it_has_positions() -> None:
    body = (
        "SZ?,SUBURB/TOWN,ROAD/S,Cameras,Lat(1),Long(1),Lat(2),Long(2),Lat(3),Long(3)\n"
        "N,Elmfield,Oak Road,3,-33.1,151.1,-33.2,151.2,-33.3,151.3\n"
    )
    rows = found(nsw_fixed_speed_cameras_au.parse, body)
    assert [row.lat_deg for row in rows] == [-33.1, -33.2, -33.3]
    assert len({row.source_ref for row in rows}) == 3


def test_who_answers_for_a_zurich_site_is_kept_nowhere() -> None:
    (path,) = (FIXTURES / "zurich_cctv_ch").glob("input.*")
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    for line in lines:
        line["verantwortliche_da"] = "Erika Mustermann, 044 000 00 00"
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    for row in zurich_cctv_ch.parse(written.getvalue().encode()):
        assert "Mustermann" not in repr(row)
        assert "044" not in repr(row)


def test_a_finnish_views_number_which_is_its_picture_is_kept_nowhere() -> None:
    (path,) = (FIXTURES / "road_cameras_fi").glob("input.*")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    views = [view["id"] for one in document["features"] for view in one["properties"]["presets"]]
    kept = repr(list(road_cameras_fi.parse(path.read_bytes())))
    assert views
    assert not [view for view in views if view in kept]
