"""The map of a notebook holds every value as data, whatever it says."""

import json
import re
from html import unescape
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

import mapper
from mapper.errors import UsageError
from mapper.website import notebook_map
from tests.release.factory import device, devices_frame

HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "{{ 7 * 7 }}{% raw %}",
    '"><img src=x onerror=window.hacked=1>',
    "${window.hacked=1}`",
)


def frame() -> gpd.GeoDataFrame:
    return devices_frame(
        [device(number, operator_name=text) for number, text in enumerate(HOSTILE)]
    )


def given(document: str) -> dict[str, list[object]]:
    (block,) = re.findall(r'<script type="application/json" id="cameras">(.*?)</script>', document)
    content: dict[str, list[object]] = json.loads(block)
    return content


def test_hostile_values_come_back_as_they_were_and_nothing_else_does() -> None:
    document = mapper.explore(frame()).document
    content = given(document)
    at = content["columns"].index("operator_name")
    assert [row[at] for row in content["rows"]] == list(HOSTILE)  # type: ignore[index]
    # Leaflet, ours, and the data.
    assert document.count("<script") == 3
    for text in HOSTILE:
        assert "<" not in text or text not in document


def test_a_notebook_gets_a_frame_without_rights() -> None:
    shown = mapper.explore(frame())
    html = shown._repr_html_()
    assert html.startswith('<iframe sandbox="allow-scripts" ')
    assert html.count("<") == 2  # the frame's own tag, and its end
    inside = unescape(html.partition('srcdoc="')[2].rpartition('"></iframe>')[0])
    assert inside == shown.document


def test_the_frame_may_ask_nobody_for_anything() -> None:
    document = mapper.explore(frame()).document
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', document)
    assert unescape(policy).startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy


def test_other_coordinates_are_turned_into_degrees_and_columns_are_chosen() -> None:
    rows = frame().to_crs("EPSG:3857")
    content = given(mapper.explore(rows, ["camera_id"]).document)
    assert content["columns"] == ["camera_id"]
    assert content["lon_deg"] == pytest.approx([24.94, 24.941, 24.942, 24.943])
    assert content["lat_deg"][0] == pytest.approx(60.17)


def test_missing_values_and_lists_are_told_plainly() -> None:
    rows = devices_frame([device(1, vendor_ids=["a", "b"]), device(2)])
    content = given(mapper.explore(rows, ["vendor_ids", "view_angle_deg", "mount"]).document)
    assert content["rows"] == [["a; b", None, None], [None, None, None]]


def test_what_cannot_be_drawn_is_refused_with_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no coordinate system"):
        mapper.explore(gpd.GeoDataFrame({"a": [1]}, geometry=[Point(0, 0)]))
    with pytest.raises(UsageError, match="have no column nothing"):
        mapper.explore(frame(), ["nothing"])
    monkeypatch.setattr(notebook_map, "CAMERAS_MAX", 3)
    with pytest.raises(UsageError, match="4 cameras are too many"):
        mapper.explore(frame())


def test_the_document_can_be_kept_as_a_file(tmp_path: Path) -> None:
    shown = mapper.explore(frame())
    assert shown.save(tmp_path / "map.html").read_text("utf-8") == shown.document
