"""Files made to break a reader: each ends in a message, or in good rows kept and bad rejected."""

from typing import Final

from tests.cases.trial import CASES_DIR, Case, Trial

_HOSTILE: Final = "hostile"
_BUILT: Final = (".osm.pbf", "version_huge.json")


def _tried(file_name: str) -> Case:
    def attempt(trial: Trial) -> str:
        if file_name.endswith(_BUILT):
            told = trial.run("build", file_name)
        else:
            told = trial.dry_run(file_name)
        first = (told.stderr if told.code else told.stdout).splitlines()
        words = next((line for line in first if line.startswith(("error", file_name))), "")
        return f"exit {told.code}: {words[:90]}"

    return Case(f"{_HOSTILE}/{file_name}", "a message, or the good rows", attempt)


def hostile_cases() -> tuple[Case, ...]:
    """Return a case for every file of the folder; none where it is not there."""
    folder = CASES_DIR / _HOSTILE
    if not folder.is_dir():
        return ()
    names = sorted(path.name for path in folder.iterdir() if path.name != "README.txt")
    return tuple(_tried(name) for name in names)
