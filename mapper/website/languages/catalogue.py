"""
A language's catalogue, ``site/i18n/<lang>.po``: read, proved against the English words, compiled.

The English words stand in ``site/i18n/en.json``, one key each; a key with ``_one`` beside it is a
plural. In a catalogue the key is the message's context and the English words are its id, so that
a translator's program shows both, and a change of the English words is seen: the translation of
what no longer stands is no translation. What is missing fails the build; no page falls back to
English by itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError, read_po

from mapper.errors import StorageError, UsageError
from mapper.website.languages.plural_forms import PluralForms, plural_forms

_PLACE: Final = re.compile(r"\{(\w+)\}")
_ONE: Final = "_one"
_SHOWN_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class Message:
    """
    One English text that every language needs.

    Attributes
    ----------
    key
        Key in ``en.json``.
    text
        The English words; of a plural, those for one.
    plural
        The English words for several; empty where the text has no forms.
    """

    key: str
    text: str
    plural: str = ""

    @property
    def places(self) -> frozenset[str]:
        """The placeholders that a translation may have: ``{n}`` has the name ``n``."""
        return frozenset(_PLACE.findall(self.text + self.plural))

    @property
    def gettext_id(self) -> str | tuple[str, str]:
        """The message's id as a catalogue has it."""
        return (self.text, self.plural) if self.plural else self.text


def messages_of(english: Mapping[str, str]) -> list[Message]:
    """Return the messages of ``en.json``, in its order."""
    messages = []
    for key, text in english.items():
        if key.endswith(_ONE) and key.removesuffix(_ONE) in english:
            continue
        singular = english.get(f"{key}{_ONE}")
        messages.append(Message(key, text) if singular is None else Message(key, singular, text))
    return messages


def read_catalogue(path: Path, lang: str) -> Catalog:
    """
    Read a catalogue.

    Raises
    ------
    StorageError
        If there is none.
    UsageError
        If it is not one.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=lang, abort_invalid=True)
    except FileNotFoundError as error:
        msg = f"The language {lang} has no catalogue: there is no {path}."
        step = f"`mapper languages --add {lang}` writes an empty one."
        raise StorageError(msg, next_step=step) from error
    except (PoFileError, UnicodeDecodeError) as error:
        msg = f"{path} is no gettext catalogue: {error}"
        raise UsageError(
            msg, next_step="open it in Poedit, or run msgfmt --check on it."
        ) from error


def compiled(path: Path, lang: str, english: Mapping[str, str]) -> dict[str, str]:
    """
    Return the words of a language by key, a plural's forms beside it (``key_few``).

    Parameters
    ----------
    english
        ``en.json``. Keys of the result are its keys, in its order.

    Raises
    ------
    UsageError
        If a key is missing, empty, fuzzy, of other English words or with other placeholders; the
        message names the file and each key.
    """
    catalogue = read_catalogue(path, lang)
    forms = plural_forms(lang, catalogue)
    messages = messages_of(english)
    wrong = list(faults(catalogue, forms, messages))
    if wrong:
        shown = "\n".join(f"  {path.name}: {line}" for line in wrong[:_SHOWN_MAX])
        more = f"\n  and {len(wrong) - _SHOWN_MAX} more" if len(wrong) > _SHOWN_MAX else ""
        msg = f"{path} is not complete:\n{shown}{more}"
        step = (
            "`mapper languages` lists all; `mapper languages --update` adds them to be filled in."
        )
        raise UsageError(msg, next_step=step)
    words: dict[str, str] = {}
    for message in messages:
        words |= _forms_by_key(message, _entry(catalogue, message), forms)
    return words


def faults(catalogue: Catalog, forms: PluralForms, messages: Iterable[Message]) -> Iterator[str]:
    """Yield what keeps a catalogue from being complete, a line each that names the key."""
    asked = set()
    for message in messages:
        asked.add(message.key)
        entry = _entry(catalogue, message)
        if entry is None:
            yield f"{message.key}: missing, or the English words have changed: {message.text!r}"
        elif entry.fuzzy:
            yield f"{message.key}: marked fuzzy, so nobody has read it yet"
        else:
            yield from _faults_of_forms(message, _texts(entry), forms)
    # A key that was renamed would else stay for ever, translated and shown nowhere.
    for entry in catalogue:
        if entry.id and entry.context not in asked:
            yield f"{entry.context}: there is no such key"


def _faults_of_forms(message: Message, texts: tuple[str, ...], forms: PluralForms) -> Iterator[str]:
    if not all(text.strip() for text in texts):
        yield f"{message.key}: empty"
        return
    if not message.plural:
        yield from _faults_of_places(message, texts[0], message.places)
        return
    for name, place in forms.places.items():
        must = set(_PLACE.findall(message.text)) & set(_PLACE.findall(message.plural))
        if name in forms.alone:
            must -= {"n"}
        elif "n" in _PLACE.findall(message.plural):
            must |= {"n"}
        yield from _faults_of_places(message, texts[place], must, f" ({name})")


def _faults_of_places(
    message: Message, text: str, must: Iterable[str], form: str = ""
) -> Iterator[str]:
    there = set(_PLACE.findall(text))
    if text.count("{") != text.count("}") or text.count("{") != len(_PLACE.findall(text)):
        yield f"{message.key}{form}: a brace that is no placeholder in {text!r}"
    elif lost := sorted(set(must) - there):
        yield f"{message.key}{form}: {{{lost[0]}}} is missing in {text!r}"
    elif strange := sorted(there - message.places):
        yield f"{message.key}{form}: there is no {{{strange[0]}}}, in {text!r}"


def _entry(catalogue: Catalog, message: Message) -> Entry | None:
    """Return the translation of exactly these English words; None where there is none."""
    entry = catalogue.get(message.text, context=message.key)
    return entry if entry is not None and entry.id == message.gettext_id else None


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def _forms_by_key(
    message: Message, entry: Entry | None, forms: PluralForms
) -> Iterator[tuple[str, str]]:
    if entry is None:
        return
    texts = _texts(entry)
    if not message.plural:
        yield message.key, texts[0]
        return
    fallback = texts[forms.places[forms.fallback]]
    for name, place in forms.places.items():
        # Both the browser and Python take the key itself where a category has none of its own.
        if texts[place] != fallback:
            yield f"{message.key}_{name}", texts[place]
    yield message.key, fallback
