"""
What is left out of a release, and what is left blank, before anything is exported.

Three decisions, each over all rows at once: whole devices that watch a home or were asked to be
left out; operators that may be persons; single values that hold contact data. What is withheld
from the devices is withheld from the observations too, and counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.clean.placeholders import says_nothing
from mapper.model.columns import CAMERA, ColumnType
from mapper.model.enums import CAMERA_TYPES
from mapper.model.release import SUPPRESSED
from mapper.model.tags import PUBLISHED_TAGS
from mapper.resolve.observation_table import natural_order
from mapper.resolve.poles import neighbours_left
from mapper.resolve.text_categories import put
from mapper.validate import homes
from mapper.validate.contact_patterns import REFERENCE_COLUMNS, holds_contact
from mapper.validate.observed_tags import ObservedTags
from mapper.validate.operators import Operator, Operators, are_their_towns, operators_of
from mapper.validate.published_values import MAKER_KEYS, may_publish
from mapper.validate.suppression import Suppression
from mapper.validate.values_asked import Mask, by_value

CONTACT_DATA: Final = "contact data or a machine's address"
NO_KNOWN_WORDS: Final = "not made of known words"
PERHAPS_A_PERSON: Final = "may name a person"
"""Why a value of a published row was left out."""

SMALLEST_COUNT: Final = 10
"""Countries with fewer withheld devices are counted together (k-anonymity)."""

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


Replaced: TypeAlias = npt.NDArray[Any] | pd.Categorical
"""The cells of a column that stand in the place of those concluded."""

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
    observed = ObservedTags.of(devices, observations)
    tags = observed.of_devices(len(devices))
    contact = {
        key: by_value(tags[key], partial(_must_not_stand, key, names_maker))
        for key in PUBLISHED_TAGS
    }
    operators = operators_of(tags, devices, organisation_names)
    # A town's name alone is not known to be no person's; at the town itself it is the town's.
    doubtful = np.flatnonzero(operators == Operator.NOT_KNOWN)
    is_town = are_their_towns(tags["operator"].iloc[doubtful], devices.iloc[doubtful])
    operators[doubtful[is_town]] = Operator.ORGANISATION
    # An id that is no id makes the whole row doubtful: somebody typed something else there.
    operators[contact["operator:wikidata"]] = Operator.NOT_KNOWN
    reasons = _reasons(devices, tags, operators, suppression)
    kept = reasons.isna().to_numpy()
    columns, blanked = _blank(devices, tags, operators, contact)
    blanked = {key: mask & kept for key, mask in blanked.items()}
    # A row must not name, nor hint at, a neighbour that was left out.
    columns |= neighbours_left(devices, kept)
    is_camera = devices["device_type"].isin([str(kind) for kind in CAMERA_TYPES]).to_numpy()
    by_country, elsewhere = _by_country(devices["country_code"].iloc[np.flatnonzero(~kept)])
    return Published(
        cameras=_rows_of(devices, columns, kept & is_camera),
        other_devices=_rows_of(devices, columns, kept & ~is_camera),
        observations=dict(observed.published(kept, blanked)),
        withheld=int((~kept).sum()),
        withheld_by_country=by_country,
        withheld_elsewhere=elsewhere,
        withheld_by_reason={
            str(reason): int(count) for reason, count in reasons.value_counts().sort_index().items()
        },
        operators_withheld=int((columns["operator_withheld"] & kept).sum()),
        values_withheld=_by_key_and_reason(tags, blanked),
    )


def _by_key_and_reason(
    tags: pd.DataFrame, blanked: Mapping[str, Mask]
) -> dict[str, dict[str, int]]:
    """Count the values that were left out of published rows, by key, then by reason."""
    counted: dict[str, dict[str, int]] = {}
    for key, mask in sorted(blanked.items()):
        values = tags[key].iloc[np.flatnonzero(mask)].dropna()
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


def _reasons(
    devices: gpd.GeoDataFrame,
    tags: pd.DataFrame,
    operators: Operators,
    suppression: Suppression,
) -> pd.Series:
    """Return the first rule that leaves each device out; missing where none does."""
    is_organisation = operators == Operator.ORGANISATION
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
    operators: Operators,
    contact: Mapping[str, Mask],
) -> tuple[dict[str, Replaced], dict[str, Mask]]:
    """Return the columns with blank operators and values; say of which rows a key was blanked."""
    is_nobody = operators == Operator.NOBODY
    # Everything that is not surely an organisation, "not known" included: silence withholds.
    nameless = ~(is_nobody | (operators == Operator.ORGANISATION))
    # What names nobody is no person, but an address among it must not stand either.
    is_address = by_value(tags["operator"], lambda value: not says_nothing(value)) & is_nobody
    blanked = dict(contact) | {
        key: (nameless | is_address | contact[key]) & tags[key].notna().to_numpy()
        for key in _OPERATOR_KEYS
    }
    # A maker that was read out of the operator would tell the operator that was just taken away.
    of_operator = nameless & by_value(
        devices["vendor_method"], lambda method: method.startswith("operator")
    )
    hidden = dict.fromkeys(_OPERATOR_COLUMNS, nameless | is_nobody)
    hidden |= dict.fromkeys(_VENDOR_COLUMNS, of_operator)
    for name in _TEXT_COLUMNS:
        mask = by_value(devices[name], partial(holds_contact, name))
        for key in _WRITTEN_IN.get(name, ()):
            # What was taken from a withheld value must not stand in a column.
            is_taken = contact[key].copy()
            if name != "directions_as_written":
                is_taken[is_taken] = _are_same(devices[name][is_taken], tags[key][is_taken])
            mask |= is_taken
        hidden[name] = mask | hidden.get(name, False)
    columns: dict[str, Replaced] = {
        name: _put(devices[name], mask, None) for name, mask in hidden.items() if mask.any()
    }
    columns["operator_withheld"] = nameless
    columns["vendor_rung"] = _put(devices["vendor_rung"], of_operator, "unknown")
    return columns, {key: mask for key, mask in blanked.items() if mask.any()}


def _put(cells: pd.Series, mask: Mask, value: str | None) -> Replaced:
    """Return a column with a value in some rows; the given one is shared, and stays."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return put(cells, mask, value)
    changed = cells.to_numpy(dtype=object, copy=True)
    changed[mask] = value
    return changed


def _are_same(cells: pd.Series, tag: pd.Series) -> Mask:
    """Whether a column repeats a tag, row by row; empty cells repeat nothing."""
    return cells.eq(tag.astype(object).set_axis(cells.index)).to_numpy(bool)


def _rows_of(
    devices: gpd.GeoDataFrame, columns: Mapping[str, Replaced], is_taken: Mask
) -> gpd.GeoDataFrame:
    """Take rows with some columns replaced: each column once, and those replaced not at all."""
    rows = np.flatnonzero(is_taken)
    index = devices.index[rows]
    taken = {}
    for name, cells in devices.items():
        replaced = columns.get(str(name))
        values = (cells.array if replaced is None else replaced).take(rows)
        if isinstance(values, pd.Categorical):
            # What was withheld must not be found in a table that is handed on.
            values = values.remove_unused_categories()
        # With its type, for pandas would look at every text to guess it.
        taken[name] = pd.Series(values, index=index, dtype=values.dtype, copy=False)
    # The points are found by their column's usual name; to give it would copy the table twice.
    return gpd.GeoDataFrame(pd.DataFrame(taken, copy=False), copy=False)


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
