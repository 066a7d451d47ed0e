"""The published columns that say where a camera's row comes from, and by which licence."""

from mapper.model.column_types import NEVER_EMPTY, Column, ColumnType

ORIGIN: tuple[Column, ...] = (
    Column(
        "source_id",
        ColumnType.TEXT,
        "Which source describes it.",
        "identity.source",
        ("source_id",),
        null_means=NEVER_EMPTY,
    ),
    Column(
        "source_ref",
        ColumnType.TEXT,
        "The source's own reference.",
        "identity.source",
        ("source_ref",),
        null_means=NEVER_EMPTY,
    ),
    Column(
        "source_url",
        ColumnType.TEXT,
        "The object at its source.",
        "identity.source_url",
        ("source_id", "source_ref"),
        null_means="the source has no page for one object",
    ),
    Column(
        "license_id",
        ColumnType.TEXT,
        "The licence of the row.",
        "identity.license",
        ("snapshot",),
        null_means=NEVER_EMPTY,
    ),
    Column(
        "retrieved_at_utc",
        ColumnType.INSTANT,
        "When the source was collected.",
        "identity.retrieved",
        ("snapshot",),
        null_means="read from a local file",
    ),
)
