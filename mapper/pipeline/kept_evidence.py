"""
What a release and a site say of the evidence alone, kept from one build to the next.

The same tables, code, libraries and bundled words give the same files whatever is mapped, and to
make them takes longer than all the rest of a small build. The file lies beside the kept pages
(`website.pages.user_pages`) and, like them, tells of no camera and may be deleted at any time.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from mapper.clean.file_digests import files_below, libraries_digest
from mapper.registry.asked_registry import digest_of
from mapper.release.manifest import WrittenFile
from mapper.settings import Settings
from mapper.website.evidence_data import SiteEvidence
from mapper.website.languages.page_words import PageWords
from mapper.website.pages.page_store import basis_of
from mapper.website.pages.stored_pages import (
    AS_THE_USER_HAS_IT,
    OWNER_ALONE,
    body_of,
    table_in,
    write_stored,
)
from mapper.website.pages.user_pages import user_page_file

_NAME: Final = "evidence"
_BASIS: Final = b"basis"


@dataclass(frozen=True, slots=True)
class ToldEvidence:
    """
    What others need to know of the files.

    Attributes
    ----------
    registry_sha256
        Of all rows, see `registry_tables.registry_sha256`.
    registry_files, site
        As `write_registry_files` and `write_evidence_data` return them.
    words
        Of each language of the map, read from its catalogue and found complete.
    """

    registry_sha256: str
    registry_files: Sequence[WrittenFile]
    site: SiteEvidence
    words: Sequence[PageWords]


class EvidenceStore:
    """
    The files that an earlier build kept, where they would be the same today.

    Parameters
    ----------
    path
        A file, whether it is there or not.
    mode
        Who may read and write it.
    """

    def __init__(self, path: Path, settings: Settings, mode: int = AS_THE_USER_HAS_IT) -> None:
        self._path = path
        self._settings = settings
        self._mode = mode
        # Asked before the registry is read: what changes meanwhile is not kept under it.
        self._basis = self._basis_today()

    def put(self, folder: Path) -> ToldEvidence | None:
        """Put the files below a folder; None where none are kept that would be the same."""
        try:
            table = table_in(self._path.read_bytes())
        except OSError:
            # A file that cannot be read is none.
            return None
        # What other code laid out is looked at no further.
        if table is None or (table.schema.metadata or {}).get(_BASIS) != self._basis.encode():
            return None
        told, *bodies = table.column("body")
        head = json.loads(told.as_py())
        _, *names = table.column("name").to_pylist()
        paths = [folder / name for name in names]
        if not all(path.is_relative_to(folder) and ".." not in path.parts for path in paths):
            return None
        for path, body in zip(paths, bodies, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.as_buffer())
        return ToldEvidence(
            head["registry_sha256"],
            [WrittenFile(**row) for row in head["registry_files"]],
            SiteEvidence(**head["site"]),
            [PageWords(**row) for row in head["words"]],
        )

    def keep(self, folder: Path, told: ToldEvidence) -> None:
        """Keep the files below a folder in place of those of an earlier build."""
        if self._basis_today() != self._basis:
            return
        paths = sorted(files_below(folder))
        names = [path.relative_to(folder).as_posix() for path in paths]
        # In the first row: a column is packed, and the metadata of a table is not.
        bodies = [json.dumps(asdict(told)).encode(), *(path.read_bytes() for path in paths)]
        table = pa.table({"name": ["", *names], "body": pa.array(bodies, pa.large_binary())})
        body = body_of(table.replace_schema_metadata({_BASIS: self._basis}))
        # What cannot be kept is made again, and the build is whole without it.
        with suppress(OSError):
            write_stored(self._path, body, mode=self._mode)

    def _basis_today(self) -> str:
        settings = self._settings
        own = {f"own {place}": path for place, path in enumerate(settings.own_registry_dirs)}
        bundled = {
            "registry": settings.registry_dir,
            "boundaries": settings.boundaries_dir,
            "templates": settings.site_source_dir / "templates",
            "strings": settings.site_source_dir / "i18n",
        }
        # A site's own title is among its words.
        told = (libraries_digest(), settings.page_languages, settings.presentation)
        return basis_of(bundled | own, repr(told))


def evidence_store(settings: Settings) -> EvidenceStore | None:
    """Return where a site's evidence is kept; None where it is not, as the pages of a user are."""
    shared = settings.page_store
    if shared is not None and shared.is_dir():
        # Sites with other evidence leave each other's alone.
        places = [path.resolve() for path in (settings.registry_dir, *settings.own_registry_dirs)]
        return EvidenceStore(shared / f"{_NAME}-{digest_of(repr(places))}", settings)
    of_user = user_page_file(settings)
    return EvidenceStore(of_user.with_name(_NAME), settings, OWNER_ALONE) if of_user else None
