"""The folder that `mapper init` writes: settings, one workflow for each host, and a README."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import tomlkit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError

from mapper.errors import UsageError
from mapper.own_site import PROJECT_NAME
from mapper.own_site.project_file import Project
from mapper.settings import bundled_root

_TEMPLATES = Path(__file__).with_name("templates")
_LOCK_NAME = "constraints.txt"
_LOCK_TO = "requirements.lock"

FILES: Final[Mapping[str, str]] = {
    PROJECT_NAME: "mapper.toml",
    "README.md": "own-site-readme.md",
    ".gitignore": "gitignore.txt",
    ".github/workflows/map.yml": "github-pages.yml",
    ".gitlab-ci.yml": "gitlab-pages.yml",
    "registry/README.md": "own-registry-readme.md",
}
"""Path in the new folder -> its template."""

EXAMPLE_PLACE: Final = "Ghent, BE"
"""Stands in the settings where no area was named."""


@dataclass(frozen=True, slots=True)
class NewSite:
    """
    What a new site is told about itself; what is empty can be filled in later.

    Attributes
    ----------
    folder
        Made if it is not there; nothing in it is overwritten.
    """

    folder: Path
    title: str = ""
    place: str = ""
    country: str = ""
    contact: str = ""
    base_address: str = ""


def write_folder(site: NewSite) -> list[str]:
    """
    Write the files of a new site.

    Returns
    -------
    list of str
        Their paths below the folder, in alphabetical order.

    Raises
    ------
    UsageError
        If one of them is there already, or a word cannot stand in ``mapper.toml``.
    """
    _require_allowed(site)
    if site.folder.exists() and not site.folder.is_dir():
        msg = f"{site.folder} is a file"
        raise UsageError(msg, next_step="name a folder; it is made if it is not there.")
    names = [*FILES, *([_LOCK_TO] if _lock().is_file() else [])]
    standing = sorted(name for name in names if (site.folder / name).exists())
    if standing:
        msg = f"{site.folder} holds {', '.join(standing)} already"
        raise UsageError(msg, next_step="name another folder, or move these files away.")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        # Workflow files have braces of their own. Nothing of this is HTML.
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - TOML, YAML and Markdown; words are quoted by _words
    )
    words = _words(site)
    bodies = {
        name: environment.get_template(template).render(**words).encode("utf-8")
        for name, template in FILES.items()
    }
    if _lock().is_file():
        bodies[_LOCK_TO] = _lock().read_bytes()
    # A full disk or Ctrl-C leaves no part of a site, which the next try would refuse to overwrite.
    with ExitStack() as undo:
        for name, body in bodies.items():
            path = site.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            undo.callback(path.unlink, missing_ok=True)
            path.write_bytes(body)
        undo.pop_all()
    return sorted(names)


def _lock() -> Path:
    return bundled_root() / _LOCK_NAME


def _require_allowed(site: NewSite) -> None:
    """Refuse now what the file would be refused for later."""
    area = {"place": site.place, "country": "" if site.place else site.country}
    told = {"title": site.title, "contact": site.contact, "base_address": site.base_address}
    try:
        Project.model_validate({"collect": area, "site": told})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        allowed = first["msg"].removeprefix("Value error, ")
        option = str(first["loc"][-1]).replace("_", "-")
        msg = f"--{option} cannot be {first['input']!r}: {allowed}"
        raise UsageError(msg, next_step="or leave it out, and fill it in later.") from error


def _words(site: NewSite) -> dict[str, str]:
    title = site.title or (f"Cameras of {site.place or site.country}".strip())
    place = site.place or ("" if site.country else EXAMPLE_PLACE)
    if site.place and site.country and "," not in site.place:
        place = f"{site.place}, {site.country}"
    return {
        "title": _quoted(title if site.title or site.place or site.country else ""),
        # A title in Markdown is text, whatever it holds.
        "heading": re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", site.title or "A map of cameras"),
        "place": _quoted(place),
        "country": _quoted(site.country if not site.place else ""),
        "contact": _quoted(site.contact),
        "base_address": _quoted(site.base_address),
        "version": version("whose-cameras"),
        "lock": _LOCK_TO if _lock().is_file() else "",
    }


def _quoted(text: str) -> str:
    return tomlkit.item(text).as_string()
