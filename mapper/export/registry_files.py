"""The files of a release that rest on the evidence alone, and on no camera."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from mapper.export import registry_tables
from mapper.export.followthemoney import followthemoney_lines
from mapper.registry.registry import Registry
from mapper.release.manifest import WrittenFile

PutFiles: TypeAlias = Callable[[Path], list[WrittenFile]]
"""Puts files into the folder of a release in the making, and describes them."""


def write_registry_files(registry: Registry, stage_dir: Path) -> list[WrittenFile]:
    """
    Write the curated evidence as tables, and once more in the investigators' words.

    Parameters
    ----------
    stage_dir
        The folder of the release in the making; ``registry/`` is made in it.
    """
    files = registry_tables.write_tables(registry, stage_dir)
    lines = followthemoney_lines(registry)
    name = f"{registry_tables.FOLDER}/followthemoney.jsonl"
    (stage_dir / name).write_bytes("".join(f"{line}\n" for line in lines).encode())
    layer = f"{registry_tables.FOLDER}_followthemoney"
    return [
        *files,
        WrittenFile(name, "jsonl", registry_tables.LICENSE_ID, layer, len(lines)),
    ]
