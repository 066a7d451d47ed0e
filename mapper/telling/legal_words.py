"""
Neutral words for legal lists: an entry, a reading, and the answer of a day in one sentence.

A listing is described by what it does, in words of its own effect. Only an asset freeze is a
sanction in law; an export licence, a procurement rule, an equipment authorisation, a limit on
securities and a public naming are not, and are never called so here.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mapper.answers.listed_kin import KinEntry
from mapper.clean.date_words import format_date
from mapper.registry.codes import Answer, Effect
from mapper.registry.law_codes import Comparison, EntryEvent
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, DesignationEvent, ListSearch
from mapper.telling.language import as_written, day, gettext, ngettext
from mapper.telling.reason_words import reason_words
from mapper.telling.words import format_number, join, said

EFFECT_WORDS: dict[Effect, str] = {
    Effect.ASSET_FREEZE: "its funds and economic resources are frozen",
    Effect.EXPORT_LICENSE: "a licence is needed to export controlled goods and technology to it",
    Effect.PROCUREMENT_BAN: "the public bodies bound may not buy its equipment",
    Effect.CONTRACTING_BAN: "the public bodies bound may not contract with users of its equipment",
    Effect.SUBSIDY_BAN: "public subsidies may not be spent on its equipment",
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
    Effect.CONTRACTING_BAN: "rule on contracts with its users",
    Effect.SUBSIDY_BAN: "rule on subsidies",
    Effect.DEFENCE_CONTRACTING: "defence-contracting list",
    Effect.AUTHORISATION_BAN: "equipment authorisation rule",
    Effect.INVESTMENT_BAN: "limit on securities",
    Effect.OPERATIONS_BAN: "order to end operations",
    Effect.IMPORT_BAN: "import restriction",
    Effect.REPUTATIONAL: "public naming",
    Effect.NOT_STATED: "effect not stated",
}

if TYPE_CHECKING:
    # Most of what is worded here is of no such answer.
    from mapper.answers.legal_status import EntryStatus, ListStatus


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
        # An announcement is not yet an effect, so the two days are never one.
        f"announced {format_date(entry.announced_on) or 'on a day not known'}",
        f"effective {format_date(entry.effective_on) or 'from a day not known'}",
    ]
    if entry.ended_on is not None:
        parts.append(f"no longer in force from {format_date(entry.ended_on)}")
    if entry.instrument is not None:
        parts.append(f"instrument: {entry.instrument}")
    return "; ".join(parts) + "."


EVENT_WORDS: dict[EntryEvent, str] = {
    EntryEvent.AMENDED: "amended",
    EntryEvent.RENEWED: "renewed",
    EntryEvent.CHALLENGED: "challenged",
    EntryEvent.RULED: "judgment given",
    EntryEvent.UPHELD: "upheld",
    EntryEvent.ANNULLED: "annulled",
    EntryEvent.WITHDRAWN: "withdrawn",
}

_KIN_SHOWN_MAX = 5


def list_sentence(registry: Registry, status: "ListStatus") -> str:
    """
    Answer for one list in one sentence, where it has at most one entry to speak of.

    A "yes" says since when, by which act, until when it is known, and what it means for whom.
    """
    if status.answer is Answer.YES and len(status.by_entry) == 1:
        told = entry_sentence(registry, status.by_entry[0])
    else:
        told = _no_plain_yes(registry, status)
    return gettext("{list}: {told}", list=as_written(status.legal_list.name), told=told)


def entry_sentence(registry: Registry, status: "EntryStatus") -> str:
    """Answer for one entry in one sentence: since when, by which act, until when, for whom."""
    entry = status.entry
    if status.answer is not Answer.YES:
        return _no_plain_yes(registry, status)
    since = day(entry.effective_on) or gettext("a day not known")
    parts = [gettext("yes, since {day}", day=since)]
    if entry.instrument is not None:
        parts.append(gettext("by {instrument}", instrument=as_written(entry.instrument)))
    if entry.ended_on is not None:
        parts.append(gettext("until {day}", day=day(entry.ended_on)))
    # Without a recorded end a "yes" holds only as far as somebody read.
    elif status.last_shown is not None:
        parts.append(gettext("known until {day}", day=day(status.last_shown)))
    told = gettext("; ").join([*parts, meaning_of(registry, entry)])
    return gettext("{sentence}.", sentence=told)


def _no_plain_yes(registry: Registry, status: "ListStatus | EntryStatus") -> str:
    told = gettext(
        "{answer}. {reason}",
        answer=said(status.answer),
        reason=reason_words(registry, status.reason),
    )
    if status.last_known_yes is None:
        return told
    last_yes = gettext("Last known: yes, on {day}.", day=day(status.last_known_yes))
    return f"{told} {last_yes}"


def meaning_of(registry: Registry, entry: Designation) -> str:
    """Say what an entry means, for whom, and what it is limited to."""
    binds = registry.legal_list[entry.list].binds
    effect = gettext(EFFECT_WORDS[entry.effect])
    if binds:
        told = gettext("it means, for {whom}: {effect}", whom=as_written(binds), effect=effect)
    else:
        told = gettext("it means: {effect}", effect=effect)
    if not entry.scope:
        return told
    return gettext("{told} (limited to {scope})", told=told, scope=as_written(entry.scope))


def entries_sentence(entries: Iterable[Designation]) -> str:
    """Say of entries what each does, from when and until when; empty where there are none."""
    spans = []
    for entry in entries:
        effect = gettext(EFFECT_NAMES[entry.effect])
        since = day(entry.effective_on) or gettext("a day not known")
        if entry.ended_on is None:
            spans.append(gettext("{effect} from {since}", effect=effect, since=since))
        else:
            until = day(entry.ended_on)
            spans.append(
                gettext(
                    "{effect} from {since} until {until}", effect=effect, since=since, until=until
                )
            )
    return gettext("Entries recorded: {entries}.", entries=join(spans)) if spans else ""


def event_words(event: DesignationEvent) -> str:
    """Say one change of an entry, or one decision on it, without a full stop."""
    act = f" ({as_written(event.instrument)})" if event.instrument else ""
    happened = f"{day(event.happened_on)} {gettext(EVENT_WORDS[event.event])}"
    # The caller sets the full stop.
    told = f": {as_written(event.told.rstrip('.'))}" if event.told else ""
    return f"{happened}{act}{told}"


def kin_words(registry: Registry, kin: Sequence[KinEntry]) -> str:
    """Name the owners and the owned that have an entry in a list, the nearest first."""
    told = []
    for row in kin[:_KIN_SHOWN_MAX]:
        tie = "to which it belongs" if row.kin.is_owner else "which belongs to it"
        told.append(f"{registry.name(row.kin.org_id)}, {tie} ({row.answer} on that day)")
    more = len(kin) - len(told)
    return "; ".join(told) + (f"; {more} more" if more > 0 else "")


def readings_sentence(registry: Registry, org_id: str, sights: Iterable[Sight]) -> str:
    """
    Say for an organisation without any entry which lists were read, and for which names.

    Parameters
    ----------
    sights
        What every reading of every list showed of it.
    """
    absent = [sight for sight in sights if sight.is_absent]
    name = registry.name(org_id)
    if not absent:
        return gettext(
            "{name} was not looked for in any list, so nothing is known of it there; "
            "no answer here says that it is not listed.",
            name=name,
        )
    lists = len({sight.reading.list for sight in absent})
    names = sorted({row.name for row in registry.rows(ListSearch, "org_id", org_id)})
    many = ngettext("{n} list", "{n} lists", lists, n=format_number(lists))
    values = {
        "name": name,
        "lists": many,
        "texts": str(len(absent)),
        "first": day(min(sight.first for sight in absent)),
        "last": day(max(sight.last for sight in absent)),
        "names": gettext(", ").join(names),
    }
    # Said, because another spelling would then not have been seen.
    if any(sight.compared is Comparison.EXACT for sight in absent):
        return gettext(
            "{name} is not on the lists read ({lists}, {texts} texts of {first} to {last}), "
            "under the names looked for, by exact name only: {names}.",
            **values,
        )
    return gettext(
        "{name} is not on the lists read ({lists}, {texts} texts of {first} to {last}), "
        "under the names looked for: {names}.",
        **values,
    )
