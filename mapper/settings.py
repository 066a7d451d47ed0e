"""One frozen ``Settings``, passed as an argument, and where the bundled files lie."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

PAGE_STORE_VARIABLE = "WHOSE_CAMERAS_PAGE_STORE"


def bundled_root() -> Path:
    """
    Return the folder that holds ``site/``, ``data/`` and ``LICENSES/``.

    In an installed wheel they lie inside the package, in a checkout beside it.
    """
    package = Path(__file__).resolve().parent
    bundled = package / "_bundled"
    return bundled if bundled.is_dir() else package.parent


def _shared_page_store() -> Path | None:
    named = os.environ.get(PAGE_STORE_VARIABLE)
    return Path(named) if named else None


def _user_page_store() -> Path | None:
    """Return where pages are kept for all of a user's folders; None where the environment says."""
    if PAGE_STORE_VARIABLE in os.environ:
        return None
    # The XDG rule, which asks to ignore a way that is not absolute.
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not named.is_absolute():
        home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "HOME")
        if not home:
            return None
        named = Path(home) if os.name == "nt" else Path(home) / ".cache"
    return named / "whose-cameras" / "pages"


class EvidenceScope(StrEnum):
    """How much of the evidence of the world a site shows beside its cameras."""

    COUNTRY = "country"
    RELATED = "related"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Presentation:
    """
    What a site of one's own says of itself; empty where nothing is said.

    Attributes
    ----------
    title
        Stands for the name of the project in the head of every page.
    intro
        Language tag -> a paragraph for the first screen, plain text.
    contact
        Whom readers may write to: ``mailto:`` or ``https:``.
    base_address
        Where the site will stand, ``https://.../``; feeds and citations need it.
    colours
        Name of a colour (``camera``) -> its value on light and on dark ground, ``#rrggbb``.
    documentation_dir
        Built pages of documentation, which the site takes in and links to; None where it has none.
    """

    title: str = ""
    intro: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    base_address: str = ""
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    documentation_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Everything a run can be told.

    Attributes
    ----------
    out_dir
        Holds ``release/`` and ``site/``.
    as_of
        ISO day that dates the release; None takes the input's own.
    streets
        True: with streets whatever the size; False: none; None: by the number of cameras.
    accept_change
        A reason given by the user to publish in spite of the drop gate; empty refuses.
    allow_osm_tiles
        Whether the page may offer OSM raster tiles as an opt-in.
    raw_dir
        The archive of collected bodies, below the folder the command runs in.
    page_store
        Where static pages are kept from one build to the next: a file, or a folder that
        several output folders share, as the environment's ``WHOSE_CAMERAS_PAGE_STORE`` names it.
        None: a file beside ``site/``.
    user_page_store
        A file in the user's cache folder, of pages that say nothing of any camera: a first build
        into a new folder takes them from there. None where ``WHOSE_CAMERAS_PAGE_STORE`` is set,
        empty included.
    own_registry_dirs
        Folders of one's own, whose rows join the bundled evidence.
    evidence_scope
        How much of the evidence the release and the page hold.
    evidence_countries
        ISO codes whose evidence is held beside that of the cameras' own countries.
    pinned_sha256
        Bodies of the archive that are read in place of newer ones, to make a release again.
    with_downloads
        Whether the site holds a copy of the release, so that it is whole in one folder.
    formats
        Names of formats that a release has beside the usual ones.
    by_country_formats
        Names of formats in which each country gets a file of its own.
    page_languages
        Languages of the static pages beside the first, or ``all``; the map is always in all.
    presentation
        What the site says of itself.
    """

    out_dir: Path = Path("build")
    bundled_dir: Path = field(default_factory=bundled_root)
    as_of: str | None = None
    streets: bool | None = None
    accept_change: str = ""
    allow_osm_tiles: bool = False
    raw_dir: Path = Path("data/raw")
    page_store: Path | None = field(default_factory=_shared_page_store)
    user_page_store: Path | None = field(default_factory=_user_page_store)
    own_registry_dirs: tuple[Path, ...] = ()
    evidence_scope: EvidenceScope = EvidenceScope.ALL
    evidence_countries: tuple[str, ...] = ()
    with_downloads: bool = False
    formats: tuple[str, ...] = ()
    by_country_formats: tuple[str, ...] = ()
    pinned_sha256: frozenset[str] = frozenset()
    page_languages: tuple[str, ...] = ()
    presentation: Presentation = field(default_factory=Presentation)

    @property
    def registry_dir(self) -> Path:
        """The curated evidence."""
        return self.bundled_dir / "data" / "registry"

    @property
    def boundaries_dir(self) -> Path:
        """Countries, disputed areas, land lines."""
        return self.bundled_dir / "data" / "boundaries"

    @property
    def calibration_dir(self) -> Path:
        """OSM node id -> date pairs."""
        return self.bundled_dir / "data" / "calibration"

    @property
    def common_operators_dir(self) -> Path:
        """Names and Wikidata ids of operators and brands that are no private person."""
        return self.bundled_dir / "data" / "common_operators"

    @property
    def overview_dir(self) -> Path:
        """How many cameras are mapped in the world, as counts."""
        return self.bundled_dir / "data" / "overview"

    @property
    def sample_dir(self) -> Path:
        """The embedded default."""
        return self.bundled_dir / "data" / "sample"

    @property
    def suppression_path(self) -> Path:
        """What somebody asked to be left out, as salted hashes."""
        return self.bundled_dir / "data" / "suppression.csv"

    @property
    def own_suppression_path(self) -> Path:
        """What is to be left out of what is built here, beside the archive of collected bodies."""
        return self.raw_dir.parent / "suppression.csv"

    @property
    def suppression_paths(self) -> tuple[Path, ...]:
        """The bundled list, and that of this folder where there is one and it is another file."""
        own, bundled = self.own_suppression_path, self.suppression_path
        # A link that leads nowhere is a list that was lost, and must be said.
        is_there = own.exists() or own.is_symlink()
        is_other = own.resolve() != bundled.resolve()
        return (bundled, own) if is_there and is_other else (bundled,)

    @property
    def site_source_dir(self) -> Path:
        """Templates, styles and scripts of the web front end."""
        return self.bundled_dir / "site"

    @property
    def licenses_dir(self) -> Path:
        """The licence texts that travel with the rows."""
        return self.bundled_dir / "LICENSES"

    @property
    def page_store_path(self) -> Path:
        """The file of static pages kept from the last build, or the folder of such files."""
        return self.page_store or self.out_dir / ".kept-pages"

    @property
    def local_root(self) -> Path:
        """Holds the rows of lists that may not be passed on, in the form of a release."""
        return self.out_dir / "this-machine-alone"

    @property
    def history_dir(self) -> Path:
        """Holds the tables of ``mapper history``."""
        return self.out_dir / "history"

    @property
    def release_root(self) -> Path:
        """Holds one folder per release and ``latest.json``."""
        return self.out_dir / "release"

    @property
    def site_dir(self) -> Path:
        """The built page."""
        return self.out_dir / "site"
