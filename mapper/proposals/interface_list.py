"""Every interface that `mapper propose` asks, by its id, in the order they are told."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from mapper.errors import UsageError
from mapper.proposals.ecfr import Ecfr
from mapper.proposals.eff_atlas import EffAtlas
from mapper.proposals.gleif import Gleif
from mapper.proposals.interface import Interface
from mapper.proposals.screening_list import ScreeningList
from mapper.proposals.ted import Ted
from mapper.proposals.uk_ocds import CONTRACTS_FINDER, FIND_A_TENDER
from mapper.proposals.usaspending import UsaSpending
from mapper.proposals.wikidata import Wikidata

_ALL: Final[tuple[Interface[Any], ...]] = (
    Ted(),
    FIND_A_TENDER,
    CONTRACTS_FINDER,
    UsaSpending(),
    EffAtlas(),
    ScreeningList(),
    Ecfr(),
    Wikidata(),
    Gleif(),
)
INTERFACES: Final[Mapping[str, Interface[Any]]] = MappingProxyType(
    {interface.info.source_id: interface for interface in _ALL}
)


def interface_of(source_id: str) -> Interface[Any]:
    """
    Return an interface by its id.

    Raises
    ------
    UsageError
        If there is none of that id.
    """
    if source_id not in INTERFACES:
        msg = f"nothing proposes from {source_id!r}"
        raise UsageError(msg, next_step=f"one of: {', '.join(INTERFACES)}.")
    return INTERFACES[source_id]
