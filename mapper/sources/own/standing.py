# ruff: noqa: RUF001 - words of other scripts
"""
Words of status columns that say a camera is not there: planned, or gone.

One that is merely out of order still stands, and is kept.
"""

import re
from typing import Final

PLANNED: Final = "planned, not there yet"
ENDED: Final = "no longer there"
VOID: Final = "not a camera of the list"

_PLANNED: Final = re.compile(
    r"\b(?:desired|planned|proposed|proposal|future|pending|design|in design|funded|requested|"
    r"under construction|construction|not installed|not yet|to be installed|coming|awaiting|"
    r"geplant|in planung|in bau|vorgesehen|prévue?|projet|projetée?|en projet|à installer|"
    r"planificad[oa]|proyectad[oa]|previst[oa]|pianificat[oa]|in progetto|planejad[oa]|gepland|"
    r"planowan[aey]|projektowan[aey]|plánovan[áéý]|planerad|planlagt|suunniteltu|rakenteilla|"
    r"tervezett|planificată?|проект|планируется|запланирован[ао]?)\b"
)
_ENDED: Final = re.compile(
    r"\b(?:removed|decommissioned|dismantled|demolished|retired|disused|abandoned|ended|gone|"
    r"destroyed|stolen|uninstalled|relocated|deleted|no longer|abgebaut|entfernt|stillgelegt|"
    r"demontiert|supprimée?|retirée?|démontée?|retirad[oa]|eliminad[oa]|desmontad[oa]|rimoss[oa]|"
    r"dismess[oa]|removid[oa]|verwijderd|usunięt[aey]|zlikwidowan[aey]|zrušen[áéý]|odstraněn[áéý]|"
    r"odstránen[áéý]|borttagen|nedlagd|fjernet|poistettu|käytöstä poistettu|megszűnt|desființată?|"
    r"демонтирован[ао]?|снята?)\b"
)
_VOID: Final = re.compile(r"\b(?:void|voided|duplicate|cancell?ed|rejected|error|invalid|test)\b")


def status_left_out(value: str) -> str:
    """Return why a row of this status is left out; empty where it stands, or says nothing."""
    text = re.sub(r"[\s_\-]+", " ", value.casefold()).strip()
    for reason, pattern in ((VOID, _VOID), (PLANNED, _PLANNED), (ENDED, _ENDED)):
        if pattern.search(text):
            return reason
    return ""
