"""Names of organisations: one way to compare them, and finding one by what a user typed."""

import unicodedata

from mapper.clean.spelling import folded_words, nearest, words_alone
from mapper.errors import UsageError
from mapper.registry.codes import NameKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment


def normalised(name: str) -> str:
    """
    Fold a name for exact comparison.

    Unicode form NFKC, case folded, everything but letters, marks and digits turned into single
    spaces. Legal forms stay: two companies of one group may differ in nothing else.
    """
    return words_alone(unicodedata.normalize("NFKC", name).casefold(), categories="LMN")


def names_by_organisation(registry: Registry) -> dict[str, tuple[str, ...]]:
    """
    Give, for each ``org_id``, its id, the name shown and every other name, sorted.

    A second Wikidata id is no name and is left out.
    """
    names: dict[str, set[str]] = {
        row.org_id: {row.org_id, row.name} for row in registry.organisations
    }
    for row in registry.organisation_names:
        if row.kind is not NameKind.SECOND_WIKIDATA_ID:
            names[row.org_id].add(row.name)
    return {org_id: tuple(sorted(found)) for org_id, found in sorted(names.items())}


def find_organisation(registry: Registry, asked: str) -> str:
    """
    Find an organisation by its id or any of its names.

    Parameters
    ----------
    asked
        As a user types it; compared exactly after `normalised`. Likeness never decides, it
        only proposes.

    Returns
    -------
    str
        The ``org_id``.

    Raises
    ------
    UsageError
        If no organisation has that name; ``next_step`` names those with a like one.
    """
    # An id is never read as a name: ids are unique, and a name of another may look like one.
    if asked in registry.organisation:
        return asked
    by_name = {
        normalised(name): org_id
        for org_id, names in names_by_organisation(registry).items()
        for name in names
    }
    wanted = normalised(asked)
    if wanted in by_name:
        return by_name[wanted]
    msg = f"No organisation of the registry is called {asked!r}."
    near = dict.fromkeys(by_name[name] for name in nearest(wanted, tuple(by_name)))
    shown = ", ".join(f"{registry.name(org_id)} ({org_id})" for org_id in near)
    raise UsageError(msg, next_step=f"Did you mean: {shown}?" if shown else "")


def find_deployment(registry: Registry, asked: str) -> Deployment:
    """
    Find a deployment by its id, or by its name in whatever case and accents.

    Raises
    ------
    UsageError
        If there is none, or several are called so; ``next_step`` names those spelled alike.
    """
    if asked in registry.deployment:
        return registry.deployment[asked]
    called: dict[str, list[Deployment]] = {}
    for row in registry.deployments:
        for name in {folded_words(row.name), folded_words(row.deployment_id)}:
            called.setdefault(name, []).append(row)
    wanted = folded_words(asked)
    meant = called.get(wanted, [])
    if len(meant) == 1:
        return meant[0]
    near = meant or [row for name in nearest(wanted, called) for row in called[name]]
    ids = ", ".join(dict.fromkeys(row.deployment_id for row in near))
    msg = (
        f"Several deployments are called {asked!r}."
        if meant
        else f"The registry knows no deployment {asked!r}."
    )
    raise UsageError(msg, next_step=f"Did you mean: {ids}?" if ids else "")


def find_list(registry: Registry, asked: str) -> str:
    """
    Find a legal list by its id, its name, or words that only its name holds: ``Entity List``.

    Raises
    ------
    UsageError
        If no list or more than one is meant; ``next_step`` names them.
    """
    wanted = folded_words(asked)
    names = {
        row.list_id: f" {folded_words(f'{row.list_id} {row.name}')} "
        for row in registry.legal_lists
    }
    # A list whose whole name is a part of another's must stay reachable by that name.
    exact = [
        row.list_id
        for row in registry.legal_lists
        if wanted in {folded_words(row.list_id), folded_words(row.name)}
    ]
    meant = exact or [
        list_id
        for list_id, name in names.items()
        if all(f" {word} " in name for word in wanted.split())
    ]
    if wanted and len(meant) == 1:
        return meant[0]
    if wanted and meant:
        msg = f"Several lists are called {asked!r}."
        raise UsageError(msg, next_step=f"Give one id of: {', '.join(sorted(meant))}.")
    msg = f"The registry knows no list {asked!r}."
    step = did_you_mean(asked, tuple(registry.legal_list))
    raise UsageError(msg, next_step=step or "the ids are in data/registry/legal_lists.csv.")


def did_you_mean(wanted: str, ids: tuple[str, ...]) -> str:
    """Propose the known ids like the wanted one; empty where none is."""
    near = nearest(wanted, ids)
    return f"Did you mean: {', '.join(near)}?" if near else ""
