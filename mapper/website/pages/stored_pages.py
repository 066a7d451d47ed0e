"""The file of kept pages: from one build to the next, and of the user for all folders."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

import pyarrow as pa

from mapper.registry.asked_registry import Question

_DIGEST_BYTES: Final = 32
OWNER_ALONE: Final = 0o600
AS_THE_USER_HAS_IT: Final = 0o666
"""Less the umask."""


@dataclass(frozen=True, slots=True)
class Notes:
    """
    What was asked while the pages of a file were made.

    Attributes
    ----------
    questions, answers
        All that was asked, and the digest of each answer.
    asked
        For each page, in their order, the places of its questions.
    """

    questions: Sequence[Question] = ()
    answers: Sequence[str] = ()
    asked: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class StoredPages:
    """
    What was read from a file.

    Attributes
    ----------
    texts
        Address -> page without its foot, by address.
    read_notes
        Returns what the pages asked, which nobody has to know while the registry is the same.
    body
        The whole file.
    """

    basis: str
    registry_sha256: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    read_notes: Callable[[], Notes] = Notes
    body: bytes = b""


def read_stored(path: Path, basis: str) -> StoredPages:
    """Read what a file holds; nothing of what another version, a killed run or an editor left."""
    nothing = StoredPages(basis)
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return nothing
    table = table_in(body)
    if table is None:
        return nothing
    head = json.loads(table.column("head")[0].as_py())
    if head["basis"] != basis:
        return nothing
    texts = _Texts(table.column("address").to_pylist(), table.column("text"))
    read_notes = partial(_notes, table.select(["notes", "asked"]))
    return StoredPages(basis, head["registry_sha256"], texts, read_notes, body)


class _Texts(Mapping[str, str]):
    """The texts of a table: all at once they would weigh thirty megabytes more."""

    def __init__(self, addresses: Sequence[str], texts: pa.ChunkedArray) -> None:
        self._rows = {address: row for row, address in enumerate(addresses)}
        self._texts = texts

    def __getitem__(self, address: str) -> str:
        text: str = self._texts[self._rows[address]].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def table_in(body: bytes) -> pa.Table | None:
    """Return the table that `body_of` laid out; None of a file that is damaged or is no such."""
    if body[:_DIGEST_BYTES] != _digest_of_body(body[_DIGEST_BYTES:]):
        return None
    with pa.ipc.open_file(pa.py_buffer(body[_DIGEST_BYTES:])) as reader:
        return reader.read_all()


def body_of(table: pa.Table) -> bytes:
    """Lay a table out as a file that tells whether it is whole."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    body: bytes = sink.getvalue().to_pybytes()
    return _digest_of_body(body) + body


def _notes(table: pa.Table) -> Notes:
    notes = json.loads(table.column("notes")[0].as_py())
    questions: list[Question] = [tuple(question) for question in notes["questions"]]
    return Notes(questions, notes["answers"], table.column("asked").to_pylist())


def read_if_readable(path: Path, basis: str) -> StoredPages:
    """Read what a file holds; a cache that cannot be read is none."""
    with suppress(OSError):
        return read_stored(path, basis)
    return StoredPages(basis)


def packed(basis: str, registry_sha256: str, texts: Mapping[str, str], notes: Notes) -> bytes:
    """Return what a file of these pages has in it; see `StoredPages`."""
    head = {"basis": basis, "registry_sha256": registry_sha256}
    told = {"questions": notes.questions, "answers": notes.answers}
    table = pa.table(
        {
            "address": pa.array(texts, pa.string()),
            "text": pa.array(texts.values(), pa.large_string()),
            "asked": pa.array(notes.asked, pa.list_(pa.int32())),
            # In the first row alone: a column is packed, and the metadata of a table is not.
            **{
                name: pa.array([json.dumps(value), *[None] * (len(texts) - 1)], pa.large_string())
                for name, value in (("head", head), ("notes", told))
            },
        }
    )
    return body_of(table)


def write_stored(path: Path, body: bytes, *, mode: int = AS_THE_USER_HAS_IT) -> None:
    """
    Write a file, which appears whole or not at all.

    Parameters
    ----------
    body
        As `packed` or `body_of` returns it.
    mode
        Who may read and write it.
    """
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Of a killed run with the same number.
    aside.unlink(missing_ok=True)
    try:
        with open(aside, "xb", opener=partial(os.open, mode=mode)) as file:
            file.write(body)
        aside.replace(path)
    finally:
        # A full disk or Ctrl-C leaves nothing beside the file; once it is moved, it is not here.
        aside.unlink(missing_ok=True)


def _digest_of_body(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES).digest()
