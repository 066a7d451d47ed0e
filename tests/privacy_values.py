"""The hostile values of ``tests/fixtures/privacy``, by kind or language."""

from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "privacy"


def values_of(file_name: str) -> list[tuple[str, str]]:
    """Return (kind or language, value) of a file, in its order."""
    lines = (FOLDER / file_name).read_text("utf-8").splitlines()
    return [
        (kind, value.strip())
        for kind, _, rest in (line.partition(": ") for line in lines if not line.startswith("#"))
        for value in rest.split("|")
        if value.strip()
    ]
