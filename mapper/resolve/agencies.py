"""
Which police or sheriff's office of the United States an operator is, by its name and its place.

Mappers write "Troy Police Department" in Michigan and in Ohio; portals write "Troy MI PD". A short
name alone is nobody's, so it counts only where the circle of a documented system of an agency of
that name holds the camera, and of one agency alone.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.registry.registry import Registry

_COUNTRY: Final = "US"
_STATE: Final = re.compile(
    " (?:al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|"
    r"nh|nj|nm|ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc)(?= (?:pd|so)\b|$)"
)
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_PLACE_KIND: Final = re.compile(r"^(?:city|town|village) of ")
_SIGNS: Final = re.compile(r"[^\w\s]|_")
_APOSTROPHE: Final = re.compile("['\u2019]")
_POLICE: Final = re.compile(
    r"(?P<where>.+?) (?:pd|police(?: (?:department|dept|division|force|services?))?|"
    r"department of police|dps|department of public safety)"
)
_SHERIFF: Final = re.compile(
    r"(?P<where>.+?) (?:so|(?:county )?sheriffs?(?: (?:office|department|dept))?)"
)
_SPELT: Final = {"twp": "township", "st": "saint", "mt": "mount", "ft": "fort"}
Name = tuple[str, str]
"""What an agency is and of where: ``("police", "troy")``."""


@dataclass(frozen=True, slots=True)
class Agencies:
    """
    The agencies that run documented systems.

    Attributes
    ----------
    by_deployment
        Deployment -> the agency that runs it and its short name.
    """

    by_deployment: Mapping[str, tuple[str, Name]]

    @classmethod
    def of_registry(cls, registry: Registry) -> "Agencies":
        """Take the deployments of the United States whose operator is a police or sheriff."""
        operators: dict[str, tuple[str, Name]] = {}
        for row in registry.deployments:
            if row.operator_org is None or row.country_code != _COUNTRY:
                continue
            name = short_name(registry.name(row.operator_org), with_state=True)
            if name is not None:
                operators[row.deployment_id] = (row.operator_org, name)
        return cls(operators)

    def operator(
        self, operator_as_written: str | None, deployment_ids: Sequence[str] | None
    ) -> str | None:
        """
        Return the one agency of a written name among the systems around a camera.

        Parameters
        ----------
        operator_as_written
            The operator as written.
        deployment_ids
            The documented systems of the camera's place.
        """
        if operator_as_written is None or not deployment_ids:
            return None
        name = short_name(operator_as_written)
        if name is None:
            return None
        agencies: defaultdict[Name, set[str]] = defaultdict(set)
        for deployment_id in deployment_ids:
            if deployment_id in self.by_deployment:
                org_id, agency = self.by_deployment[deployment_id]
                agencies[agency].add(org_id)
        candidates = agencies.get(name, set())
        return next(iter(candidates)) if len(candidates) == 1 else None


def short_name(text: str, *, with_state: bool = False) -> Name | None:
    """
    Return what an agency is and of where; None where the text names no police or sheriff.

    Parameters
    ----------
    with_state
        Whether the name carries the code of a state, as the registry's do: ``Troy MI PD``,
        ``Hamlet PD (NC)``.
    """
    bare = _BRACKETS.sub(" ", text) if with_state else text
    plain = " ".join(_SIGNS.sub(" ", _APOSTROPHE.sub("", bare.casefold())).split())
    plain = _PLACE_KIND.sub("", _STATE.sub("", plain) if with_state else plain)
    for kind, pattern in (("sheriff", _SHERIFF), ("police", _POLICE)):
        match = pattern.fullmatch(plain)
        if match:
            words = [_SPELT.get(word, word) for word in match["where"].split()]
            # A sheriff is a county's, whether or not the name says so.
            kept = [word for word in words if kind == "police" or word != "county"]
            return (kind, " ".join(kept)) if kept else None
    return None
