"""Which written operators are organisations, decided over all rows of a build."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from mapper.validate.homes import Mask, by_value
from mapper.validate.organisation_names import (
    has_organisation_word,
    is_code,
    is_wikidata_id,
    may_be_a_person,
    normalise,
)

REPEATED: Final = 3
"""So many devices ..."""
PLACES: Final = 2
"""... in so many nearest places make a name an organisation's ..."""
MANY: Final = 10
"""... and so many wherever they stand: no household runs ten mapped cameras."""


def organisations_among(
    tags: pd.DataFrame,
    devices: pd.DataFrame,
    organisation_names: Iterable[str],
) -> Mask:
    """
    Mark the rows whose operator is an organisation.

    A name counts where the registry has it, a Wikidata id stands beside it, it is written
    ``REPEATED`` times in ``PLACES`` nearest places or ``MANY`` times, or it carries an
    organisation's word. A household's name (`Familie ...`) counts only by the registry. Of
    several names separated by a semicolon every one must count.

    Parameters
    ----------
    tags
        One row per device: ``operator`` and ``operator:wikidata`` as written.
    devices
        The same rows: ``operator_id`` and ``nearest_place``.
    organisation_names
        Every name of the registry's organisations.

    Returns
    -------
    mask
        One truth per row; a row without an operator is False.
    """
    written = tags["operator"]
    folded = _folded(written)
    known = {normalise(name) for name in organisation_names}
    known |= set(folded[devices["operator_id"].notna().to_numpy()].dropna())
    has_id = by_value(tags["operator:wikidata"], is_wikidata_id)
    trusted = set(folded[has_id].dropna()) | _repeated(folded, devices["nearest_place"])

    def counts(value: str) -> bool:
        parts = [part for part in value.split(";") if part.strip()]
        whole = normalise(value)
        if whole in known or (whole in trusted and not any(map(may_be_a_person, parts))):
            return True
        return bool(parts) and all(_is_organisation(part, known, trusted) for part in parts)

    return by_value(written, counts) | devices["operator_id"].notna().to_numpy()


def _is_organisation(name: str, known: set[str], trusted: set[str]) -> bool:
    folded = normalise(name)
    if folded in known:
        return True
    if may_be_a_person(name):
        return False
    return folded in trusted or has_organisation_word(name) or is_code(name)


def _folded(written: pd.Series) -> pd.Series:
    """Normalise each distinct name once."""
    codes, distinct = pd.factorize(written)
    folded = np.array([normalise(str(value)) for value in distinct] + [None], dtype=object)
    return pd.Series(folded[codes], index=written.index, dtype=object)


def _repeated(folded: pd.Series, nearest_place: pd.Series) -> set[str]:
    """Names written often enough, and in enough places, to be no person's."""
    frame = pd.DataFrame({"name": folded, "place": nearest_place.astype(object)})
    grouped = frame.dropna(subset=["name"]).groupby("name", sort=True)["place"]
    rows, places = grouped.size(), grouped.nunique()
    enough = ((rows >= REPEATED) & (places >= PLACES)) | (rows >= MANY)
    return set(rows.index[enough])
