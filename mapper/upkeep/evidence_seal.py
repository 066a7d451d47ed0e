"""The seal of the bundled evidence, written after a check of every row."""

from pathlib import Path

from mapper.errors import GateError
from mapper.registry import checked
from mapper.registry.seal import SEAL_NAME, seal_text, table_bodies


def write_seal(folder: Path, *, check: bool) -> str:
    """
    Check the evidence whole and write its seal, or only compare it.

    Returns
    -------
    str
        What there is to say.

    Raises
    ------
    RegistryError
        If a row breaks a rule.
    GateError
        If ``check`` finds another seal than the one of these tables and this code.
    """
    checked.require_whole(folder)
    text = seal_text(table_bodies(folder))
    path = folder / SEAL_NAME
    if check and (not path.is_file() or path.read_text("utf-8") != text):
        msg = f"not current: {SEAL_NAME} of {folder.name}"
        raise GateError(msg, next_step="run `make docs` and commit the result.")
    if not check:
        path.write_text(text, "utf-8", newline="\n")
    return f"{folder.name}: the evidence is whole and sealed"
