"""
Neutral words for legal lists.

A listing is described by what it does, in words of its own effect. Only an asset freeze is a
sanction in law; an export licence, a procurement rule, an equipment authorisation, a limit on
securities and a public naming are not, and are never called so here.
"""

from mapper.registry.codes import Effect
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation

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
