"""What the user says of a list: publisher, date, licence, and what it is called from then on."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.clean.partial_date import parse as parse_partial
from mapper.clean.text import clean_text
from mapper.errors import UsageError, ValueRefusedError

NONE_STATED: Final = "none-stated"
"""The answer of a list whose publisher states no licence: it stays on this machine."""
_SOURCE_ID: Final = re.compile(r"[a-z][a-z0-9_]{2,40}", re.ASCII)
_SAID_CHARS_MAX: Final = 300
_ID_CHARS_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the user says of a list; publisher, date and licence must be there."""

    path: Path
    publisher: str
    date: str
    license_id: str
    title: str = ""
    source_id: str = ""
    mapping_path: Path | None = None
    is_dry_run: bool = False

    @property
    def chosen_id(self) -> str:
        """The source id that is said, or one made of the file's name."""
        return self.source_id or _slug(self.path.stem)

    def require_said(self, reserved_ids: Collection[str]) -> None:
        """
        Check that everything is said that a source must say.

        Parameters
        ----------
        reserved_ids
            Ids that mean something else: what is bundled or built in.

        Raises
        ------
        UsageError
            If publisher, date or licence is missing or no plain text, the date is none, or the id
            is none or is taken.
        """
        said = {
            "--publisher": self.publisher, "--license": self.license_id, "--date": self.date
        }  # fmt: skip
        missing = [name for name, value in said.items() if not value.strip()]
        if missing:
            msg = f"a list needs to say {', '.join(missing)}"
            step = (
                f"who published it, on which day, and under what; --license {NONE_STATED} if none."
            )
            raise UsageError(msg, next_step=step)
        for name, value in {**said, "--title": self.title}.items():
            if clean_text(value).text != value or len(value) > _SAID_CHARS_MAX:
                msg = f"{name} {clean_text(value[:60]).text!r} holds signs that cannot be seen"
                step = f"write it anew, as plain text of at most {_SAID_CHARS_MAX} characters."
                raise UsageError(msg, next_step=step)
        try:
            parse_partial(self.date)
        except ValueRefusedError as error:
            msg = f"--date {self.date!r} is no date"
            raise UsageError(msg, next_step="write 2018-04-03, 2018-04 or 2018.") from error
        self._require_id(reserved_ids)

    def _require_id(self, reserved_ids: Collection[str]) -> None:
        shown = clean_text(self.chosen_id).text
        if not _SOURCE_ID.fullmatch(self.chosen_id):
            msg = f"{shown!r} is no source id"
            step = "give one with --id: small letters, digits, underscores."
            raise UsageError(msg, next_step=step)
        if self.chosen_id in reserved_ids:
            msg = f"{shown!r} is what another source is called"
            raise UsageError(msg, next_step=f"give another with --id, for example {shown}_list.")


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_")[:_ID_CHARS_MAX]
