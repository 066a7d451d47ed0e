"""A brief to print of one system, organisation or country."""

import json
from pathlib import Path

from mapper.clean.country_names import country_called
from mapper.clean.durable_files import replace_file
from mapper.clean.partial_date import PartialDate, parse
from mapper.errors import UsageError
from mapper.pipeline.asking import day_asked, registry_read
from mapper.registry.names import find_deployment, find_organisation
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.website.dossier.dossier_html import dossier_html
from mapper.website.dossier.printing import chromium_path, pdf_of
from mapper.website.languages.page_way import require_language

_KINDS = frozenset({".pdf", ".html"})


def dossier(
    name: str, *, on: str | None, out: Path, language: str | None = None
) -> tuple[Path, str]:
    """
    Write a dossier.

    Parameters
    ----------
    name
        The id or a name of a deployment or an organisation, or a country in any language.
    on
        The day for the law; None takes the day of the evidence.
    out
        A ``.pdf``, or an ``.html``. Where no Chromium is on this machine, a PDF becomes HTML.
    language
        Tag of a language of the map; None takes the first, English.

    Returns
    -------
    path, remark
        What was written, and what the reader should know of it; empty where nothing.

    Raises
    ------
    UsageError
        If nothing is called so, ``on`` is no date, ``out`` is of another kind, or the map does not
        speak the language.
    """
    if out.suffix.lower() not in _KINDS:
        msg = f"--out takes a .pdf or an .html, not {out.name}"
        raise UsageError(msg, next_step="for example --out dossier.pdf.")
    if not out.absolute().parent.is_dir():
        msg = f"there is no folder {out.parent}"
        raise UsageError(msg, next_step="make it first, or choose another.")
    settings = Settings()
    page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
    lang = page["lang"] if language is None else language
    require_language(lang, page["languages"])
    registry = registry_read()
    day = day_asked(on) if on else _evidence_day(registry)
    kind, row_id = _meant(registry, name)
    html = dossier_html(registry, kind, row_id, day, settings=settings, language=lang)
    program = chromium_path() if out.suffix.lower() == ".pdf" else None
    if program is not None:
        replace_file(out, pdf_of(html, program, _evidence_day(registry).latest))
        return out, ""
    path = out.with_suffix(".html")
    replace_file(path, html)
    if out.suffix.lower() == ".html":
        return path, ""
    return path, "no Chromium is on this machine, so it is HTML: open it in a browser and print it."


def _evidence_day(registry: Registry) -> PartialDate:
    return parse(registry.evidence_on)


def _meant(registry: Registry, name: str) -> tuple[str, str]:
    """Return kind and id of what a name means: a system, an organisation, a country."""
    steps = []
    try:
        return "deployment", find_deployment(registry, name).deployment_id
    except UsageError as error:
        steps.append(error.next_step)
    try:
        return "organisation", find_organisation(registry, name)
    except UsageError as error:
        steps.append(error.next_step)
    try:
        return "country", country_called(name)
    except UsageError as error:
        steps.append(error.next_step)
    msg = f"no system, organisation or country is called {name!r}"
    like = [step for step in steps if step.startswith("Did you mean")]
    raise UsageError(msg, next_step=" ".join(like) or "`mapper find` looks a word up.")
