"""What an object is follows from the words of its tags."""

import pytest

from mapper.clean.devices import device_type
from mapper.model.enums import DeviceRole, DeviceType

CAMERA = DeviceType.CAMERA
PLATES = DeviceType.PLATE_READER
ENFORCEMENT = DeviceType.ENFORCEMENT_CAMERA


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, CAMERA),
        ({"surveillance:type": "camera"}, CAMERA),
        ({"surveillance:type": "CCTV"}, CAMERA),
        ({"surveillance:type": "Puesto de Auxilio"}, CAMERA),
        ({"surveillance:type": "ALPR"}, PLATES),
        ({"surveillance:type": "ANPR"}, PLATES),
        ({"surveillance:type": "alpr"}, PLATES),
        ({"surveillance:type": "ALRP"}, PLATES),
        ({"surveillance:type": "camera;ALPR"}, PLATES),
        ({"surveillance:type": "ALPR;guard"}, PLATES),
        ({"surveillance": "ANPR"}, PLATES),
        ({"surveillance:type": "guard"}, DeviceType.GUARD),
        ({"surveillance": "guard"}, DeviceType.GUARD),
        ({"surveillance:type": "camera", "surveillance": "guard"}, CAMERA),
        ({"surveillance:type": "sensor", "surveillance": "guard"}, DeviceType.SENSOR),
        ({"surveillance:type": "camera;guard"}, CAMERA),
        ({"surveillance:type": "camera;radar"}, CAMERA),
        ({"surveillance:type": "gunshot_detector"}, DeviceType.GUNSHOT_DETECTOR),
        ({"surveillance:type": "sensor"}, DeviceType.SENSOR),
        ({"surveillance:type": "bluetooth_detector"}, DeviceType.SENSOR),
        ({"highway": "speed_camera"}, ENFORCEMENT),
        ({"highway": "traffic_signals;speed_camera"}, ENFORCEMENT),
        ({"highway": "street_lamp"}, CAMERA),
        ({"surveillance": "red_light", "surveillance:type": "camera"}, ENFORCEMENT),
        ({"enforcement": "maxspeed"}, ENFORCEMENT),
        ({"enforcement": "maxspeed", "surveillance:type": "ALPR"}, PLATES),
        ({"man_made": "surveillance", "surveillance": "outdoor"}, CAMERA),
    ],
)
def test_the_words_of_the_tags_decide(tags: dict[str, str], expected: DeviceType) -> None:
    assert device_type(tags, DeviceRole.TAGGED) is expected


def test_a_device_of_an_enforcement_relation_enforces() -> None:
    assert device_type({}, DeviceRole.ENFORCEMENT_DEVICE) is ENFORCEMENT


def test_a_device_that_reads_plates_says_so() -> None:
    tags = {"surveillance:type": "ANPR"}
    assert device_type(tags, DeviceRole.ENFORCEMENT_DEVICE) is PLATES
