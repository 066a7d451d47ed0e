"""
Neutral words for legal lists, and a lint that keeps them neutral.

A listing is described by what it does, in words of its own effect. Only an asset freeze is a
sanction in law; an export licence, a procurement rule, an equipment authorisation, a limit on
securities and a public naming are not, and are never called so here.
"""

import re

from mapper.registry.evidence import Registry
from mapper.registry.tables import Designation
from mapper.registry.words import Effect

EFFECT_WORDS: dict[Effect, str] = {
    Effect.ASSET_FREEZE: "its funds and economic resources are frozen",
    Effect.EXPORT_LICENSE: "a licence is needed to export controlled goods and technology to it",
    Effect.PROCUREMENT_BAN: "the public bodies bound by the rule may not buy from it",
    Effect.DEFENCE_CONTRACTING: "it is named in a list that bears on defence contracts",
    Effect.AUTHORISATION_BAN: "new equipment of its make is not authorised",
    Effect.INVESTMENT_BAN: "trade in its securities is restricted",
    Effect.OPERATIONS_BAN: "it was ordered to end its operations in the country",
    Effect.IMPORT_BAN: "the import of its goods is restricted",
    Effect.REPUTATIONAL: "it is named in public, without a direct effect in law",
    Effect.NOT_STATED: "the source read does not say what the entry does",
}
"""What an entry does, to follow "while it is in force"."""

EFFECT_NAMES: dict[Effect, str] = {
    Effect.ASSET_FREEZE: "asset freeze",
    Effect.EXPORT_LICENSE: "export licence required",
    Effect.PROCUREMENT_BAN: "procurement rule",
    Effect.DEFENCE_CONTRACTING: "defence-contracting list",
    Effect.AUTHORISATION_BAN: "equipment authorisation rule",
    Effect.INVESTMENT_BAN: "limit on securities",
    Effect.OPERATIONS_BAN: "order to end operations",
    Effect.IMPORT_BAN: "import restriction",
    Effect.REPUTATIONAL: "public naming",
    Effect.NOT_STATED: "effect not stated",
}


def legal_wording(registry: Registry, entry: Designation) -> str:
    """
    Describe one entry in one sentence: whose list, what it does, its dates, its instrument.

    The announced and the effective day are said apart, and an unknown one is said to be unknown.
    """
    listed = registry.legal_list[entry.list].name
    scope = f" (limited to {entry.scope})" if entry.scope else ""
    effect = f"while the entry is in force, {EFFECT_WORDS[entry.effect]}{scope}"
    parts = [
        f"{registry.name(entry.org_id)} is named in the {listed}: {effect}",
        f"announced {entry.announced_on.words if entry.announced_on else 'on a day not known'}",
        f"effective {entry.effective_on.words if entry.effective_on else 'from a day not known'}",
    ]
    if entry.ended_on is not None:
        parts.append(f"no longer in force from {entry.ended_on.words}")
    if entry.instrument is not None:
        parts.append(f"instrument: {entry.instrument}")
    return "; ".join(parts) + "."


_QUOTED = re.compile(r"“[^”]*”")
_ADDRESS = re.compile(r"\bhttps?://\S+|\b[\w-]*sanction[\w-]*\.\w[\w.]*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|[|;]")
_SANCTION = re.compile(r"\bsanction(?:s|ed|ing)?\b", re.IGNORECASE)
_OTHER_LISTS = re.compile(
    r"entity list|covered list|\b889\b|\bndaa\b|1260h|\bcmic\b|military-industrial|"
    r"export[- ](?:control|licen[cs]e)|procurement|authori[sz]ation|equipment list|"
    r"limit on securities|defence-contracting|investment canada|sponsors? of war|public naming",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:violat(?:es|ed|ing)|complicit|complicity)\b", re.IGNORECASE)


def lint_words(text: str) -> tuple[str, ...]:
    """
    Find words that say more than a source does.

    Parameters
    ----------
    text
        Plain text as a reader sees it. What stands between “ and ” is a quotation or a
        title as printed and is not ours; web addresses are not read either.

    Returns
    -------
    tuple of str
        One message for each sentence that calls a list other than an asset freeze a sanction,
        or that uses a word of guilt; empty if there is none.
    """
    own = _ADDRESS.sub(" ", _QUOTED.sub(" ", text))
    found = []
    for sentence in _SENTENCE.split(own):
        if _SANCTION.search(sentence) and _OTHER_LISTS.search(sentence):
            found.append(f"calls a list without an asset freeze a sanction: {sentence.strip()}")
        if _NEVER.search(sentence):
            found.append(f"uses a word of guilt: {sentence.strip()}")
    return tuple(found)
