"""
Which camera of an official list is which camera of OpenStreetMap.

Nothing is merged: both stay published, in their own licence layers, and a link says that they
are probably one thing, how probably, and why. The score is a log-odds: how much likelier the
evidence is for one camera seen twice than for two cameras. Links are one to one: of all ways to
pair up the cameras of a neighbourhood the one with the highest sum is taken.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from mapper.model.enums import DeviceType
from mapper.resolve.earth import Floats, arc_m, xyz_m

LINK_COLUMNS = ("official_id", "osm_id", "distance_m", "score", "certainty", "reason")
"""The columns of ``links``."""

SURE = "sure"
ONE_OF_SEVERAL = "one of several"

_Rows = npt.NDArray[np.int64]
_Texts = npt.NDArray[np.object_]

# Published positions are geocoded: half of them lie within 8 m of the camera, a tail at 25 m and
# more. Two normal errors describe that: share and standard deviation in metres.
_ERRORS_M = ((0.8, 5.5), (0.2, 15.0))
# What a direction, a kind and a maker add, in natural log-odds. Of pairs closer than 1 m in OSM
# 83 to 85 % face more than 45 degrees apart, so a shared direction tells cameras of a pole apart.
_DIRECTION_STEPS = ((20.0, 2.0), (45.0, 0.5), (90.0, -1.0), (180.0, -2.5))
_SAME_SPECIAL_KIND, _OTHER_KIND = 1.5, -1.5
_SAME_MAKER, _OTHER_MAKER = 1.5, -2.0
# The score is cautious. On planted truth (cameras of OSM moved by 8 m in the median and 25 m in
# the tail, a third taken out, a third put in) 94 of 100 links above this are right in the densest
# neighbourhoods and 99 in the sparsest; of those scored 0.5 to 0.6 about 82.
_SURE_SCORE = 0.6
# The densest neighbourhood of a real list has some dozens of cameras within reach; thousands are
# rows that were geocoded to one point.
_CROWD = 500
# Of neighbouring numbers the top bits of the product lie far apart (2^64 by the golden ratio).
_SCATTER, _BUCKET_BITS = np.uint64(0x9E3779B97F4A7C15), 20
_AROUND = np.array(list(product((-1, 0, 1), repeat=3)), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Candidate pairs as columns: rows of the two frames, metres apart, and log-odds."""

    official: _Rows
    osm: _Rows
    distance_m: Floats
    odds: Floats

    def at(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> "_Pairs":
        return _Pairs(self.official[rows], self.osm[rows], self.distance_m[rows], self.odds[rows])


def links(
    official: gpd.GeoDataFrame, osm: gpd.GeoDataFrame, *, within_m: float = 25.0
) -> pd.DataFrame:
    """
    Link the cameras of an official list with those of OpenStreetMap.

    Parameters
    ----------
    official, osm
        Cameras as in ``Resolved.devices``: index ``camera_id``, columns ``directions_deg``,
        ``device_type``, ``vendor_id``; Point in EPSG:4326; in any order.
    within_m
        Farther apart no pair is looked at.

    Returns
    -------
    DataFrame
        One row per link, sorted by ``official_id``, columns ``LINK_COLUMNS``: both ids (each at
        most once), ``distance_m`` (one decimal), ``score`` (0 to 1, three decimals: the share of
        the pair's odds among all pairings of its two ends), ``certainty`` (``sure``, or ``one of
        several``) and ``reason`` in words.
    """
    pairs = _candidates(official, osm, within_m)
    if not len(pairs.odds):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in LINK_COLUMNS})
    # By id, whatever the order of the frames was: of two ways to link that weigh the same, one is
    # taken by the order. Only rows of a pair are sorted, a seventh of two lists of a country.
    official, official_rows = _sorted_rows(official, pairs.official)
    osm, osm_rows = _sorted_rows(osm, pairs.osm)
    pairs = _Pairs(official_rows, osm_rows, pairs.distance_m, pairs.odds)
    pairs = pairs.at(np.lexsort((pairs.osm, pairs.official)))
    evidence = _Evidence.of(official, osm, pairs)
    scored = _Pairs(pairs.official, pairs.osm, pairs.distance_m, pairs.odds + evidence.log_odds())
    # Below nought it is likelier that they are two cameras; such a pair helps no sum.
    likely = np.flatnonzero(scored.odds > 0)
    chosen = likely[_best_matching(scored.at(likely))]
    # Scored against all candidates, the unlikely ones too: a rival makes a link less sure even if
    # it was not chosen.
    scores, taken = _scores(scored)[chosen], scored.at(chosen)
    return pd.DataFrame(
        {
            "official_id": official.index.to_numpy(dtype=object)[taken.official],
            "osm_id": osm.index.to_numpy(dtype=object)[taken.osm],
            "distance_m": np.round(taken.distance_m, 1),
            "score": np.round(scores, 3),
            "certainty": np.where(scores >= _SURE_SCORE, SURE, ONE_OF_SEVERAL).astype(object),
            "reason": pd.Series(evidence.words(chosen, taken.distance_m), dtype=object),
        }
    ).sort_values("official_id", ignore_index=True)


def _candidates(official: gpd.GeoDataFrame, osm: gpd.GeoDataFrame, within_m: float) -> _Pairs:
    """Return all pairs within reach, with the log-odds that their distance gives."""
    one_m, other_m = _xyz(official), _xyz(osm)
    tree, other_tree = _tree(one_m), _tree(other_m)
    asked = np.flatnonzero(_not_crowded((one_m, tree), (other_m, other_tree), within_m))
    if len(asked) < len(one_m):
        tree = _tree(one_m[asked])
    reached = tree.sparse_distance_matrix(other_tree, within_m, output_type="ndarray")
    rows, others = asked[reached["i"]], reached["j"].astype(np.int64)
    distance_m = arc_m(reached["v"])
    # How dense the published position lies around the true one at this distance: the likelihood of
    # one camera seen twice.
    density = sum(
        share / (2 * np.pi * sigma_m**2) * np.exp(-(distance_m**2) / (2 * sigma_m**2))
        for share, sigma_m in _ERRORS_M
    )
    # How many cameras of OSM would stand in reach by chance: those that do, but for the one that
    # may be meant, and half a camera where there is no other.
    by_chance = (np.bincount(rows, minlength=len(official))[rows] - 0.5) / (np.pi * within_m**2)
    return _Pairs(rows, others, distance_m, np.log(density / by_chance))


def _tree(positions_m: Floats) -> cKDTree:
    # Split in the middle of its box and not of its points, a node not shrunk to what it holds: such
    # a tree of 350,000 takes two thirds of the time, and asked once it gives none of that back.
    return cKDTree(positions_m, balanced_tree=False, compact_nodes=False)


def _not_crowded(
    listed: tuple[Floats, cKDTree], mapped: tuple[Floats, cKDTree], within_m: float
) -> npt.NDArray[np.bool_]:
    """Leave out cameras on a spot with hundreds of others: nobody can say which is which."""
    one_m, tree = listed
    other_m, other_tree = mapped
    few = np.ones(len(one_m), dtype=np.bool_)
    # To count around every camera takes longer than to find all pairs, and nearly none is crowded.
    suspects = np.flatnonzero(_near_full_cell(one_m, other_m, within_m))
    # One point for all that stand at one position, so that a crowd is counted once.
    places_m, place_of = np.unique(one_m[suspects], axis=0, return_inverse=True)
    of_list = tree.query_ball_point(places_m, within_m, return_length=True)
    of_osm = other_tree.query_ball_point(places_m, within_m, return_length=True)
    few[suspects] = (np.maximum(of_list, of_osm) <= _CROWD)[place_of.reshape(-1)]
    return few


def _near_full_cell(one_m: Floats, other_m: Floats, within_m: float) -> npt.NDArray[np.bool_]:
    """
    Whether a camera of the first list may be crowded, by cells of a grid as wide as the reach.

    What is in reach lies in 27 cells around, so one of them holds a 27th of any crowd. Two cells
    far apart may have one number, which makes a few suspects more and none fewer.
    """
    cells = _cells(one_m, within_m)
    full = [_full_cells(each) for each in (cells, _cells(other_m, within_m))]
    around = np.concatenate(full)[:, None] + _numbered(_AROUND)[None, :]
    return np.isin(cells, around)


def _full_cells(cells: _Rows) -> _Rows:
    """Return the numbers of the cells that may hold more than their part of a crowd."""
    # Counted in a million buckets, without sorting: a bucket counts no less than each of its cells.
    buckets = (cells.view(np.uint64) * _SCATTER) >> np.uint64(64 - _BUCKET_BITS)
    counts = np.bincount(buckets.view(np.int64), minlength=1 << _BUCKET_BITS)
    return np.unique(cells[(counts > _CROWD // len(_AROUND))[buckets.view(np.int64)]])


def _cells(positions_m: Floats, within_m: float) -> _Rows:
    return _numbered(np.floor(positions_m / within_m).astype(np.int64))


def _numbered(cells: _Rows) -> _Rows:
    """Return the number of each cell, linear in its place: neighbours differ by a constant."""
    with np.errstate(over="ignore"):
        numbers: _Rows = cells @ np.array([1, 2_097_143, 4_398_042_316_799], dtype=np.int64)
    return numbers


def _sorted_rows(cameras: gpd.GeoDataFrame, rows: _Rows) -> tuple[gpd.GeoDataFrame, _Rows]:
    """Return the cameras that rows name, sorted by id, and the rows as they stand in these."""
    used, place = np.unique(rows, return_inverse=True)
    chosen = cameras.iloc[used]
    order = chosen.index.argsort()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return chosen.iloc[order], rank[place]


def _xyz(cameras: gpd.GeoDataFrame) -> Floats:
    lonlat_deg = shapely.get_coordinates(cameras.geometry.to_numpy())
    return xyz_m(lonlat_deg[:, 0], lonlat_deg[:, 1])


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What both ends of each pair say beside their position; None or NaN where one is silent."""

    turn_deg: Floats
    kinds: tuple[_Texts, _Texts]
    makers: tuple[_Texts, _Texts]

    @classmethod
    def of(cls, official: gpd.GeoDataFrame, osm: gpd.GeoDataFrame, pairs: _Pairs) -> "_Evidence":
        ours, theirs = _columns(official), _columns(osm)
        kinds, makers = (
            (ours[name][pairs.official], theirs[name][pairs.osm])
            for name in ("device_type", "vendor_id")
        )
        faces, others = (
            each["directions_deg"][rows]
            for each, rows in ((ours, pairs.official), (theirs, pairs.osm))
        )
        turn_deg = np.full(len(faces), np.nan)
        # One pair in ten has a direction on both sides; no call is made for the others.
        both = np.flatnonzero(faces.astype(np.bool_) & others.astype(np.bool_))
        turn_deg[both] = list(map(_turn, faces[both], others[both]))
        return cls(turn_deg, kinds, makers)

    def log_odds(self) -> Floats:
        """Add up the evidence of each pair."""
        limits = [limit for limit, _ in _DIRECTION_STEPS]
        # The last one is for directions that are not known.
        steps = np.array([step for _, step in _DIRECTION_STEPS] + [0.0])
        # A direction that is not known is NaN, which sorts behind the last limit: no evidence.
        turned = steps[np.searchsorted(limits, self.turn_deg)]
        kind, other_kind = self.kinds
        # That both are plain cameras says next to nothing; that both are plate readers does.
        same_kind = np.where(kind == DeviceType.CAMERA, 0.0, _SAME_SPECIAL_KIND)
        kinds = np.where(kind == other_kind, same_kind, _OTHER_KIND)
        maker, other_maker = self.makers
        makers = np.where(maker == other_maker, _SAME_MAKER, _OTHER_MAKER)
        total: Floats = turned + kinds + np.where(self._name_makers(), makers, 0.0)
        return total

    def words(self, rows: _Rows, distance_m: Floats) -> list[str]:
        """Say what speaks for and against pairs, for each of some rows with its distance."""
        return list(
            map(
                _words,
                distance_m.tolist(),
                self.turn_deg[rows].tolist(),
                *(each[rows] for each in (*self.kinds, *self.makers)),
            )
        )

    def _name_makers(self) -> npt.NDArray[np.bool_]:
        named: npt.NDArray[np.bool_] = np.logical_and(*(pd.notna(each) for each in self.makers))
        return named


def _words(
    distance_m: float, turn_deg: float, ours: str, theirs: str, maker: str | None, other: str | None
) -> str:
    said = f"{distance_m:.1f} m apart"
    if not math.isnan(turn_deg):
        said += f"; directions {turn_deg:.0f} degrees apart"
    said += f"; both {ours}" if ours == theirs else f"; {ours} and {theirs}"
    if maker is not None and other is not None:
        said += f"; both by {maker}" if maker == other else "; two makers named"
    return said


def _columns(cameras: gpd.GeoDataFrame) -> Mapping[str, _Texts]:
    named = cameras[["directions_deg", "device_type", "vendor_id"]].astype(object)
    return {str(name): named[name].where(named[name].notna(), None).to_numpy() for name in named}


def _turn(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the smallest angle between a direction of one and of the other."""
    return min(abs((a - b + 180.0) % 360.0 - 180.0) for a in ours for b in theirs)


def _best_matching(pairs: _Pairs) -> _Rows:
    """Return the rows of the one-to-one choice with the highest sum in each neighbourhood."""
    if not len(pairs.odds):
        return np.array([], dtype=np.int64)
    _, official = np.unique(pairs.official, return_inverse=True)
    _, osm = np.unique(pairs.osm, return_inverse=True)
    count = official.max() + 1
    size = count + osm.max() + 1
    ones = np.ones(len(official), dtype=np.int8)
    # Neighbourhoods first: the assignment grows with the cube of its size, and most are a pair.
    graph = coo_array((ones, (official, osm + count)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    neighbourhood = labels[official]
    order = np.argsort(neighbourhood, kind="stable")
    starts = np.flatnonzero(np.diff(neighbourhood[order], prepend=-1))
    ends = np.append(starts[1:], len(order))
    is_alone = ends - starts == 1
    chosen = [order[starts[is_alone]]]
    for start, end in zip(starts[~is_alone].tolist(), ends[~is_alone].tolist(), strict=True):
        rows = order[start:end]
        chosen.append(rows[_assign(official[rows], osm[rows], pairs.odds[rows])])
    return np.sort(np.concatenate(chosen))


def _assign(official: _Rows, osm: _Rows, odds: Floats) -> npt.NDArray[np.bool_]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - most builds link no list

    rows, row = np.unique(official, return_inverse=True)
    columns, column = np.unique(osm, return_inverse=True)
    gain = np.zeros((len(rows), len(columns)))
    gain[row, column] = odds
    # Pairs that were not candidates have gain 0 in the matrix and are dropped again here.
    best = np.full(len(rows), -1)
    matched, to = linear_sum_assignment(gain, maximize=True)
    best[matched] = to
    taken: npt.NDArray[np.bool_] = best[row] == column
    return taken


def _scores(pairs: _Pairs) -> Floats:
    """Weigh each pair against all others of its two ends, and against being no pair at all."""
    odds = np.exp(pairs.odds)
    of_official = np.bincount(pairs.official, weights=odds)[pairs.official]
    of_osm = np.bincount(pairs.osm, weights=odds)[pairs.osm]
    # The 1 stands for "no pair at all"; the pair itself is in both sums and counted once.
    scores: Floats = odds / (1.0 + of_official + of_osm - odds)
    return scores
