"""The file of kept pages: from one build to the next, and of the user for all folders."""

import json
import os
from collections.abc import Mapping, Sequence
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
_AS_THE_USER_HAS_IT: Final = 0o666
"""Less the umask."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """
    A page without its foot, and what was asked while it was made.

    Attributes
    ----------
    asked
        Places in the list of questions of the store that holds the page.
    """

    text: str
    asked: frozenset[int]


@dataclass(frozen=True, slots=True)
class StoredPages:
    """
    What a file holds.

    Attributes
    ----------
    pages
        Address -> page, by address.
    questions, answers
        What the pages asked, and the digest of each answer.
    """

    basis: str
    registry_sha256: str = ""
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    questions: Sequence[Question] = ()
    answers: Sequence[str] = ()


def read_stored(path: Path, basis: str) -> StoredPages:
    """Read what a file holds; nothing of what another version, a killed run or an editor left."""
    nothing = StoredPages(basis)
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return nothing
    if body[:_DIGEST_BYTES] != _digest_of_body(body[_DIGEST_BYTES:]):
        return nothing
    with pa.ipc.open_file(pa.py_buffer(body[_DIGEST_BYTES:])) as reader:
        table = reader.read_all()
    head = json.loads(table.column("head")[0].as_py())
    if head["basis"] != basis:
        return nothing
    texts = zip(*(table.column(name).to_pylist() for name in ("address", "text")), strict=True)
    asked = map(frozenset, table.column("asked").to_pylist())
    pages = {
        address: KeptPage(text, numbers)
        for (address, text), numbers in zip(texts, asked, strict=True)
    }
    # Thirty megabytes, which Arrow would keep for what it reads next.
    del table
    pa.default_memory_pool().release_unused()
    questions: list[Question] = [tuple(question) for question in head["questions"]]
    return StoredPages(basis, head["registry_sha256"], pages, questions, head["answers"])


def read_if_readable(path: Path, basis: str) -> StoredPages:
    """Read what a file holds; a cache that cannot be read is none."""
    with suppress(OSError):
        return read_stored(path, basis)
    return StoredPages(basis)


def packed(stored: StoredPages) -> bytes:
    """Return what a file of these pages has in it."""
    head = {
        "basis": stored.basis,
        "registry_sha256": stored.registry_sha256,
        "questions": stored.questions,
        "answers": stored.answers,
    }
    pages = stored.pages.values()
    table = pa.table(
        {
            "address": pa.array(stored.pages, pa.string()),
            # Once, in the first row: a column is packed, and the metadata of a table is not.
            "head": pa.array([json.dumps(head), *[None] * (len(pages) - 1)], pa.large_string()),
            "text": pa.array([page.text for page in pages], pa.large_string()),
            "asked": pa.array([sorted(page.asked) for page in pages], pa.list_(pa.int32())),
        }
    )
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    body: bytes = sink.getvalue().to_pybytes()
    return _digest_of_body(body) + body


def write_stored(path: Path, body: bytes, *, mode: int = _AS_THE_USER_HAS_IT) -> None:
    """
    Write a file of pages, which appears whole or not at all.

    Parameters
    ----------
    body
        As `packed` returns it.
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
