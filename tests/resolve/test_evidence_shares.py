"""How far evidence reaches the cameras, by country: three counts that are never added up."""

from mapper.model.release import EvidenceShare
from mapper.resolve.evidence_shares import evidence_shares
from tests.website.frames import camera, frame


def test_each_answer_is_counted_by_itself_and_the_most_cameras_come_first() -> None:
    cameras = frame(
        [
            camera(1, country_code="FI", vendor_ids=["axis"], place_deployment_ids=["a", "b"]),
            camera(2, country_code="US", operator_supplier_ids=["flock-safety"]),
            camera(3, country_code="US", vendor_ids=["reolink", "arlo"]),
            camera(4, country_code=None),
        ]
    )
    assert evidence_shares(cameras) == (
        EvidenceShare(None, 4, with_maker=2, with_suppliers=1, with_systems=1),
        EvidenceShare("US", 2, with_maker=1, with_suppliers=1, with_systems=0),
        EvidenceShare("FI", 1, with_maker=1, with_suppliers=0, with_systems=1),
    )


def test_no_camera_gives_a_whole_of_nothing() -> None:
    assert evidence_shares(frame([])) == (EvidenceShare(None, 0, 0, 0, 0),)
