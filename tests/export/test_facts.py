"""What the manifest says does not depend on the order of the inputs."""

from dataclasses import replace
from pathlib import Path

from mapper.export.facts import input_key, release_facts
from mapper.export.write import write_all
from mapper.model.observation import Reject
from mapper.model.release import ReleaseInfo
from mapper.validate.gates import count_objects
from tests.release.factory import SHA, device, reading
from tests.release.small_release import CREDIT, DATA_ON, published_of


def test_next_weeks_file_is_the_same_input_and_another_citys_is_not() -> None:
    plain = reading([device(1)])
    week = replace(plain, snapshot=replace(plain.snapshot, file_name="oulu-251101.osm.pbf"))
    later = replace(plain, snapshot=replace(plain.snapshot, file_name="oulu-251108.osm.pbf"))
    other = replace(plain, snapshot=replace(plain.snapshot, file_name="turku-251108.osm.pbf"))
    assert input_key([week]) == input_key([later])
    assert input_key([week]) != input_key([other])
    assert input_key([week, other]) == input_key([other, later])


def test_two_files_of_one_source_make_one_layer_in_either_order(tmp_path: Path) -> None:
    first = replace(CREDIT, snapshot_sha256=SHA, attribution="© OpenStreetMap contributors")
    second = replace(CREDIT, snapshot_sha256="cd" * 32, file_name="turku.osm.pbf")
    published = published_of([device(1), device(2, device_type="guard")])
    counts = count_objects((reading([device(1), device(2)]),), published)
    written = []
    for number, credits_ in enumerate([(first, second), (second, first)]):
        stage = tmp_path / str(number)
        stage.mkdir()
        info = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", counts, credits_)
        files = write_all(published, None, stage, info)
        assert len({file.path for file in files}) == len(files)
        written.append({path.name: path.read_bytes() for path in stage.iterdir() if path.is_file()})
        assert release_facts(published, [], info).credits == (first, second)
    assert written[0] == written[1]
    assert {"cameras_osm.csv", "other_devices_osm.csv"} <= set(written[0])


def test_rejected_and_superseded_rows_are_counted_by_reason() -> None:
    read = replace(
        reading([device(1)]),
        rejects=(Reject("osm", "node/7", "no position"), Reject("osm", "node/8", "no position")),
    )
    published = published_of([device(1)])
    info = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", count_objects((read,), published), (CREDIT,))
    superseded = [Reject("osm", "node/1", "an older version")]
    facts = release_facts(published, [read], info, superseded=superseded, remarks=["b", "a"])
    assert facts.rejected_by_reason == {"an older version": 1, "no position": 2}
    assert facts.remarks == ("a", "b")
    assert facts.by_country == {"FI": 1}


def test_words_are_counted_of_the_cameras_that_stand_and_none_that_no_row_has() -> None:
    published = published_of(
        [
            device(1),
            device(2, country_code="SE", lifecycle="planned"),
            device(3, country_code=None, device_type="guard"),
            device(4, country_code="AX"),
        ]
    )
    cameras = published.cameras
    coded = cameras.assign(country_code=cameras["country_code"].astype("category"))
    info = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", count_objects((), published), (CREDIT,))
    for frame in (cameras, coded):
        facts = release_facts(replace(published, cameras=frame), [], info)
        assert list(facts.by_country.items()) == [("AX", 1), ("FI", 1)]
        assert facts.by_vendor == {}
        assert list(facts.by_kind.items()) == [("camera", 2), ("guard", 1)]
