"""The sentences of the static pages that every language needs."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.extract import extract
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from mapper import telling
from mapper.telling import words
from mapper.telling.closed_words import closed_words
from mapper.website import dossier, pages
from mapper.website.languages.catalogue import Message

_IN_CODE: Final[dict[str, Any]] = {"gettext": None, "marked": None, "ngettext": (1, 2)}
_CALLS: Final = re.compile(rb"\b(?:n?gettext|marked)\(")


@cache
def page_messages(templates_dir: Path) -> tuple[Message, ...]:
    """
    Return every sentence of the templates and of what is put into words for them, each once.

    Parameters
    ----------
    templates_dir
        Its ``*.html`` are read in the order of their names.
    """
    messages: dict[str, Message] = {}
    for singular, several in (*_of_templates(templates_dir), *_of_lists(), *_of_code()):
        first = messages.setdefault(singular, Message("", singular, several))
        # A noun may stand alone here and with a number there: its forms serve both.
        if several and not first.plural:
            messages[singular] = Message("", singular, several)
    return tuple(messages.values())


def _of_templates(templates_dir: Path) -> Iterator[tuple[str, str]]:
    # Not `babel_extract`, which reads each template a second time for remarks to translators.
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    for path in sorted(templates_dir.glob("*.html")):
        template = environment.parse(path.read_text(encoding="utf-8"))
        for _, _, text in extract_from_ast(template, ("_", "gettext", "ngettext")):
            # Words that a template takes from a list stand below; here they have no text.
            singular, several, *_ = (text, None) if isinstance(text, str) else text or (None, None)
            if singular is not None:
                yield singular, several or ""


def _of_lists() -> Iterator[tuple[str, str]]:
    for word in closed_words():
        yield word, ""
    yield from words.KINDS.values()


def _of_code() -> Iterator[tuple[str, str]]:
    for room in (telling, pages, dossier):
        for path in sorted(Path(room.__path__[0]).glob("*.py")):
            # Reading a module as tokens is slow, and most put nothing into words.
            if not _CALLS.search(path.read_bytes()):
                continue
            with path.open("rb") as file:
                for _, text, _, _ in extract("python", file, keywords=_IN_CODE):
                    if isinstance(text, str):
                        yield text, ""
                    # A text that stands in a list and is said here by its name has none here.
                    elif text and text[0]:
                        yield text[0], text[1] or ""
