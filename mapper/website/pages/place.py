"""What stands on the pages of countries: what is mapped there, and what sources say of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapper.resolve import disputed
from mapper.website.map.vocabulary import KINDS, RUNGS
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.deployment import DeploymentRow
from mapper.website.pages.statements import Ref
from mapper.website.pages.tally import Tally

_MAKERS_MAX = 20


@dataclass(frozen=True, slots=True)
class Area:
    """A row of the table of disputed areas (docs and ORIGIN.md of data/boundaries)."""

    name: str
    country_code: str
    administered_by: str
    instrument: str
    note: str


@dataclass(frozen=True, slots=True)
class Known:
    """
    What the pages of all countries share.

    Attributes
    ----------
    makers
        Maker -> its name and page.
    titles
        Source of cameras -> its title.
    areas
        The table of disputed areas.
    """

    makers: Mapping[str, Ref]
    titles: Mapping[str, str]
    areas: Sequence[Area]


@dataclass(frozen=True, slots=True)
class KindRow:
    """Cameras of one kind by rung; numbers as text, empty for none."""

    name: str
    cameras: str
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MakerRow:
    """
    Cameras that carry a maker's name.

    Attributes
    ----------
    share
        Of the cameras of the first maker, 0 to 1.
    """

    name: Ref
    cameras: str
    rungs: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class DisputedRow:
    """
    Cameras in the disputed areas of a country under one administration.

    Attributes
    ----------
    areas
        The areas of the table that this can be.
    """

    administered_by: str
    cameras: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The page of a country."""

    code: str
    name: str
    headline: str
    cameras: int
    kinds: tuple[KindRow, ...]
    makers: tuple[MakerRow, ...]
    makers_left: int
    cameras_left: str
    unknown: str
    sources: tuple[tuple[str, str], ...]
    withheld: str
    disputed: tuple[DisputedRow, ...]
    deployments: tuple[DeploymentRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A line in the list of countries; numbers as text, empty for none."""

    name: Ref
    code: str
    is_disputed: bool
    cameras: str
    kinds: tuple[str, ...]
    named: str
    deployments: str


def read_areas(boundaries_dir: Path) -> tuple[Area, ...]:
    """Read the table of disputed areas, in its order."""
    return tuple(
        Area(
            name=row["area"],
            country_code=row["country_code"],
            administered_by=row["administered_by"],
            instrument=row["instrument"],
            note=row["note"],
        )
        for row in disputed.disputed_rows(boundaries_dir)
    )


def place_page(
    code: str,
    tally: Tally,
    *,
    known: Known,
    withheld: str,
    deployments: tuple[DeploymentRow, ...],
) -> PlacePage:
    """
    Gather the page of a country.

    Parameters
    ----------
    withheld
        How many were withheld there, in words.
    """
    ranked = tally.ranked_makers()
    shown, rest = ranked[:_MAKERS_MAX], ranked[_MAKERS_MAX:]
    most = shown[0][1].total() if shown else 1
    return PlacePage(
        code=code,
        name=words.country(code),
        headline=_headline(tally, deployments),
        cameras=tally.cameras,
        kinds=kind_rows(tally),
        makers=tuple(
            MakerRow(
                name=known.makers[maker],
                cameras=words.number(counter.total()),
                rungs=_rungs(counter),
                share=counter.total() / most,
            )
            for maker, counter in shown
        ),
        makers_left=len(rest),
        cameras_left=words.number(sum(counter.total() for _, counter in rest)),
        unknown=words.number(tally.rung("unknown")),
        sources=tuple(
            (known.titles.get(source, source), words.number(count))
            for source, count in sorted(tally.sources.items())
        ),
        withheld=withheld,
        disputed=_disputed(code, tally, known.areas),
        deployments=deployments,
    )


def place_row(code: str | None, tally: Tally, index: PageIndex, deployments: int) -> PlaceRow:
    """Return the line of a country; None is where there is none."""
    return PlaceRow(
        name=Ref(words.country(code), index.place(code)),
        code=code or "",
        is_disputed=False,
        cameras=words.number(tally.cameras) if tally.cameras else "",
        kinds=tuple(_or_empty(tally.kind(kind)) for kind in KINDS),
        named=_or_empty(tally.cameras - tally.rung("unknown")),
        deployments=_or_empty(deployments),
    )


def disputed_rows(code: str, tally: Tally, areas: Sequence[Area]) -> list[PlaceRow]:
    """Return the lines of a country's disputed areas, to stand below its own."""
    rows = []
    for found in _disputed(code, tally, areas):
        named = words.listed(area.name for area in found.areas) or "Disputed areas"
        rows.append(
            PlaceRow(
                name=Ref(f"{named}; administered by {found.administered_by}", ""),
                code=code,
                is_disputed=True,
                cameras=found.cameras,
                kinds=(),
                named="",
                deployments="",
            )
        )
    return rows


def kind_rows(tally: Tally) -> tuple[KindRow, ...]:
    """Return the cameras by kind and rung, kinds without any left out, the sum last."""
    rows = [
        KindRow(
            name=words.KINDS[kind][1],
            cameras=words.number(tally.kind(kind)),
            rungs=tuple(_or_empty(tally.by_kind_and_rung[kind, rung]) for rung in RUNGS),
        )
        for kind in KINDS
        if tally.kind(kind)
    ]
    total = KindRow(
        name="all cameras",
        cameras=words.number(tally.cameras),
        rungs=tuple(_or_empty(tally.rung(rung)) for rung in RUNGS),
    )
    return (*rows, total) if len(rows) > 1 else tuple(rows)


def _headline(tally: Tally, deployments: Sequence[DeploymentRow]) -> str:
    if tally.cameras:
        named = tally.cameras - tally.rung("unknown")
        first = f"{words.of(tally.cameras, 'camera', 'cameras')} mapped in this release; "
        if named:
            first += f"{words.number(named)} of them with a maker's name, "
            first += f"{words.number(tally.rung('C'))} of these unconfirmed."
        else:
            first += "none with a maker's name."
    else:
        first = "This release holds no camera data here, which says nothing of what is there."
    if not deployments:
        return f"{first} The registry holds no deployment here."
    second = words.of(len(deployments), "deployment", "deployments")
    return f"{first} The registry holds {second} here."


def _disputed(code: str, tally: Tally, areas: Sequence[Area]) -> tuple[DisputedRow, ...]:
    return tuple(
        DisputedRow(
            administered_by=_administration(administration),
            cameras=words.number(count),
            areas=tuple(
                area
                for area in areas
                if (area.country_code, area.administered_by) == (code, administration)
            ),
        )
        for administration, count in sorted(tally.administrations.items())
    )


def _administration(written: str) -> str:
    return " and ".join(
        words.country(part) if len(part) == 2 else part  # noqa: PLR2004 - a country code
        for part in written.split(" and ")
    )


def _rungs(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(_or_empty(counter[rung]) for rung in RUNGS)


def _or_empty(count: int) -> str:
    return words.number(count) if count else ""
