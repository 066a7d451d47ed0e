"""
A registry that notes what it is asked, so that what was made from the answers can be kept.

A page shows a few rows of thousands. What was asked while it was made, and what the answers were,
says whether it would be the same today: if every answer is, so is the page. Nobody has to say
which page rests on which row, and nobody can forget to.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from mapper.registry.codes import SubjectKind
from mapper.registry.list_entries import Sight, Sights
from mapper.registry.per_registry import per_registry
from mapper.registry.registry import TABLE_OF, TABLES, Registry
from mapper.registry.tables import Claim, ClaimScope, ListReading, Retraction, Row

Question: TypeAlias = tuple[str | float | None, ...]
"""Its kind, then what was asked for; every part is text, a number or None, as JSON has them."""

Note: TypeAlias = Callable[[Question], None]
_RowT = TypeVar("_RowT", bound=Row)
_ValueT = TypeVar("_ValueT")

_LOOK_UPS: Final = frozenset(
    look_up.name
    for look_up in fields(Registry)
    if not look_up.init and not look_up.name.startswith("_")
) - {"sights"}
"""By id; a method that asks for anything else fails here, until it is noted too."""


class AskedMapping(Mapping[str, _ValueT]):
    """A mapping that notes each key it is asked for, whether it holds it or not."""

    def __init__(self, name: str, of: Mapping[str, _ValueT], note: Note) -> None:
        self._name = name
        self._of = of
        self._note = note

    def __getitem__(self, key: str) -> _ValueT:
        """Return the value of a key."""
        self._note(("value", self._name, key))
        return self._of[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        self._note(("keys", self._name))
        return iter(self._of)

    def __len__(self) -> int:
        """Count the keys."""
        self._note(("keys", self._name))
        return len(self._of)


class AskedRegistry(Registry):
    """A registry that notes each question and answers as the one does that it stands for."""

    __slots__ = ("_look_ups", "_note", "_of", "_sights")
    _look_ups: Mapping[str, AskedMapping[Any]]
    _note: Note
    _of: Registry
    _sights: Sights

    def __init__(self, of: Registry, note: Note) -> None:
        """
        Stand for a registry.

        Parameters
        ----------
        note
            Called with every question, before it is answered.
        """
        # A frozen class fills its own slots this way.
        put = object.__setattr__
        put(self, "_of", of)
        put(self, "_note", note)
        put(self, "_sights", _AskedSights(of.sights, note))
        look_ups = {name: AskedMapping(name, getattr(of, name), note) for name in _LOOK_UPS}
        put(self, "_look_ups", look_ups)

    @property
    def sights(self) -> Sights:
        """What the readings of the lists showed; it notes each question."""
        return self._sights

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it returns nothing
            """Refuse what the registry would work out for itself: nobody would have noted it."""
            msg = f"{name} is asked of the registry without a note"
            raise AttributeError(msg)

    def rows(self, model: type[_RowT], column: str, value: object) -> tuple[_RowT, ...]:
        """Return the rows of a table with one value in a column, sorted by their key."""
        asked = None if value is None else str(value)
        self._note(("rows", TABLE_OF[model], column, asked))
        return self._of.rows(model, column, value)

    def claims_on(self, kind: SubjectKind, subject_id: str) -> tuple[Claim, ...]:
        """Return the claims on a subject, retracted ones included, sorted by ``claim_id``."""
        self._note(("claims_on", str(kind), subject_id))
        return self._of.claims_on(kind, subject_id)

    def scopes_of(self, claim_id: str) -> tuple[ClaimScope, ...]:
        """Return what a claim speaks of, where that is recorded."""
        self._note(("scopes_of", claim_id))
        return self._of.scopes_of(claim_id)

    def retraction(self, kind: SubjectKind, subject_id: str) -> Retraction | None:
        """Return the correction of a row, or None where it stands."""
        self._note(("retraction", str(kind), subject_id))
        return self._of.retraction(kind, subject_id)


def _table(name: str) -> property:
    def rows(asked: AskedRegistry) -> tuple[Row, ...]:
        asked._note(("table", name))  # noqa: SLF001 - a property of that class
        table: tuple[Row, ...] = getattr(asked._of, name)  # noqa: SLF001
        return table

    return property(rows)


def _look_up(name: str) -> property:
    return property(lambda asked: asked._look_ups[name])  # noqa: SLF001 - as above


# In the places of the slots of the class they stand for: a hook on every access of an attribute
# was asked half a million times in a build. A slot that gets no property stays empty, and fails.
for _name in TABLES:
    setattr(AskedRegistry, _name, _table(_name))
for _name in _LOOK_UPS:
    setattr(AskedRegistry, _name, _look_up(_name))


class _AskedSights(Sights):
    """The readings of the lists, with a note of each question."""

    def __init__(self, of: Sights, note: Note) -> None:
        self._of = of
        self._note = note

    def of(self, list_id: str, org_id: str) -> tuple[Sight, ...]:
        self._note(("sights", list_id, org_id))
        return self._of.of(list_id, org_id)

    def lists_of(self, org_id: str) -> tuple[str, ...]:
        self._note(("lists_of", org_id))
        return self._of.lists_of(org_id)

    def readings(self, list_id: str) -> tuple[ListReading, ...]:
        self._note(("readings", list_id))
        return self._of.readings(list_id)

    def listed_in(self, list_id: str) -> frozenset[str]:
        self._note(("listed_in", list_id))
        return self._of.listed_in(list_id)

    def was_looked_for(self, org_id: str) -> bool:
        self._note(("was_looked_for", org_id))
        return self._of.was_looked_for(org_id)


_OF_ROWS: Final = frozenset(
    {
        *("table", "rows", "claims_on", "scopes_of", "retraction"),
        *("sights", "lists_of", "readings", "listed_in", "was_looked_for"),
    }
)


def rests_on_registry(question: Question) -> bool:
    """Whether the answer to a question rests on the rows of the registry alone."""
    kind, *asked = question
    # Other mappings than the registry's are asked in the same words, each by its own name.
    return kind in _OF_ROWS or (kind in {"value", "keys"} and asked[0] in _LOOK_UPS)


class RegistryAnswers:
    """The answers of a registry as they stand today, each as a digest that is worked out once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._texts: dict[int, str] = {}
        self._digests: dict[Question, str] = {}
        self._answers: Mapping[str, Callable[..., object]] = {
            "table": lambda table: getattr(registry, table),
            "value": lambda name, key: getattr(registry, name).get(key),
            "keys": lambda name: tuple(getattr(registry, name)),
            "rows": lambda table, column, value: registry.rows(TABLES[table], column, value),
            "claims_on": lambda kind, row_id: registry.claims_on(SubjectKind(kind), row_id),
            "scopes_of": registry.scopes_of,
            "retraction": lambda kind, row_id: registry.retraction(SubjectKind(kind), row_id),
            "sights": registry.sights.of,
            "lists_of": registry.sights.lists_of,
            "readings": registry.sights.readings,
            "listed_in": lambda list_id: sorted(registry.sights.listed_in(list_id)),
            "was_looked_for": registry.sights.was_looked_for,
        }

    def digest(self, question: Question) -> str:
        """
        Return the digest of today's answer to a question that an `AskedRegistry` noted.

        Raises
        ------
        KeyError
            If no registry asks so.
        """
        digest = self._digests.get(question)
        if digest is None:
            digest = self._digests[question] = digest_of(self._told(question))
        return digest

    def _told(self, question: Question) -> str:
        """Return the answer to a question as a text that no other answer has."""
        kind, *asked = question
        answer = self._answers[str(kind)](*asked)
        if isinstance(answer, Row):
            return self._text(answer)
        if isinstance(answer, tuple) and answer and isinstance(answer[0], Row):
            return "\n".join(map(self._text, answer))
        if isinstance(answer, tuple) and answer and isinstance(answer[0], Sight):
            return "\n".join(map(self._text_of_sight, answer))
        return repr(answer)

    def _text_of_sight(self, sight: Sight) -> str:
        told = (sight.result, sight.owner_org, sight.compared)
        return f"{self._text(sight.reading)} {told!r}"

    def _text(self, row: Row) -> str:
        # A row is asked for from many pages; the registry holds it, so that its id stays its own.
        text = self._texts.get(id(row))
        if text is None:
            text = self._texts[id(row)] = repr(tuple(vars(row).values()))
        return text


@per_registry
def answers_of(registry: Registry) -> RegistryAnswers:
    """Return the answers of a registry; those of the last ones asked for are at hand."""
    return RegistryAnswers(registry)


def digest_of(text: str) -> str:
    """Return a short digest of an answer; equal answers alone have the same."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
