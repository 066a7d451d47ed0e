"""What a person asks of an interface."""

from dataclasses import dataclass
from datetime import date

from mapper.errors import UsageError


@dataclass(frozen=True, slots=True)
class ProposeRequest:
    """
    What is asked for.

    Attributes
    ----------
    source
        The id of an interface.
    since, until
        ISO days, both included.
    on
        ISO day of a text in force, for ``ecfr``.
    query
        Words; what they search is each interface's own.
    endpoint
        The address of a mirror or of a stand-in.
    shows_all
        Also what the registry holds already.
    """

    source: str
    since: str = ""
    until: str = ""
    on: str = ""
    query: str = ""
    endpoint: str = ""
    is_offline: bool = False
    shows_all: bool = False

    def days(self) -> tuple[str, str]:
        """
        Return the first and the last day, ISO.

        Raises
        ------
        UsageError
            If one is missing or no day, or they are the wrong way round.
        """
        try:
            since, until = date.fromisoformat(self.since), date.fromisoformat(self.until)
        except ValueError as error:
            msg = f"{self.source} needs --since and --until, each a day"
            step = "for example --since 2026-01-01 --until 2026-01-31."
            raise UsageError(msg, next_step=step) from error
        if until < since:
            msg = f"--until {until} lies before --since {since}"
            raise UsageError(msg, next_step="turn them round.")
        return since.isoformat(), until.isoformat()

    def day(self) -> date:
        """
        Return the day of a text in force.

        Raises
        ------
        UsageError
            If it is missing or no day.
        """
        try:
            return date.fromisoformat(self.on)
        except ValueError as error:
            msg = f"{self.source} needs --on, a day"
            raise UsageError(msg, next_step="for example --on 2020-01-01.") from error
