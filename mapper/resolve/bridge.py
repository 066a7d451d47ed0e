"""
Ids for cameras that several sources describe, which survive rebuilds.

A site is what links join: one camera of OpenStreetMap and one of each official list, at most. The
bridge file lists the members of every site that ever was. A site keeps its id as long as it keeps
members: when a publisher renumbers its list, the member in OpenStreetMap carries the id on; when a
site splits, the id stays with the larger part; an id that no site carries any more stays listed
with the one that replaced it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from scipy.cluster.hierarchy import DisjointSet

from mapper.resolve.observation_table import natural_key

BRIDGE_COLUMNS = ("site_id", "member_id", "first_build", "last_build", "replaced_by")
"""The columns of a bridge file."""

_ID_DIGITS = 12

_Site = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Past:
    """The bridge file of the last build."""

    rows: Mapping[tuple[str, str], tuple[str, str, str | None]]
    living: Mapping[str, _Site]
    founded: Mapping[str, str]


def bridge(
    pairs: Iterable[tuple[str, str]], previous: pd.DataFrame | None, build: str
) -> pd.DataFrame:
    """
    Carry the ids of sites from the last build into this one.

    Parameters
    ----------
    pairs
        The two camera ids of every link of this build, in any order.
    previous
        The bridge file of the last build; None for the first one.
    build
        The ``release_id`` of this build, later than every build in ``previous``.

    Returns
    -------
    DataFrame
        Columns ``BRIDGE_COLUMNS``, one row per site and member that ever belonged to it, sorted.
        ``last_build`` is ``build`` where it still does; ``replaced_by`` is the site that most
        members of a site went to, None where there is none or the site lives.
    """
    past = _read(previous)
    sites = _sites(pairs)
    named = _inherit(sites, past)
    rows = dict(past.rows)
    for site_id, members in named.items():
        for member in members:
            first_build, _, _ = rows.get((site_id, member), (build, build, None))
            rows[site_id, member] = (first_build, build, None)
    successor = {member: site_id for site_id, members in named.items() for member in members}
    for site_id, members in past.living.items():
        heir = None if site_id in named else _most_common(successor, members)
        for member in members - named.get(site_id, frozenset()):
            first_build, last_build, _ = rows[site_id, member]
            rows[site_id, member] = (first_build, last_build, heir)
    ordered = sorted(rows, key=lambda key: (key[0], natural_key(key[1])))
    return pd.DataFrame(
        [(*key, *rows[key]) for key in ordered], columns=list(BRIDGE_COLUMNS), dtype=object
    )


def _read(previous: pd.DataFrame | None) -> _Past:
    if previous is None or previous.empty:
        return _Past({}, {}, {})
    table = previous.astype(object).where(previous.notna(), None)
    rows: dict[tuple[str, str], tuple[str, str, str | None]] = {
        (str(site_id), str(member)): (str(first), str(last), heir and str(heir))
        for site_id, member, first, last, heir in zip(
            *(table[name].tolist() for name in BRIDGE_COLUMNS), strict=True
        )
    }
    last_build = max((last for _, last, _ in rows.values()), key=natural_key)
    living: dict[str, set[str]] = {}
    founded: dict[str, str] = {}
    for (site_id, member), (first, last, _) in rows.items():
        founded[site_id] = min(founded.get(site_id, first), first, key=natural_key)
        if last == last_build:
            living.setdefault(site_id, set()).add(member)
    frozen = {site_id: frozenset(members) for site_id, members in living.items()}
    return _Past(rows, frozen, founded)


def _sites(pairs: Iterable[tuple[str, str]]) -> list[_Site]:
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
    known = set(taken)
    text = "\n".join(sorted(site))
    salt = 0
    while True:
        digest = hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
        site_id = f"site:{digest[:_ID_DIGITS]}"
        if site_id not in known:
            return site_id
        salt += 1


def _most_common(successor: Mapping[str, str], members: Iterable[str]) -> str | None:
    counts: dict[str, int] = {}
    for member in members:
        if member in successor:
            counts[successor[member]] = counts.get(successor[member], 0) + 1
    return min(counts, key=lambda site_id: (-counts[site_id], site_id), default=None)
