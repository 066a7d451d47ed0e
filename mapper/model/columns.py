"""
The published columns: the one place that names, types, explains and licences them.

The data dictionary, ``rules.json``, the writers, the gates and ``explain`` all read this list.
"""

from mapper.model.admin_columns import ADMIN
from mapper.model.column_types import NEVER_EMPTY, Column, ColumnType, words_of
from mapper.model.enums import (
    AreaStatus,
    Confidence,
    DeviceType,
    FirstMappedMethod,
    Flag,
    GeometryKind,
    Lifecycle,
    Rung,
)
from mapper.model.origin_columns import ORIGIN
from mapper.model.tags import COUNT_TAG, END_DATE_TAG, LIFECYCLE_TAG, VENDOR_TAGS

__all__ = ["CAMERA", "CAMERA_NAMES", "RULES_VERSION", "Column", "ColumnType"]

# Kept in a release, so that it is concluded again by the rules that it was made by, or refused.
RULES_VERSION = "5"
"""Raised whenever a rule gives other values for the same evidence."""

_POSITION = ("lon_deg", "lat_deg")
_DIRECTION = ("camera:direction", "direction")
_OPERATOR = ("operator", "operator:wikidata", "operator:type")
_LIFECYCLE = (LIFECYCLE_TAG, END_DATE_TAG, "source_id", "snapshot")
_DEVICE = (
    "man_made",
    "highway",
    "surveillance:type",
    "surveillance",
    "enforcement",
    "device_role",
)


CAMERA: tuple[Column, ...] = (
    Column(
        "camera_id",
        ColumnType.TEXT,
        "Our id: the source and its own reference, `osm:node/123`. Never reused.",
        "identity.camera_id",
        ("source_id", "source_ref"),
        null_means=NEVER_EMPTY,
    ),
    Column(
        "geometry",
        ColumnType.POINT,
        "Position, longitude then latitude, WGS 84 (EPSG:4326).",
        "position.as_written",
        _POSITION,
        unit="degrees",
        null_means=NEVER_EMPTY,
    ),
    Column(
        "device_type",
        ColumnType.TEXT,
        "What the object is.",
        "device.type",
        _DEVICE,
        null_means=NEVER_EMPTY,
        allowed=words_of(DeviceType),
    ),
    Column(
        "camera_type",
        ColumnType.TEXT,
        "How the camera is built.",
        "camera.type",
        ("camera:type",),
        allowed=("fixed", "dome", "panning", "panorama", "other"),
    ),
    Column(
        "mount",
        ColumnType.TEXT,
        "What the camera hangs on.",
        "camera.mount",
        ("camera:mount",),
    ),
    Column(
        "zone",
        ColumnType.TEXT,
        "What the camera looks at.",
        "camera.zone",
        ("surveillance:zone",),
    ),
    Column(
        "visibility",
        ColumnType.TEXT,
        "Whether it watches public ground, private ground outdoors, or an inside.",
        "camera.visibility",
        ("surveillance",),
        allowed=("public", "outdoor", "indoor", "private", "other"),
    ),
    Column(
        "directions_deg",
        ColumnType.NUMBERS,
        "Where it looks, clockwise from true north, in the order written.",
        "direction.parse",
        _DIRECTION,
        unit="degrees, 0 up to but not including 360",
    ),
    Column(
        "view_angle_deg",
        ColumnType.NUMBER,
        "Width of the view where the source gives a range or an all-round view.",
        "direction.width",
        _DIRECTION,
        unit="degrees, above 0 up to 360",
    ),
    Column(
        "directions_as_written",
        ColumnType.TEXT,
        "The text that `directions_deg` was read from, or could not be read from.",
        "direction.as_written",
        _DIRECTION,
    ),
    Column(
        "operator_name",
        ColumnType.TEXT,
        "Who runs it, as written; only where the name is an organisation's.",
        "operator.name",
        _OPERATOR,
    ),
    Column(
        "operator_id",
        ColumnType.TEXT,
        "The operator in registry/organisations, where it is there: by its whole name; a police or "
        "sheriff's office of the United States also by its short name, inside the circle of a "
        "documented system of its own.",
        "operator.id",
        _OPERATOR,
    ),
    Column(
        "operator_supplier_ids",
        ColumnType.IDS,
        "Who supplies the operator, by a stated claim that stands and that no party disputes: of "
        "the operator's systems, not of this camera.",
        "operator.suppliers",
        _OPERATOR,
        null_means="the operator is not in the registry, or no supply to it is documented",
    ),
    Column(
        "operator_withheld",
        ColumnType.TRUTH,
        "Whether an operator is written in the source that may be a person.",
        "operator.withheld",
        _OPERATOR,
        null_means=NEVER_EMPTY,
    ),
    Column(
        "vendor_id",
        ColumnType.TEXT,
        "The maker in registry/organisations.",
        "vendor.ladder",
        VENDOR_TAGS,
        null_means="unknown, or several makers are named: see `vendor_ids`",
    ),
    Column(
        "vendor_ids",
        ColumnType.IDS,
        "Every maker that the source names: one, or several in the order written.",
        "vendor.ladder",
        VENDOR_TAGS,
        null_means="unknown",
    ),
    Column(
        "vendor_as_written",
        ColumnType.TEXT,
        "The text that the vendor was resolved from, or could not be resolved from.",
        "vendor.as_written",
        VENDOR_TAGS,
    ),
    Column(
        "vendor_rung",
        ColumnType.TEXT,
        "How the vendor is known.",
        "vendor.ladder",
        VENDOR_TAGS,
        null_means=NEVER_EMPTY,
        allowed=words_of(Rung),
    ),
    Column(
        "vendor_method",
        ColumnType.TEXT,
        "Which key named the vendor and how the name was matched, `manufacturer exact`.",
        "vendor.ladder",
        VENDOR_TAGS,
    ),
    Column(
        "country_code",
        ColumnType.TEXT,
        "ISO 3166-1 alpha-2 (XK for Kosovo), by the position; the UN's view of disputed areas.",
        "place.country",
        _POSITION,
        null_means="high seas or Antarctica",
    ),
    Column(
        "country_confidence",
        ColumnType.TEXT,
        "`low` within 1 km of a border line, which is simplified by up to that much.",
        "place.country",
        _POSITION,
        null_means=NEVER_EMPTY,
        allowed=words_of(Confidence),
    ),
    Column(
        "area_status",
        ColumnType.TEXT,
        "Whether the sovereignty of the area is disputed.",
        "place.disputed",
        _POSITION,
        null_means=NEVER_EMPTY,
        allowed=words_of(AreaStatus),
    ),
    Column(
        "administered_by",
        ColumnType.TEXT,
        "Who administers a disputed area in fact.",
        "place.disputed",
        _POSITION,
        null_means="the area is not disputed",
    ),
    *ADMIN,
    Column(
        "nearest_place",
        ColumnType.TEXT,
        "The nearest place of the same country in GeoNames; not the municipality it lies in.",
        "place.nearest",
        _POSITION,
    ),
    Column(
        "nearest_place_km",
        ColumnType.NUMBER,
        "Distance to that place.",
        "place.nearest",
        _POSITION,
        unit="kilometres",
    ),
    Column(
        "place_deployment_ids",
        ColumnType.IDS,
        "Documented systems of the same country whose stated circle holds the position: of the "
        "place, not of this camera. Ended systems are among them.",
        "place.deployments",
        _POSITION,
        null_means="no documented system with a stated position and radius holds it",
    ),
    Column(
        "pole_id",
        ColumnType.TEXT,
        "Shared by cameras of one source within 3 m of each other: the smallest camera_id.",
        "place.pole",
        _POSITION,
        null_means="no other camera within 3 m",
    ),
    Column(
        "first_mapped_on",
        ColumnType.DAY,
        "When the object came into the source; not when the camera was put up.",
        "date.first_mapped",
        ("source_ref", "version", "edited_on"),
    ),
    Column(
        "first_mapped_method",
        ColumnType.TEXT,
        "How `first_mapped_on` is known.",
        "date.first_mapped",
        ("source_ref", "version", "edited_on"),
        null_means=NEVER_EMPTY,
        allowed=words_of(FirstMappedMethod),
    ),
    Column(
        "installed_on",
        ColumnType.DAY,
        "When the camera was put up, by the source's own word.",
        "date.installed",
        ("start_date",),
    ),
    Column(
        "lifecycle",
        ColumnType.TEXT,
        "Whether it stands, by the source's own word; totals count `in_use` and `unknown`. What "
        "OpenStreetMap maps under its plain key is `in_use` by that map's convention.",
        "lifecycle.state",
        _LIFECYCLE,
        null_means=NEVER_EMPTY,
        allowed=words_of(Lifecycle),
    ),
    Column(
        "ended_on",
        ColumnType.DAY,
        "When it ended, or is to end where `lifecycle` is `in_use`, by the source's own word.",
        "lifecycle.ended_on",
        (END_DATE_TAG,),
        null_means="not known, or it did not end",
    ),
    Column(
        "site_camera_count",
        ColumnType.WHOLE,
        "How many cameras the source counts at this place, where one row is a place.",
        "site.camera_count",
        (COUNT_TAG,),
        unit="cameras",
        null_means="the source counts none; the row is one camera as far as is known",
    ),
    Column(
        "last_checked_on",
        ColumnType.DAY,
        "When somebody last looked, by the source's own word.",
        "date.last_checked",
        ("check_date", "survey:date"),
    ),
    Column(
        "geometry_kind",
        ColumnType.TEXT,
        "`area`: the point is the centre of the bounding box.",
        "position.kind",
        ("geometry_kind",),
        null_means=NEVER_EMPTY,
        allowed=words_of(GeometryKind),
    ),
    Column(
        "location_precision_m",
        ColumnType.NUMBER,
        "What the publisher says of its own precision.",
        "position.precision",
        ("location_precision_m",),
        unit="metres",
    ),
    Column(
        "flags",
        ColumnType.TEXTS,
        "What a reader should know of the row, from a documented list.",
        "flags",
        (
            *_DIRECTION,
            *VENDOR_TAGS,
            *_POSITION,
            "start_date",
            END_DATE_TAG,
            COUNT_TAG,
            "check_date",
            "survey:date",
            "geometry_kind",
            "text_cleaned",
            "text_cut",
        ),
        null_means="nothing to say; an empty list",
        allowed=words_of(Flag),
    ),
    *ORIGIN,
)
"""The columns of ``cameras`` and ``other_devices``, in released order."""

CAMERA_NAMES: tuple[str, ...] = tuple(column.name for column in CAMERA)
"""Their names."""
