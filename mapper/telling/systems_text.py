"""Systems and supplies that answer a question, as text for the terminal."""

from collections.abc import Iterable

from mapper.answers.country_profile import CountryProfile
from mapper.answers.documented_systems import DocumentedSupply, DocumentedSystem
from mapper.answers.place_profile import PlaceProfile
from mapper.answers.supply_search import Part, Query, SearchResult
from mapper.answers.time_window import Window
from mapper.clean.date_words import format_date
from mapper.clean.partial_date import from_day
from mapper.registry.codes import Answer, Technology
from mapper.registry.registry import Registry
from mapper.telling import words
from mapper.telling.figures import figures_of
from mapper.telling.law_between import law_lines, law_on
from mapper.telling.legal_words import entry_sentence
from mapper.telling.reason_words import reason_words
from mapper.telling.row_words import period, place_of
from mapper.telling.statements import Presenter
from mapper.telling.text_writer import TextWriter

_FACES = frozenset({Technology.FRT, Technology.FRT_TESTED})

NOT_COMPLETE = "The registry is not complete; what it does not hold may be there all the same."

_IN_TIME = {
    Answer.YES: "",
    Answer.NO: "; not in that time",
    Answer.UNKNOWN: "; whether in that time is not known",
}


_PARTS = {
    Part.ALL: "the registry",
    Part.AREA: "the place",
    Part.TECHNOLOGY: "the technology",
    Part.WORDS: "the words",
    Part.SUPPLY: "the supplier",
}


def search_text(registry: Registry, result: SearchResult) -> str:
    """
    Say which systems and supplies fit a question.

    Where none does, it is said how far the question came, part by part, so that "nothing is
    documented here" is told apart from "the registry does not know that place".
    """
    writer = TextWriter(registry)
    query = result.query
    lines = [heading_of(registry, result)]
    if not result.systems:
        lines += ["", *_nothing(result)]
    elif query.supplier_org is not None and query.window is not None:
        lines += ["", *law_lines(registry, writer, query.supplier_org, query.window)]
    elif query.asks_for_supplies:
        lines += ["", *_supplier_lines(registry, writer, result)]
    for system in result.systems:
        lines += ["", *_system_lines(registry, writer, system, is_dated=query.window is not None)]
        if query.supplier_org is not None and query.window is not None:
            lines += _law_lines_of(registry, system, query.supplier_org)
    if result.outside:
        many = words.count_noun(result.outside, "entry", "entries")
        lines += ["", f"Left out: {many} certainly outside of that time."]
    lines += ["", NOT_COMPLETE]
    return writer.text(lines)


def country_text(registry: Registry, profile: CountryProfile) -> str:
    """Say what the registry holds of a country."""
    writer = TextWriter(registry)
    name = words.country(profile.country_code)
    lines = [f"{name} ({profile.country_code}){_asked(profile.window)}", ""]
    lines += _systems(registry, writer, profile.systems, profile.window)
    lines += _left_out(profile.outside)
    if profile.shipments:
        goods = map(Presenter(registry).goods, profile.shipments)
        told = [writer.line(f"- {row.headline}", row.sources) for row in goods]
        lines += ["", "Reported shipments to it; buyer not named", *told]
    if profile.makers:
        lines += ["", "Suppliers with their seat there, and at how many systems sources name them"]
        lines += [f"- {row.name} ({row.org_id}): {count}" for row, count in profile.makers]
    if profile.lists:
        lines += ["", "Legal lists that it keeps"]
        lines += [f"- {row.name} ({row.list_id})" for row in profile.lists]
    return writer.text([*lines, "", NOT_COMPLETE])


def place_text(registry: Registry, profile: PlaceProfile) -> str:
    """Say what the registry holds of a town, and of its country as a whole."""
    writer = TextWriter(registry)
    where = str(profile.point) if profile.point is not None else ""
    name = where or f"{profile.name}, {words.country(profile.country_code)}"
    lines = [f"{name}{_asked(profile.window)}"]
    if profile.others:
        also = "; ".join(map(str, profile.others))
        lines.append(f"Not meant, and of the same name: {also}")
    if profile.elsewhere:
        elsewhere = "; ".join(map(str, profile.elsewhere))
        lines.append(f"The registry holds systems at: {elsewhere}")
    lines += ["", *_systems(registry, writer, profile.systems, profile.window)]
    if profile.nationwide:
        lines += ["", "Systems of the whole country; no source says whether they reach the place"]
        for system in profile.nationwide:
            lines += ["", *_system_lines(registry, writer, system, is_dated=bool(profile.window))]
    return writer.text([*lines, *_left_out(profile.outside), "", NOT_COMPLETE])


def heading_of(registry: Registry, result: SearchResult) -> str:
    """Say what was asked, in one line, and how much fits."""
    query = result.query
    many = words.count_noun(len(result.systems), "system", "systems")
    parts = [f"“{query.text}”"] if query.text else []
    parts += [asked_technologies(query.technologies)]
    parts += [f"supplier {registry.name(query.supplier_org)}"] if query.supplier_org else []
    parts += [f"role {words.join(words.ROLES[role] for role in sorted(query.roles))}"] * bool(
        query.roles
    )
    parts += [f"part {words.join(words.LAYERS[layer] for layer in sorted(query.layers))}"] * bool(
        query.layers
    )
    parts += [f"suppliers of {query.home.name}"] if query.home is not None else []
    parts += [_listed(registry, query)] if query.listed is not None else []
    parts += [query.area.name] if query.area is not None else []
    asked = "; ".join(part for part in parts if part) or "every system"
    return f"{asked}{_asked(query.window)}: {many}"


def asked_technologies(codes: Iterable[Technology]) -> str:
    """Say which technologies were asked for; who asks for face recognition asks for tests too."""
    asked = set(codes)
    if asked >= _FACES:
        rest = [words.TECHNOLOGIES[code] for code in sorted(asked - _FACES)]
        return words.join([f"{words.TECHNOLOGIES[Technology.FRT]}, tests included", *rest])
    return words.join(words.TECHNOLOGIES[code] for code in sorted(asked))


def asked_days(window: Window) -> str:
    """Say a stretch of days: ``1 January 2019 to 31 December 2022``, or one day."""
    first, last = from_day(window.first), from_day(window.last)
    if first == last:
        return format_date(first)
    return f"{format_date(first)} to {format_date(last)}"


def _asked(window: Window | None) -> str:
    return f", {asked_days(window)}" if window is not None else ""


def _listed(registry: Registry, query: Query) -> str:
    name = registry.legal_list[query.listed or ""].name
    day = f" as of {format_date(query.listed_on)}" if query.listed_on is not None else ""
    return f"suppliers on the {name}{day}"


def _nothing(result: SearchResult) -> list[str]:
    lines = ["Nothing is documented here that fits. How far it came:"]
    for part, left in result.steps:
        lines.append(f"- {_PARTS[part]}: {words.count_noun(left, 'system', 'systems')}")
    return lines


def _left_out(outside: int) -> list[str]:
    if not outside:
        return []
    many = words.count_noun(outside, "system", "systems")
    return ["", f"Left out: {many} certainly not in use then."]


def _systems(
    registry: Registry,
    writer: TextWriter,
    systems: Iterable[DocumentedSystem],
    window: Window | None,
) -> list[str]:
    rows = list(systems)
    if not rows:
        return ["No system is documented here."]
    lines = [f"{words.count_noun(len(rows), 'system is', 'systems are')} documented here."]
    for system in rows:
        lines += ["", *_system_lines(registry, writer, system, is_dated=window is not None)]
    return lines


def _system_lines(
    registry: Registry, writer: TextWriter, system: DocumentedSystem, *, is_dated: bool
) -> list[str]:
    row = system.deployment
    if row is None:
        lines = [f"Tied to no one system; received by {system.operator_name or 'nobody named'}"]
    else:
        when = period(row) or "period not known"
        doubt = _IN_TIME[system.in_time] if is_dated else ""
        run = f"run by {system.operator_name}" if system.operator_name else "operator unknown"
        what = words.technologies(row.technologies)
        lines = [
            f"{row.name} ({row.deployment_id})",
            f"  {place_of(row)}; {what}; {run}; {when}{doubt}",
        ]
        lines += [
            writer.line(f"  {figure.headline}", figure.sources)
            for figure in figures_of(system.counts)
        ]
    if not system.supplies:
        lines.append("  supplier: unknown; no source read states a supply")
    presenter = Presenter(registry)
    for supply in system.supplies:
        lines += _supply_lines(presenter, writer, supply, is_dated=is_dated)
    if system.named:
        told = [
            writer.line(f"{edge.supplier_name} ({edge.product_name or words.NOT_KNOWN})", ids)
            for edge in system.named
            for ids in [edge.source_ids]
        ]
        lines.append(f"  Named, and no supply stated: {'; '.join(told)}")
    return lines


def _supply_lines(
    presenter: Presenter, writer: TextWriter, supply: DocumentedSupply, *, is_dated: bool
) -> list[str]:
    told = presenter.supply(supply.edge)
    doubt = _IN_TIME[supply.in_time] if is_dated else ""
    layer = words.LAYERS[supply.edge.relation.layer]
    head, *below = writer.supply(told, f"- {told.supplier.name}, {layer}: {told.headline}{doubt}")
    return [f"  {head}", *(f"      {line}" for line in below)]


def _law_lines_of(registry: Registry, system: DocumentedSystem, org_id: str) -> list[str]:
    """Say how the law stood on the first day of each supply of which one is known."""
    days = dict.fromkeys(
        supply.edge.relation.valid_from
        for supply in system.supplies
        if supply.edge.relation.supplier_org == org_id
    )
    return [f"  {law_on(registry, org_id, day)}" for day in days if day is not None]


def _supplier_lines(registry: Registry, writer: TextWriter, result: SearchResult) -> list[str]:
    """Name the suppliers, at how many systems each, and how each stood on the list asked for."""
    systems: dict[str, int] = {}
    for system in result.systems:
        for org_id in {supply.edge.relation.supplier_org for supply in system.supplies}:
            systems[org_id] = systems.get(org_id, 0) + 1
    lines = [words.count_noun(len(systems), "supplier", "suppliers")]
    for org_id in sorted(systems, key=lambda one: (-systems[one], registry.name(one).casefold())):
        many = words.count_noun(systems[org_id], "system", "systems")
        told = f"- {registry.name(org_id)} ({org_id}), at {many}"
        status = result.listing.get(org_id)
        if status is None:
            lines.append(told)
            continue
        said = "; ".join(entry_sentence(registry, entry) for entry in status.by_entry)
        sources = [entry.source_id for entry in status.entries]
        name = status.legal_list.name
        reason = reason_words(registry, status.reason)
        lines.append(writer.line(f"{told}; {name}: {said or reason}", sources))
    return lines
