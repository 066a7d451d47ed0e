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

# A key's text has {n}; a sentence of a template, which jinja hands on, has %(n)s.
_PLACE: Final = re.compile(r"\{(\w+)\}|%\((\w+)\)s")
_MARKUP: Final = re.compile(r"<[^>]*>|&\w+;")
_ONE: Final = "_one"
_SHOWN_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class Message:
    """
    One English text that every language needs.

    Attributes
    ----------
    key
        Key in ``en.json``; empty for a sentence of a page template.
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
        return frozenset(_places(self.text + self.plural))

    @property
    def label(self) -> str:
        """How a message about it names it."""
        return self.key or repr(self.text)

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


@dataclass(frozen=True, slots=True)
class Translations:
    """
    The words of a language.

    Attributes
    ----------
    strings
        By key, a plural's other forms beside it (``key_few``), in the order of ``en.json``.
    sentences
        Of the page templates: English words -> the translation, or its forms by CLDR category.
    """

    strings: Mapping[str, str]
    sentences: Mapping[str, str | Mapping[str, str]]


def translations(
    path: Path, lang: str, english: Mapping[str, str], sentences: Iterable[Message] = ()
) -> Translations:
    """
    Read a catalogue that must be complete.

    Parameters
    ----------
    english
        ``en.json``.
    sentences
        Those of the page templates.

    Raises
    ------
    StorageError
        If there is no catalogue.
    UsageError
        If a text is missing, empty, fuzzy, of other English words, or with other placeholders or
        tags; the message names the file and each key.
    """
    catalogue = read_catalogue(path, lang)
    forms = plural_forms(lang, catalogue)
    messages = [*messages_of(english), *sentences]
    wrong = list(faults(catalogue, forms, messages))
    if wrong:
        shown = "\n".join(f"  {path.name}: {line}" for line in wrong[:_SHOWN_MAX])
        more = f"\n  and {len(wrong) - _SHOWN_MAX} more" if len(wrong) > _SHOWN_MAX else ""
        msg = f"{path} is not complete:\n{shown}{more}"
        step = (
            "`mapper languages` lists all; `mapper languages --update` adds them to be filled in."
        )
        raise UsageError(msg, next_step=step)
    strings: dict[str, str] = {}
    of_templates: dict[str, str | Mapping[str, str]] = {}
    for message in messages:
        entry = _entry(catalogue, message)
        texts = _texts(entry) if entry is not None else ()
        if message.key:
            strings |= _forms_by_key(message, texts, forms)
        elif message.plural:
            of_templates[message.text] = {
                name: texts[place] for name, place in forms.places.items()
            }
        else:
            of_templates[message.text] = texts[0]
    return Translations(strings, of_templates)


def faults(catalogue: Catalog, forms: PluralForms, messages: Iterable[Message]) -> Iterator[str]:
    """Yield what keeps a catalogue from being complete, a line each that names the key."""
    asked = set()
    for message in messages:
        asked.add(message.key or message.text)
        entry = _entry(catalogue, message)
        if entry is None:
            yield f"{message.label}: missing, or the English words have changed: {message.text!r}"
        elif entry.fuzzy:
            yield f"{message.label}: marked fuzzy, so nobody has read it yet"
        else:
            yield from _faults_of_forms(message, _texts(entry), forms)
    # A key that was renamed would else stay for ever, translated and shown nowhere.
    for entry in catalogue:
        if entry.id and key_of(entry) not in asked:
            yield f"{key_of(entry)}: there is no such key"


def key_of(entry: Entry) -> str:
    """Return a message's key; of a sentence of a template, its English words."""
    return entry.context or (entry.id if isinstance(entry.id, str) else entry.id[0])


def _places(text: str) -> set[str]:
    return {braces or percent for braces, percent in _PLACE.findall(text)}


def _faults_of_forms(message: Message, texts: tuple[str, ...], forms: PluralForms) -> Iterator[str]:
    if not all(text.strip() for text in texts):
        yield f"{message.label}: empty"
        return
    if not message.plural:
        yield from _faults_of_places(message, texts[0], message.places)
        return
    for name, place in forms.places.items():
        must = _places(message.text) & _places(message.plural)
        if name in forms.alone:
            must -= {"n", "count", "total", "rows", "left"}
        elif "n" in _places(message.plural):
            must |= {"n"}
        yield from _faults_of_places(message, texts[place], must, f" ({name})")


def _faults_of_places(
    message: Message, text: str, must: Iterable[str], form: str = ""
) -> Iterator[str]:
    there = _places(text)
    bare = _PLACE.sub("", text)
    if "{" in bare or "}" in bare or "%(" in bare:
        yield f"{message.label}{form}: a brace that is no placeholder in {text!r}"
    elif lost := sorted(set(must) - there):
        yield f"{message.label}{form}: {{{lost[0]}}} is missing in {text!r}"
    elif strange := sorted(there - message.places):
        yield f"{message.label}{form}: there is no {{{strange[0]}}}, in {text!r}"
    # A template takes a sentence as markup: its tags are those of the English one, and no others.
    # A tag that is not closed takes the page's next one into itself.
    elif _marks(text) != _marks(message.text):
        yield f"{message.label}{form}: other tags than the English words, in {text!r}"


def _marks(text: str) -> tuple[list[str], int]:
    """Return the tags of a sentence, and how many signs begin one that does not end."""
    return sorted(_MARKUP.findall(text)), _MARKUP.sub("", text).count("<")


def _entry(catalogue: Catalog, message: Message) -> Entry | None:
    """Return the translation of exactly these English words; None where there is none."""
    entry = catalogue.get(message.text, context=message.key or None)
    return entry if entry is not None and entry.id == message.gettext_id else None


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def _forms_by_key(
    message: Message, texts: tuple[str, ...], forms: PluralForms
) -> Iterator[tuple[str, str]]:
    if not message.plural:
        yield message.key, texts[0]
        return
    fallback = texts[forms.places[forms.fallback]]
    for name, place in forms.places.items():
        # Both the browser and Python take the key itself where a category has none of its own.
        if texts[place] != fallback:
            yield f"{message.key}_{name}", texts[place]
    yield message.key, fallback
