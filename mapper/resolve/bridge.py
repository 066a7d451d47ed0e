"""
Ids for cameras that several sources describe, which survive rebuilds.

A site is what links join: one camera of OpenStreetMap and one of each official list, at most. The
bridge file lists the members of every site that ever was. A site keeps its id as long as it keeps
members: when a publisher renumbers its list, the member in OpenStreetMap carries the id on; when a
site splits, the id stays with the larger part; an id that no site carries any more stays listed
with the one that replaced it.

A row says when a member joined its site and when it left. What did not change is written as
before, so the same links give the same bytes, however often they are built.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mapper.resolve.observation_table import natural_key

BRIDGE_COLUMNS = ("site_id", "member_id", "first_build", "last_build", "replaced_by")
"""The columns of a bridge file."""

_ID_DIGITS = 12

_Site = frozenset[str]


_Row = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class LastBridge:
    """
    The bridge file that a build goes on from.

    Attributes
    ----------
    release_id
        The release it stands in: the last build in which what leaves now still belonged.
    rows
        Columns ``BRIDGE_COLUMNS``.
    """

    release_id: str
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Past:
    """The rows of the last build by site and member, its sites, and when each site began."""

    release_id: str
    rows: Mapping[tuple[str, str], _Row]
    living: Mapping[str, _Site]
    founded: Mapping[str, str]


def bridge(
    pairs: Iterable[tuple[str, str]],
    last: LastBridge | None,
    build: str,
    *,
    forgotten: Container[str] = frozenset(),
) -> pd.DataFrame:
    """
    Carry the ids of sites from the last build into this one.

    Parameters
    ----------
    pairs
        The two camera ids of every link of this build, in any order.
    last
        The bridge file of the last build; None for the first one.
    build
        The ``release_id`` of this build, later than every build that ``last`` names.
    forgotten
        Camera ids that must not be named any more. A site that ever had one is left out whole:
        its id is made of its members' ids, and would give them away to whoever tries.

    Returns
    -------
    DataFrame
        Columns ``BRIDGE_COLUMNS``, one row per site and member that ever belonged to it, sorted.
        ``first_build`` is the release in which the member joined; ``last_build`` the last one in
        which it belonged, None while it does; ``replaced_by`` is the site that most members of a
        site went to when it ended, None where there is none or the site stands.
    """
    past = _read(last, forgotten)
    sites = _sites(pairs)
    named = _inherit(sites, past)
    successor = {member: site_id for site_id, members in named.items() for member in members}
    # Where a site ended, most of its members went somewhere: that is where its id leads on to.
    heirs = {
        site_id: _most_common(successor, members)
        for site_id, members in past.living.items()
        if site_id not in named
    }
    rows: dict[tuple[str, str], _Row] = {
        # Everything is first written as left, and what still stands is set back below.
        (site_id, member): (first, left or past.release_id, heirs.get(site_id, heir))
        for (site_id, member), (first, left, heir) in past.rows.items()
    }
    for site_id, members in named.items():
        for member in members:
            first_build, _, _ = rows.get((site_id, member), (build, None, None))
            rows[site_id, member] = (first_build, None, None)
    ordered = sorted(rows, key=lambda key: (key[0], natural_key(key[1])))
    return pd.DataFrame(
        [(*key, *rows[key]) for key in ordered], columns=list(BRIDGE_COLUMNS), dtype=object
    )


def _read(last: LastBridge | None, forgotten: Container[str]) -> _Past:
    if last is None:
        return _Past("", {}, {}, {})
    table = last.rows[list(BRIDGE_COLUMNS)].astype(object)
    lines = [tuple(row) for row in table.where(table.notna(), None).to_numpy(dtype=object)]
    # The whole site goes: its id is a hash of member ids, which can be tried out.
    gone = {site_id for site_id, member, *_ in lines if member in forgotten}
    rows: dict[tuple[str, str], _Row] = {}
    living: dict[str, set[str]] = {}
    founded: dict[str, str] = {}
    for site_id, member, first, left, heir in lines:
        if site_id in gone:
            continue
        rows[site_id, member] = (first, left, None if heir in gone else heir)
        founded[site_id] = min(founded.get(site_id, first), first, key=natural_key)
        if left is None:
            living.setdefault(site_id, set()).add(member)
    frozen = {site_id: frozenset(members) for site_id, members in living.items()}
    return _Past(last.release_id, rows, frozen, founded)


def _sites(pairs: Iterable[tuple[str, str]]) -> list[_Site]:
    from scipy.cluster.hierarchy import DisjointSet  # noqa: PLC0415 - most builds link no list

    # Links are pairs; a camera of three sources is one site by way of OpenStreetMap.
    joined = DisjointSet()
    for one, other in pairs:
        joined.add(one)
        joined.add(other)
        joined.merge(one, other)
    return sorted((frozenset(members) for members in joined.subsets()), key=sorted)


def _inherit(sites: Sequence[_Site], past: _Past) -> dict[str, _Site]:
    """Name each site: after the past site it shares most members with, else anew."""
    home = {member: site_id for site_id, members in past.living.items() for member in members}
    claims = {
        (site_id, place): len(past.living[site_id] & site)
        for place, site in enumerate(sites)
        for site_id in {home[member] for member in site if member in home}
    }
    # Most members first, then the older site, then the larger part; ids break what is left.
    ranked = sorted(
        claims,
        key=lambda claim: (
            -claims[claim],
            natural_key(past.founded[claim[0]]),
            claim[0],
            -len(sites[claim[1]]),
            claim[1],
        ),
    )
    named: dict[str, _Site] = {}
    given: set[int] = set()
    # Each id goes to one site and each site takes one id, the strongest claim first.
    for site_id, place in ranked:
        if site_id not in named and place not in given:
            named[site_id] = sites[place]
            given.add(place)
    for place, site in enumerate(sites):
        if place not in given:
            named[_new_id(site, taken=named.keys() | past.founded.keys())] = site
    return named


def _new_id(site: _Site, *, taken: Iterable[str]) -> str:
    """Make an id out of the members, so that the same links give the same ids everywhere."""
    given = set(taken)
    text = "\n".join(sorted(site))
    salt = 0
    while True:
        # 48 bits can meet by chance among many sites; then the next salt decides, the same
        # everywhere.
        digest = hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
        site_id = f"site:{digest[:_ID_DIGITS]}"
        if site_id not in given:
            return site_id
        salt += 1


def _most_common(successor: Mapping[str, str], members: Iterable[str]) -> str | None:
    counts: dict[str, int] = {}
    for member in members:
        if member in successor:
            counts[successor[member]] = counts.get(successor[member], 0) + 1
    return min(counts, key=lambda site_id: (-counts[site_id], site_id), default=None)
