"""What a source is: the description every file of ``sources/`` begins with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Download:
    """
    One body at one address.

    Attributes
    ----------
    body_format
        ``csv``, ``geojson``, ``json`` or ``kml``; empty where no list is read from it.
    encoding, delimiter
        Of a CSV.
    """

    url: str
    body_format: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class PlatformQuery:
    """A dataset on an open-data platform that ``fetch`` pages through until it is complete."""

    platform: str
    """``socrata``, ``arcgis``, ``ckan`` or ``opendatasoft``."""
    base_url: str
    dataset_ref: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that the user names; never fetched."""

    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """
    The description of one source.

    Attributes
    ----------
    row_count_min, row_count_max
        Bounds on accepted rows: below the first the source fails, above the second it warns.
    country_codes
        ISO 3166-1 alpha-2 countries every point must lie in; empty for the world.
    publishes_vendor
        Whether it is the publisher's own inventory and names a vendor (rung A).
    fields
        The publisher's field name -> our tag key, for the documentation.
    address_confirmed_on
        ISO day on which the address was read in a stored public page; empty where it could not
        be confirmed.
    """

    source_id: str
    title: str
    publisher: str
    landing_page: str
    read_from: Download | PlatformQuery | LocalFile
    license_id: str
    attribution: str
    row_count_min: int
    row_count_max: int
    country_codes: frozenset[str] = frozenset()
    publishes_vendor: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    address_confirmed_on: str = ""
