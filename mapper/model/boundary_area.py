"""An administrative area as OpenStreetMap's boundary relation gives it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundaryArea:
    """
    One closed boundary.

    Attributes
    ----------
    area_ref
        ``relation/54517``.
    admin_level
        As tagged: 4 and 6 are mostly the first and second level below the country.
    iso_code
        ISO 3166-2 as tagged (``FI-18``); empty where the relation has none.
    population, population_on
        Inhabitants as tagged, and the year, month or day that they were counted; None where
        either is not said.
    outline_wkb
        A multipolygon, longitude before latitude, WGS 84.
    street_m
        Metres of street in it; None where the extract may lack some, or nobody measured.
    """

    area_ref: str
    admin_level: int
    name: str
    iso_code: str
    population: int | None
    population_on: str | None
    outline_wkb: bytes
    street_m: float | None = None
