"""
What is left out of a release, and what is left blank, before anything is exported.

Three decisions, each over all rows at once: whole devices that watch a home or were asked to be
left out; operators that may be persons; single values that hold contact data. What is withheld
from the devices is withheld from the observations too, and counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.clean.placeholders import says_nothing
from mapper.model.columns import CAMERA, ColumnType
from mapper.model.enums import CAMERA_TYPES
from mapper.model.release import SUPPRESSED
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.resolve.observation_table import natural_order
from mapper.resolve.poles import with_neighbours
from mapper.resolve.text_categories import categorised, taken, together, without
from mapper.validate import homes
from mapper.validate.contact_patterns import REFERENCE_COLUMNS, holds_contact
from mapper.validate.operators import Operator, are_their_towns, operators_of
from mapper.validate.published_values import MAKER_KEYS, may_publish
from mapper.validate.suppression import Suppression
from mapper.validate.values_asked import Mask, by_value

CONTACT_DATA: Final = "contact data or a machine's address"
NO_KNOWN_WORDS: Final = "not made of known words"
PERHAPS_A_PERSON: Final = "may name a person"
"""Why a value of a published row was left out."""

SMALLEST_COUNT: Final = 10
"""Countries with fewer withheld devices are counted together (k-anonymity)."""

OBSERVATION_FIELDS: Final = (
    "source_ref",
    "lon_deg",
    "lat_deg",
    "geometry_kind",
    "device_role",
    "version",
    "edited_on",
    "location_precision_m",
    "text_cleaned",
    "text_cut",
    "snapshot_sha256",
)
"""Fields of a published observation before its tags."""

OBSERVATION_NAMES: Final = (*OBSERVATION_FIELDS, *PUBLISHED_TAGS, "withheld_keys")
"""Columns of a published ``observations_<source>``, in released order."""

_OPERATOR_KEYS: Final = ("operator", "operator:wikidata")
_TEXT_COLUMNS: Final = tuple(
    column.name
    for column in CAMERA
    if column.column_type is ColumnType.TEXT
    and not column.allowed
    and column.name not in REFERENCE_COLUMNS
)
_WRITTEN_IN: Final = {
    "vendor_as_written": (*MAKER_KEYS, *(f"{key}:wikidata" for key in MAKER_KEYS[:3])),
    "directions_as_written": ("camera:direction", "direction"),
}
"""Columns that repeat a tag's value, and the tags."""
_VENDOR_COLUMNS: Final = ("vendor_id", "vendor_ids", "vendor_as_written", "vendor_method")
_OPERATOR_COLUMNS: Final = ("operator_name", "operator_id", "operator_supplier_ids")


NamesMaker = Callable[[str, str], bool]
"""Whether, under a maker's key, every word of a text is accounted for."""


def _no_maker(key: str, text: str) -> bool:  # noqa: ARG001 - stands for a `NamesMaker`
    return False


@dataclass(frozen=True, slots=True)
class Published:
    """
    What may be published, and how much may not.

    Attributes
    ----------
    cameras, other_devices
        GeoDataFrames, index the ``camera_id`` (unique), columns ``model.columns.CAMERA``,
        geometry Point in EPSG:4326, sorted by source, then naturally by reference.
    observations
        By source: DataFrame with the columns ``OBSERVATION_NAMES``, sorted by ``source_ref``;
        ``withheld_keys`` names, separated by semicolons, the keys whose values were left out.
    withheld
        How many devices were left out.
    withheld_by_country
        Of these, by ISO country, where there are ``SMALLEST_COUNT`` or more.
    withheld_elsewhere
        The rest of them, without a country.
    withheld_by_reason
        Of these, by the first rule that caught each, over the whole world.
    operators_withheld
        Published rows whose operator is left blank.
    values_withheld
        By tag key, then by reason: values of published rows that were left out, as
        ``CONTACT_DATA``, ``NO_KNOWN_WORDS`` or ``PERHAPS_A_PERSON``.
    """

    cameras: gpd.GeoDataFrame
    other_devices: gpd.GeoDataFrame
    observations: Mapping[str, pd.DataFrame]
    withheld: int
    withheld_by_country: Mapping[str, int]
    withheld_elsewhere: int
    withheld_by_reason: Mapping[str, int]
    operators_withheld: int
    values_withheld: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def withhold(
    devices: gpd.GeoDataFrame,
    observations: Mapping[str, pd.DataFrame],
    *,
    organisation_names: Iterable[str],
    suppression: Suppression,
    names_maker: NamesMaker = _no_maker,
) -> Published:
    """
    Leave out what must not be published.

    Parameters
    ----------
    devices
        Every resolved device in any order, columns ``model.columns.CAMERA``.
    observations
        By source, one row per observation: its fields, and a text column for every key of
        ``PUBLISHED_TAGS`` and ``PRIVACY_TAGS``.
    organisation_names
        Every name of the registry's organisations, in any spelling and script.
    names_maker
        Whether every word of a text under a maker's key is accounted for; where it is not
        given, makers' texts are published only as names of organisations.
    suppression
        The list of objects that somebody asked to be left out.
    """
    devices = _in_natural_order(devices)
    tags = _tags_of(devices, observations)
    contact = {
        key: by_value(tags[key], partial(_must_not_stand, key, names_maker))
        for key in PUBLISHED_TAGS
    }
    operators = operators_of(tags, devices, organisation_names)
    unknown = operators.eq(Operator.NOT_KNOWN).to_numpy()
    # A town's name alone is not known to be no person's; at the town itself it is the town's.
    doubtful = np.flatnonzero(unknown)
    is_town = are_their_towns(tags["operator"].iloc[doubtful], devices.iloc[doubtful])
    operators.iloc[doubtful[is_town]] = Operator.ORGANISATION
    # An id that is no id makes the whole row doubtful: somebody typed something else there.
    operators[contact["operator:wikidata"]] = Operator.NOT_KNOWN
    reasons = _reasons(devices, tags, operators, suppression)
    kept = reasons.isna().to_numpy()
    # From here on all masks have the length of what is published.
    contact = {key: mask[kept] for key, mask in contact.items()}
    published, blanked = _blank(devices[kept], tags[kept], operators[kept], contact)
    values_withheld = _by_key_and_reason(tags, blanked)
    # A row must not name, nor hint at, a neighbour that was left out.
    published = with_neighbours(published)
    is_camera = published["device_type"].isin([str(kind) for kind in CAMERA_TYPES]).to_numpy()
    by_country, elsewhere = _by_country(devices.loc[~kept, "country_code"])
    return Published(
        cameras=published[is_camera],
        other_devices=published[~is_camera],
        observations={
            source_id: _published_observations(source_id, frame, published.index, blanked)
            for source_id, frame in sorted(observations.items())
        },
        withheld=int((~kept).sum()),
        withheld_by_country=by_country,
        withheld_elsewhere=elsewhere,
        withheld_by_reason={
            str(reason): int(count) for reason, count in reasons.value_counts().sort_index().items()
        },
        operators_withheld=int(published["operator_withheld"].astype(bool).sum()),
        values_withheld=values_withheld,
    )


def _by_key_and_reason(
    tags: pd.DataFrame, blanked: Mapping[str, pd.Index]
) -> dict[str, dict[str, int]]:
    """Count the values that were left out of published rows, by key, then by reason."""
    counted: dict[str, dict[str, int]] = {}
    for key, index in sorted(blanked.items()):
        values = tags[key].iloc[tags.index.get_indexer(index)].dropna()
        has_contact = int(by_value(values, partial(holds_contact, key)).sum())
        other = PERHAPS_A_PERSON if key in _OPERATOR_KEYS else NO_KNOWN_WORDS
        reasons = {CONTACT_DATA: has_contact, other: len(values) - has_contact}
        if len(values):
            counted[key] = {reason: count for reason, count in sorted(reasons.items()) if count}
    return counted


def _must_not_stand(key: str, names_maker: NamesMaker, value: str) -> bool:
    """Whether a value is free text or contact data; which name ``operator`` is, is asked later."""
    if holds_contact(key, value):
        return True
    return key != "operator" and not may_publish(key, value, names_maker=names_maker)


def _tags_of(devices: gpd.GeoDataFrame, observations: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Align the tags of all observations to the devices: one row per device, categories."""
    by_source = sorted(observations.items())
    nothing = np.empty(0, dtype=object)
    ids = [camera_ids(source_id, frame) for source_id, frame in by_source]
    index = pd.Index(np.concatenate([nothing, *ids]), dtype=object)
    keys = (*PUBLISHED_TAGS, *PRIVACY_TAGS)
    columns = {key: together([frame[key] for _, frame in by_source]) for key in keys}
    joined = pd.DataFrame(columns, copy=False).set_axis(index)
    # Nearly always every observation is a device, and in the same order.
    return joined if joined.index.equals(devices.index) else joined.reindex(devices.index)


def camera_ids(source_id: str, frame: pd.DataFrame) -> pd.Index:
    """Return the ids of a source's observations as an index."""
    ids = [f"{source_id}:{source_ref}" for source_ref in frame["source_ref"]]
    return pd.Index(ids, dtype=object)


def _reasons(
    devices: gpd.GeoDataFrame,
    tags: pd.DataFrame,
    operators: pd.Series,
    suppression: Suppression,
) -> pd.Series:
    """Return the first rule that leaves each device out; missing where none does."""
    is_organisation = operators.eq(Operator.ORGANISATION).to_numpy()
    # The first that holds is counted as the reason, so the order is from asked for to guessed at.
    rules = (
        (SUPPRESSED, _suppressed(devices, suppression)),
        ("doorbell", homes.doorbells(tags)),
        ("made for homes", homes.home_products(tags, devices["vendor_id"])),
        ("operated by a private person", homes.persons(tags, operators)),
        ("private ground", homes.private_grounds(tags, is_organisation)),
        ("indoor, no public place", homes.insides(tags, is_organisation)),
        ("place not understood", homes.not_understood(tags, is_organisation)),
    )
    reasons = pd.Series(None, index=devices.index, dtype=object)
    for reason, mask in rules:
        reasons[mask & reasons.isna().to_numpy()] = reason
    return reasons


def _suppressed(devices: gpd.GeoDataFrame, suppression: Suppression) -> Mask:
    mask = np.zeros(len(devices), dtype=bool)
    if not len(suppression):
        return mask
    source_ids = devices["source_id"].astype(object).to_numpy()
    for source_id in sorted(set(source_ids)):
        rows = source_ids == source_id
        placed = devices.loc[rows]
        lon_deg, lat_deg = (
            np.asarray(axis, float) for axis in (placed.geometry.x, placed.geometry.y)
        )
        mask[rows] = suppression.leaves_out(source_id, placed["source_ref"], lon_deg, lat_deg)
    return mask


def _blank(
    devices: gpd.GeoDataFrame,
    tags: pd.DataFrame,
    operators: pd.Series,
    contact: Mapping[str, Mask],
) -> tuple[gpd.GeoDataFrame, dict[str, pd.Index]]:
    """Blank operators and values; say which key was blanked for which cameras."""
    # Shares its cells with the given table; pandas copies a column when it is written into.
    devices = devices.copy(deep=False)
    is_nobody = operators.eq(Operator.NOBODY).to_numpy()
    # Everything that is not surely an organisation, "not known" included: silence withholds.
    nameless = ~(is_nobody | operators.eq(Operator.ORGANISATION).to_numpy())
    devices.loc[is_nobody, list(_OPERATOR_COLUMNS)] = None
    # What names nobody is no person, but an address among it must not stand either.
    is_address = by_value(tags["operator"], lambda value: not says_nothing(value)) & is_nobody
    blanked = dict(contact) | {
        key: (nameless | is_address | contact[key]) & tags[key].notna().to_numpy()
        for key in _OPERATOR_KEYS
    }
    devices.loc[nameless, list(_OPERATOR_COLUMNS)] = None
    devices["operator_withheld"] = nameless
    from_operator = (
        devices["vendor_method"].astype(object).str.startswith("operator").fillna(value=False)
    )
    # A maker that was read out of the operator would tell the operator that was just taken away.
    devices.loc[nameless & from_operator.to_numpy(bool), list(_VENDOR_COLUMNS)] = None
    devices.loc[nameless & from_operator.to_numpy(bool), "vendor_rung"] = "unknown"
    for name in _TEXT_COLUMNS:
        mask = by_value(devices[name], partial(holds_contact, name))
        for key in _WRITTEN_IN.get(name, ()):
            # What was taken from a withheld value must not stand in a column.
            same = name == "directions_as_written" or _is_same(devices[name], tags[key])
            mask |= contact[key] & same
        if mask.any():
            devices.loc[mask, name] = None
    return devices, {key: devices.index[mask] for key, mask in blanked.items() if mask.any()}


def _is_same(cells: pd.Series, tag: pd.Series) -> Mask:
    """Whether a column repeats a tag, row by row; empty cells repeat nothing."""
    return cells.eq(tag.astype(object)).to_numpy(bool)


def _published_observations(
    source_id: str, frame: pd.DataFrame, kept: pd.Index, blanked: Mapping[str, pd.Index]
) -> pd.DataFrame:
    """Keep the rows of published devices, without the privacy tags and the blanked values."""
    ids = camera_ids(source_id, frame)
    is_kept = ids.isin(kept)
    refs = frame["source_ref"].to_numpy(dtype=object)
    order = _in_order(refs, np.flatnonzero(is_kept))
    ids = ids[order]
    # Column by column, for a selection of rows and one of columns would copy the table twice.
    columns = {name: taken(frame[name], order) for name in OBSERVATION_NAMES[:-1]}
    withheld_keys = np.full(len(order), "", dtype=object)
    for key, index in blanked.items():
        rows = ids.get_indexer(index)
        rows = rows[rows >= 0]
        columns[key] = without(columns[key], rows)
        withheld_keys[rows] += key + ";"
    texts = [text.rstrip(";") or None for text in withheld_keys.tolist()]
    columns["withheld_keys"] = pd.Series(categorised(np.array(texts, dtype=object)))
    return pd.DataFrame(columns, copy=False)


def _in_order(refs: npt.NDArray[np.object_], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sort rows by their references, sign by sign."""
    # Arrow sorts by bytes, which is the order of signs; only a broken text has none in UTF-8.
    if all(map(str.isascii, refs)):
        order = pc.sort_indices(pa.array(refs[rows], pa.string()))
        return rows[np.asarray(order, dtype=np.int64)]
    return np.array(sorted(rows, key=refs.__getitem__), dtype=np.int64)


def _in_natural_order(devices: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sort by source, then by reference as people do; the index becomes ``camera_id``."""
    # Of objects: pandas would make a text column of it, and convert that at every look-up.
    ids = pd.Index(devices["camera_id"].to_numpy(dtype=object), dtype=object)
    source_ids = devices["source_id"].to_numpy(dtype=object)
    refs = devices["source_ref"].to_numpy(dtype=object)
    # node/9 before node/10, as people count; the file's order must not depend on the input's.
    order = np.concatenate(
        [
            np.empty(0, dtype=np.int64),
            *(
                rows[natural_order(refs[rows].tolist())]
                for source_id in sorted(set(source_ids.tolist()))
                for rows in [np.flatnonzero(source_ids == source_id)]
            ),
        ]
    )
    named = devices.set_axis(ids, axis="index")
    # They come in this order from ``resolve``; a copy of the whole table would be for nothing.
    return named if np.array_equal(order, np.arange(len(order))) else named.iloc[order]


def _by_country(country_codes: pd.Series) -> tuple[dict[str, int], int]:
    """Count by country where the count hides nobody; the rest is one number."""
    counts = country_codes.astype(object).value_counts().sort_index()
    # A single withheld device in a small country could be looked up on the ground.
    shown = {str(code): int(count) for code, count in counts.items() if count >= SMALLEST_COUNT}
    return shown, len(country_codes) - sum(shown.values())
