"""One file = one source: its description and how its rows are read."""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module

from mapper.model.observation import Observation, Reject
from mapper.model.source import SourceInfo


@cache
def sources_by_id() -> Mapping[str, SourceInfo]:
    """
    Return what describes each published source.

    Returns
    -------
    Mapping
        From ``source_id`` to the source's ``INFO``, in the order of the ids.
    """
    infos: dict[str, SourceInfo] = {}
    for module_info in pkgutil.iter_modules(__path__):
        info: SourceInfo = import_module(f"mapper.sources.{module_info.name}").INFO
        infos[info.source_id] = info
    return infos


def parser_of(source_id: str) -> Callable[[bytes], Iterator[Observation | Reject]]:
    """Return the parser of a published list."""
    parse: Callable[[bytes], Iterator[Observation | Reject]]
    parse = import_module(f"mapper.sources.{source_id}").parse
    return parse
