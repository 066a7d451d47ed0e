"""
Where partitions are read from and written to: files here, an object store, and for reading the web.

Files of a store go through fsspec, which is asked for by its own name only when an address needs
it; the web goes through our own guarded client, as everything else does. Credentials of a store
come from the environment that its own tools use, and never stand in an address.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mapper.clean.durable_files import replace_file
from mapper.errors import StorageError, UsageError
from mapper.fetch.guard import targets_of
from mapper.fetch.http import Client, Limits, Request

_DOWNLOAD_S: Final = 6 * 3600.0
_STORES: Final = frozenset({"s3"})
_ALLOWED: Final = "give a file, s3://bucket/name, or for reading https://host/name."


def name_of(address: str) -> str:
    """Return the last part of an address, without folders."""
    return urlsplit(address).path.rpartition("/")[2] if "://" in address else Path(address).name


@contextmanager
def readable(address: str) -> Iterator[Path]:
    """
    Lend a file on this machine: the one that is meant, or a copy that is removed afterwards.

    Raises
    ------
    UsageError
        If there is no such file, or the address is of a kind that is not read.
    FetchError
        If it did not come whole over the web.
    StorageError
        If a store refuses it.
    """
    protocol = _protocol(address)
    if not protocol:
        path = Path(address)
        if not path.is_file():
            msg = f"there is no file {address}"
            raise UsageError(msg, next_step=_ALLOWED)
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="whose-cameras-") as folder:
        copy = Path(folder) / (name_of(address) or "body")
        if protocol == "https":
            client = Client(
                limits=Limits(total_s=_DOWNLOAD_S), named=frozenset(targets_of(address))
            )
            client.ask(Request(address), copy)
        else:
            with (
                _stored(address) as (files, place),
                files.open(place, "rb") as body,
                copy.open("wb") as into,
            ):
                shutil.copyfileobj(body, into, 1 << 20)
        yield copy


def write(address: str, body: bytes) -> None:
    """
    Put a whole file at an address, in place of what was there; a reader never finds a part of it.

    Raises
    ------
    UsageError
        If nothing is written to addresses of this kind.
    StorageError
        If the disk or the store refuses it.
    """
    protocol = _protocol(address)
    if protocol == "https":
        msg = f"{address}: nothing is written to the web"
        raise UsageError(msg, next_step="give a folder, or s3://bucket/folder.")
    if protocol:
        with _stored(address) as (files, place):
            # One call for the whole object: a store shows it when it is complete.
            files.pipe_file(place, body)
        return
    path = Path(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, body)
    except OSError as error:
        msg = f"{address} cannot be written: {error.strerror}"
        raise StorageError(msg, next_step="make room or choose another folder.") from error


def below(address: str, name: str) -> str:
    """Return the address of a file in a folder."""
    return f"{address.rstrip('/')}/{name}"


def require_allowed(address: str) -> None:
    """
    Refuse an address before anything is done.

    Raises
    ------
    UsageError
        If it is of a kind that is neither read nor written, or carries a password.
    """
    _protocol(address)


def _protocol(address: str) -> str:
    """Return ``https``, ``s3``, or nothing for a file."""
    if "://" not in address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in {*_STORES, "https"}:
        msg = f"{parts.scheme}:// is no kind of address that is read or written here"
        raise UsageError(msg, next_step=_ALLOWED)
    if "@" in parts.netloc:
        # Without the address: what stands before the @ would go into a log.
        msg = "an address carries a user or a password"
        raise UsageError(msg, next_step="give credentials in the environment, as AWS_... .")
    return parts.scheme


@contextmanager
def _stored(address: str) -> Iterator[tuple[Any, str]]:
    """Lend the file system of a store and the place in it; its refusals are told as ours."""
    try:
        fsspec_core = import_module("fsspec.core")
        botocore = import_module("botocore.exceptions")
    except ImportError as error:
        msg = f"{address} needs the extra package for object stores"
        raise UsageError(msg, next_step='pip install "whose-cameras[cluster]".') from error
    try:
        # Another worker may have written since: nothing that a store said before is kept.
        yield fsspec_core.url_to_fs(address, skip_instance_cache=True, use_listings_cache=False)
    except FileNotFoundError as error:
        msg = f"there is no {address}"
        raise UsageError(msg, next_step="look at the bucket and the name.") from error
    except (OSError, botocore.BotoCoreError, botocore.ClientError) as error:
        msg = f"{address}: the store refuses it: {error}"
        raise StorageError(msg, next_step="look at credentials, endpoint and bucket.") from error
