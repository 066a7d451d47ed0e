"""How much ground the page shows around cameras: decided by their number and the user's word."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.model.basemap import BasemapKind

STREETS_ONLY_ABOVE = 20_000
NONE_ABOVE = 100_000
BYTES_MAX = 60_000_000
"""Of all context shards together."""


class BasemapChoice(StrEnum):
    """What of the ground is shown."""

    FULL = "full"
    STREETS = "streets"
    NONE = "none"


STREET_KINDS = frozenset(
    {
        BasemapKind.STREET_MAJOR,
        BasemapKind.STREET_MINOR,
        BasemapKind.PATH,
        BasemapKind.RAIL,
    }
)
"""What ``streets`` keeps; ``full`` keeps every kind."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice and the sentence that explains it to a reader."""

    choice: BasemapChoice
    reason: str


def choose_context(camera_count: int, *, streets: bool | None) -> Chosen:
    """
    Choose what to read and to show, before the ground is read.

    Parameters
    ----------
    camera_count
        How many cameras the page will draw.
    streets
        ``Settings.streets``: True wants streets whatever the size, False wants no ground.
    """
    if streets is False:
        return Chosen(BasemapChoice.NONE, "Built without streets.")
    if camera_count > NONE_ABOVE and not streets:
        return Chosen(
            BasemapChoice.NONE,
            f"More than {NONE_ABOVE:,} cameras: no streets, unless built with --streets.",
        )
    if camera_count > STREETS_ONLY_ABOVE:
        return Chosen(
            BasemapChoice.STREETS,
            f"More than {STREETS_ONLY_ABOVE:,} cameras: streets, without water and buildings.",
        )
    return Chosen(BasemapChoice.FULL, "Streets, water and buildings within 300 m of a camera.")
