"""What stands on the pages of countries: what is mapped there, and what sources say of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapper.answers.deployment_profile import DeploymentProfile
from mapper.telling import words
from mapper.website.mapped_world import MappedCountry
from mapper.website.pages.deployment import supplier_ids
from mapper.website.pages.tally import Tally

_MAKERS_MAX = 20


@dataclass(frozen=True, slots=True)
class Disputed:
    """
    Cameras in the disputed areas of a country under one administration.

    Attributes
    ----------
    areas
        The rows of the table of disputed areas that this can be.
    """

    administered_by: str
    cameras: int
    areas: tuple[Mapping[str, str], ...]

    @property
    def name(self) -> str:
        """The areas and who administers them."""
        named = words.join(area["area"] for area in self.areas) or "Disputed areas"
        return f"{named}; administered by {self.administered_by}"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """
    A line in the list of countries; ``code`` is None where there is no country.

    Attributes
    ----------
    mapped
        What the counts of the world have there; None without such counts.
    """

    code: str | None
    tally: Tally
    disputed: tuple[Disputed, ...] = ()
    deployments: int = 0
    mapped: MappedCountry | None = None


def place_page(
    row: PlaceRow,
    *,
    titles: Mapping[str, str],
    withheld: int | str | None,
    deployments: Sequence[DeploymentProfile],
) -> dict[str, Any]:
    """
    Gather what the page of a country shows.

    Parameters
    ----------
    titles
        Source of cameras -> its title.
    withheld
        How many were withheld there, see `data_page.withheld_in`.

    Returns
    -------
    dict
        What ``place.html`` takes: ``row``, ``makers`` (maker and cameras by
        rung, most first), ``makers_left`` and ``cameras_left`` (of the others), ``sources``
        (title and cameras), ``withheld``, ``deployments`` and ``suppliers`` (organisation and at
        how many of these it is named, most first).
    """
    ranked = row.tally.ranked_makers()
    return {
        "row": row,
        "makers": ranked[:_MAKERS_MAX],
        "makers_left": len(ranked[_MAKERS_MAX:]),
        "cameras_left": sum(by_rung.total() for _, by_rung in ranked[_MAKERS_MAX:]),
        "sources": [
            (titles.get(source, source), cameras)
            for source, cameras in sorted(row.tally.sources.items())
        ],
        "withheld": withheld,
        "deployments": deployments,
        "suppliers": _suppliers_at(deployments),
    }


def _suppliers_at(deployments: Sequence[DeploymentProfile]) -> list[tuple[str, int]]:
    """Return who is named as a supplier and at how many systems, most first."""
    systems = Counter(org_id for profile in deployments for org_id in supplier_ids(profile))
    return sorted(systems.items(), key=lambda supplier: (-supplier[1], supplier[0]))


def disputed_in(
    code: str, tally: Tally, table: Sequence[Mapping[str, str]]
) -> tuple[Disputed, ...]:
    """
    Return the cameras in a country's disputed areas, by who administers them.

    Parameters
    ----------
    table
        Rows of the table of disputed areas.
    """
    return tuple(
        Disputed(
            administered_by=_administration(administration),
            cameras=cameras,
            areas=tuple(
                area
                for area in table
                if (area["country_code"], area["administered_by"]) == (code, administration)
            ),
        )
        for administration, cameras in sorted(tally.administrations.items())
    )


def _administration(codes: str) -> str:
    return " and ".join(
        words.country(code) if len(code) == 2 else code  # noqa: PLR2004 - a country code
        for code in codes.split(" and ")
    )
