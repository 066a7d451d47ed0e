"""Questions to the evidence registry, answered as text, as JSON or as a table."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mapper.clean.partial_date import PartialDate, parse
from mapper.errors import RegistryError, UsageError, ValueRefusedError
from mapper.pipeline.answer_form import Form, formed
from mapper.pipeline.own_site import registry_given, settings_here
from mapper.registry import checked
from mapper.registry.names import find_list, find_organisation
from mapper.registry.registry import Registry
from mapper.settings import Settings

# Each question imports what answers it and words it, and nothing of the others.
# ruff: noqa: PLC0415

Own = Sequence[Path] | None
"""Folders of one's own evidence; None takes those of ``mapper.toml``."""

_NO_NAME = "ids, names and aliases are in data/registry/organisation_names.csv."
_NO_LIST = "the ids are in data/registry/legal_lists.csv."
_NO_DEPLOYMENT = "the ids are in data/registry/deployments.csv."


def registry_read(own_registry: Own = None) -> Registry:
    """Read the evidence, every row checked: the bundled rows, and those of one's own."""
    settings = settings_here(registry_given(own_registry))
    return checked.load(settings.registry_dir, *settings.own_registry_dirs)


def version_line() -> str:
    """Say the version of the code, and the day of the bundled evidence, which has its own."""
    from importlib.metadata import version

    bundled = checked.load(Settings().registry_dir)
    return f"whose-cameras {version('whose-cameras')}, evidence as of {bundled.evidence_on}"


def day_asked(text: str, option: str = "--on") -> PartialDate:
    """
    Read a day, a month or a year of the command line.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return parse(text)
    except ValueRefusedError as error:
        msg = f"{option} takes a day, a month or a year, not {text!r}"
        raise UsageError(msg, next_step="for example 2022-05-01, 2022-05 or 2022.") from error


def organisation_asked(registry: Registry, name: str) -> str:
    """
    Find an organisation by its id or any of its names.

    Raises
    ------
    UsageError
        If the registry knows none of that name.
    """
    with or_else(_NO_NAME):
        return find_organisation(registry, name)


@contextmanager
def or_else(next_step: str) -> Iterator[None]:
    """Say where to look, in a refusal that found nothing spelled alike."""
    try:
        yield
    except UsageError as error:
        error.next_step = error.next_step or next_step
        raise


def vendor(name: str, *, form: Form, own_registry: Own = None) -> str:
    """
    Say what is known of a vendor.

    Raises
    ------
    UsageError
        If no organisation has that name.
    """
    from mapper.answers.organisation_profile import vendor_profile

    registry = registry_read(own_registry)
    with or_else(_NO_NAME):
        profile = vendor_profile(registry, name)

    def as_text() -> str:
        from mapper.telling.as_text import vendor_text

        return vendor_text(registry, profile)

    def as_json() -> dict[str, Any]:
        from mapper.telling.as_json import vendor_json

        return vendor_json(registry, profile)

    def as_rows() -> Iterable[list[str]]:
        from mapper.telling.answer_rows import vendor_rows

        return vendor_rows(registry, profile)

    return formed(form, as_text, as_json, as_rows)


def chain(deployment_id: str, *, on: str | None, form: Form, own_registry: Own = None) -> str:
    """
    Walk from a place to the makers of its cameras, software and chips.

    Raises
    ------
    UsageError
        If there is no such deployment, or ``on`` is no date.
    """
    from mapper.answers import supply_chain

    registry = registry_read(own_registry)
    with or_else(_NO_DEPLOYMENT):
        tree = supply_chain.chain(registry, deployment_id, day_asked(on) if on else None)

    def as_text() -> str:
        from mapper.telling.as_text import chain_text

        return chain_text(registry, tree)

    def as_json() -> dict[str, Any]:
        from mapper.telling.as_json import chain_json

        return chain_json(registry, tree)

    def as_rows() -> Iterable[list[str]]:
        from mapper.telling.answer_rows import chain_rows

        return chain_rows(tree)

    return formed(form, as_text, as_json, as_rows)


def status(
    organisation: str,
    *,
    on: str,
    list_name: str | None,
    form: Form,
    own_registry: Own = None,
) -> str:
    """
    Say for each legal list whether an organisation stood on it on a date.

    Raises
    ------
    UsageError
        If there is no such organisation or list, or ``on`` is no date.
    """
    from mapper.answers import legal_status

    registry = registry_read(own_registry)
    org_id = _listed_or_not(registry, organisation)
    day = day_asked(on)
    with or_else(_NO_LIST):
        list_id = find_list(registry, list_name) if list_name else None
        statuses = legal_status.status(registry, org_id, list_id, day)

    def as_text() -> str:
        from mapper.telling.legal_answer import status_text

        return status_text(registry, org_id, statuses, day)

    def as_json() -> dict[str, Any]:
        from mapper.telling.as_json import status_json

        return status_json(registry, org_id, statuses, day)

    def as_rows() -> Iterable[list[str]]:
        from mapper.telling.answer_rows import status_rows

        return status_rows(registry, org_id, statuses, day)

    return formed(form, as_text, as_json, as_rows)


def _listed_or_not(registry: Registry, organisation: str) -> str:
    """
    Find the organisation that a legal question speaks of.

    Raises
    ------
    UsageError
        If the registry does not know it: that is no answer to the question, and is said so.
    """
    try:
        with or_else(_NO_NAME):
            return find_organisation(registry, organisation)
    except UsageError as error:
        msg = (
            f"the registry does not know any organisation called {organisation!r}, "
            "so it says nothing about it: neither that it is listed nor that it is not"
        )
        raise UsageError(msg, next_step=error.next_step) from error


def registry_check(folder: Path | None, own_registry: Own = None) -> str:
    """
    Check every row of the evidence tables, one's own with the bundled ones.

    Parameters
    ----------
    folder
        Tables that are checked by themselves; None takes the bundled ones.

    Raises
    ------
    RegistryError
        If any row breaks a rule; the message names each.
    UsageError
        If there is no such folder.
    """
    settings = settings_here(registry_given(own_registry))
    # A folder that is named stands by itself, unless others are named to join it.
    joins_own = folder is None or own_registry
    roots = [folder or settings.registry_dir, *(settings.own_registry_dirs if joins_own else ())]
    for root in roots:
        if not root.is_dir():
            msg = f"there is no folder {root}"
            raise UsageError(msg, next_step="name the folder that holds the tables, as CSV.")
    problems = checked.check(*roots)
    if problems:
        listed = "\n".join(str(problem) for problem in problems)
        rows = "1 row breaks" if len(problems) == 1 else f"{len(problems)} rows break"
        msg = f"{rows} a rule:\n{listed}"
        raise RegistryError(msg, next_step="correct the rows named above.")
    registry = checked.load(*roots)
    tables = {
        name: len(rows)
        for name in registry.__slots__
        if isinstance(rows := getattr(registry, name), tuple)
    }
    counted = "\n".join(f"  {count:>6,} {name}" for name, count in tables.items())
    return f"every row stands:\n{counted}"
