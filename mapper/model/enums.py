"""The closed words of the data: each enum is a column's whole list of values."""

from enum import StrEnum


class DeviceType(StrEnum):
    """What a mapped object is; only the first three are cameras."""

    CAMERA = "camera"
    PLATE_READER = "plate_reader"
    ENFORCEMENT_CAMERA = "enforcement_camera"
    GUARD = "guard"
    GUNSHOT_DETECTOR = "gunshot_detector"
    SENSOR = "sensor"


CAMERA_TYPES = frozenset(
    {DeviceType.CAMERA, DeviceType.PLATE_READER, DeviceType.ENFORCEMENT_CAMERA}
)
"""The device types that stand in ``cameras``; every other stands in ``other_devices``."""


class GeometryKind(StrEnum):
    """Whether the published point is the object itself or the centre of its bounding box."""

    POINT = "point"
    AREA = "area"


class DeviceRole(StrEnum):
    """Why the reader took the object: its own tag, or its part in an enforcement relation."""

    TAGGED = "tagged"
    ENFORCEMENT_DEVICE = "enforcement_device"


class Rung(StrEnum):
    """
    How the vendor of a camera is known (docs/method.md, the ladder).

    A: the publisher's own inventory names it. B: the device is tagged, the name resolves, and
    the place lies inside the vendor's documented footprint. C: tagged, but outside that
    footprint or through a weak key; shown as "tagged, unconfirmed".
    """

    A = "A"
    B = "B"
    C = "C"
    UNKNOWN = "unknown"


class AreaStatus(StrEnum):
    """Whether the position lies in an area whose sovereignty is disputed."""

    UNDISPUTED = "undisputed"
    DISPUTED = "disputed"


class AdminMethod(StrEnum):
    """Whose boundaries say which area a camera lies in."""

    CENSUS_BUREAU = "census_bureau"
    NATURAL_EARTH = "natural_earth"
    OPENSTREETMAP = "openstreetmap"


class Confidence(StrEnum):
    """``low`` within 1 km of a simplified border line."""

    HIGH = "high"
    LOW = "low"


class FirstMappedMethod(StrEnum):
    """How ``first_mapped_on`` is known."""

    VERSION_1 = "version_1"
    NODE_ID = "node_id"
    BEYOND_CALIBRATION = "beyond_calibration"
    NOT_KNOWN = "not_known"


class Lifecycle(StrEnum):
    """
    Whether the device stands, by its source's own word.

    ``ended``: no longer used, or gone. ``unknown``: the source says nothing of it, or says what
    is not understood, or two things at once.
    """

    IN_USE = "in_use"
    PLANNED = "planned"
    ENDED = "ended"
    UNKNOWN = "unknown"


STANDING = frozenset({Lifecycle.IN_USE, Lifecycle.UNKNOWN})
"""What every total of cameras counts: nothing says that it is not there."""


class Completeness(StrEnum):
    """Whether anything proves that a snapshot is the whole body its publisher sent."""

    PROVEN = "proven"
    NOT_PROVEN = "not proven"


class Flag(StrEnum):
    """The documented list behind the column ``flags``."""

    DUPLICATE_POSITION = "duplicate_position"
    DIRECTION_CONFLICT = "direction_conflict"
    DIRECTION_REFUSED = "direction_refused"
    ALL_ROUND = "all_round"
    TEXT_CLEANED = "text_cleaned"
    TEXT_CUT = "text_cut"
    VENDOR_CONFLICT = "vendor_conflict"
    VENDOR_SEVERAL = "vendor_several"
    VENDOR_UNCERTAIN = "vendor_uncertain"
    OPERATOR_IS_VENDOR = "operator_is_vendor"
    DATE_REFUSED = "date_refused"
    COUNT_REFUSED = "count_refused"
    AREA_CENTRE = "area_centre"
