"""
The one vocabulary of observations: OSM's tag keys, whichever source speaks.

A source translates its own field names into these keys and leaves the values untouched, so one
set of rules serves every source. What is not listed here is never read into an observation.
"""

VENDOR_TAGS: tuple[str, ...] = (
    "manufacturer",
    "manufacturer:wikidata",
    "brand",
    "brand:wikidata",
    "surveillance:brand",
    "surveillance:brand:wikidata",
    "model",
    "operator",
    "operator:wikidata",
)
"""All that the vendor rules read of an object."""

LIFECYCLE_TAG = "lifecycle"
"""
What the source says of planned, standing or ended, by semicolons.

A word as written in a list's column of states (``REMOVED``), or the OSM tags that say it
(``disused:man_made=surveillance;operational_status=closed``). Only words that
``clean.lifecycle`` understands may stand here as they are; for any other stands
``NOT_UNDERSTOOD``.
"""

NOT_UNDERSTOOD = "?"
"""Stands for a written state that is in no vocabulary: it may be free text."""

END_DATE_TAG = "end_date"
"""When it ended or will end."""

COUNT_TAG = "camera:count"
"""How many cameras the source counts at this place, as written: ``3``, ``3 cameras``."""

PUBLISHED_TAGS: tuple[str, ...] = (
    "man_made",
    "highway",
    "surveillance",
    "surveillance:type",
    "surveillance:zone",
    "camera:type",
    "camera:mount",
    "camera:direction",
    "direction",
    "camera:angle",
    "enforcement",
    *VENDOR_TAGS,
    "operator:type",
    "start_date",
    END_DATE_TAG,
    LIFECYCLE_TAG,
    COUNT_TAG,
    "check_date",
    "survey:date",
    "height",
)
"""Keys whose values may stand in a released file, in the order of the released columns."""

# They tell a public place from a home, and published they would tell a reader the same.
PRIVACY_TAGS: tuple[str, ...] = (
    "building",
    "indoor",
    "access",
    "entrance",
    "ownership",
    "shop",
    "amenity",
    "tourism",
    "leisure",
    "railway",
    "public_transport",
)
"""Keys read for the privacy gate alone; their values are never published."""

READ_TAGS: frozenset[str] = frozenset(PUBLISHED_TAGS) | frozenset(PRIVACY_TAGS)
"""All keys that a reader keeps."""
