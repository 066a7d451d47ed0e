"""
What a mapped object is, by the words of its own tags.

Words of a camera outweigh words of another device in the same value (``camera;guard`` is a
camera that a guard stands beside), a plate reader outweighs an enforcement camera (average speed
is measured by reading plates), and an object without any word known here is a camera, because
that is what ``man_made=surveillance`` says of it.
"""

import re
from collections.abc import Mapping

from mapper.model.enums import DeviceRole, DeviceType

_SEPARATOR = re.compile(r"[;,|]")
_JOINTS = re.compile(r"[\s_-]+")

# Spellings found in the data, misspellings included; compared in lower case with underscores.
_PLATE_READER = frozenset(
    [
        "alpr",
        "anpr",
        "lpr",
        "alrp",
        "aplr",
        "apnr",
        "alpr_camera",
        "anpr_camera",
        "license_plate_reader",
        "licence_plate_reader",
        "license_plate_scanner",
        "license_plate_recognition",
        "automatic_license_plate_reader",
        "automated_license_plate_reader",
        "automatic_number_plate_recognition",
    ]
)
_ENFORCEMENT = frozenset(
    [
        "enforcement",
        "speed_camera",
        "red_light",
        "red_light_camera",
        "redlight_camera",
        "average_speed",
        "maxspeed",
    ]
)
_CAMERA = frozenset({"camera", "cctv", "webcam", "video", "qcam", "camera_dome", "fixed", "dome"})
_OTHER_DEVICES: Mapping[str, DeviceType] = {
    "gunshot_detector": DeviceType.GUNSHOT_DETECTOR,
    "gunshot_detection": DeviceType.GUNSHOT_DETECTOR,
    "guard": DeviceType.GUARD,
    "guards": DeviceType.GUARD,
    "guarddog": DeviceType.GUARD,
    "guard_dog": DeviceType.GUARD,
    "security_booth": DeviceType.GUARD,
    "sensor": DeviceType.SENSOR,
    "bluetooth_detector": DeviceType.SENSOR,
    "microphone": DeviceType.SENSOR,
    "radar": DeviceType.SENSOR,
    "smoke_detector": DeviceType.SENSOR,
    "transponder": DeviceType.SENSOR,
    "over_height_detector": DeviceType.SENSOR,
}


def device_type(tags: Mapping[str, str], role: DeviceRole) -> DeviceType:
    """
    Say what an object is.

    Parameters
    ----------
    tags
        Keys of ``model.tags.READ_TAGS``; read are ``surveillance:type``, ``surveillance``,
        ``highway`` and ``enforcement``.
    role
        A device of an enforcement relation is an enforcement camera unless it says more.

    Returns
    -------
    DeviceType
        ``surveillance`` decides what ``surveillance:type`` leaves open: it names a guard or a
        sensor only where ``surveillance:type`` is not set.
    """
    # `surveillance` should hold public, outdoor and the like; many mappers write the device there.
    type_words = _words(tags.get("surveillance:type"))
    place_words = _words(tags.get("surveillance"))
    words = type_words | place_words
    # First, for the reason above: average speed is measured by reading plates.
    if words & _PLATE_READER:
        return DeviceType.PLATE_READER
    if _is_enforcement(tags, role, words):
        return DeviceType.ENFORCEMENT_CAMERA
    # Only where `surveillance:type` is silent may `surveillance` name a device that is no camera.
    decisive = type_words or place_words
    if decisive & _CAMERA:
        return DeviceType.CAMERA
    for word, other in _OTHER_DEVICES.items():
        if word in decisive:
            return other
    return DeviceType.CAMERA


def _is_enforcement(tags: Mapping[str, str], role: DeviceRole, words: frozenset[str]) -> bool:
    return (
        role is DeviceRole.ENFORCEMENT_DEVICE
        or bool(words & _ENFORCEMENT)
        or "speed_camera" in _words(tags.get("highway"))
        or bool(_words(tags.get("enforcement")) - {"no"})
    )


def _words(value: str | None) -> frozenset[str]:
    if not value:
        return frozenset()
    parts = (_JOINTS.sub("_", part.strip().lower()) for part in _SEPARATOR.split(value))
    return frozenset(part for part in parts if part)
