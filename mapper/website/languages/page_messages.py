"""The sentences of the page templates that every language needs."""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2.ext import babel_extract

from mapper.telling import words
from mapper.website.languages.catalogue import Message

_OPTIONS: Final = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}


@cache
def page_messages(templates_dir: Path) -> tuple[Message, ...]:
    """
    Return every sentence of the templates, and the closed lists of words that they show, each once.

    Parameters
    ----------
    templates_dir
        Its ``*.html`` are read in the order of their names.
    """
    messages: dict[str, Message] = {}
    for path in sorted(templates_dir.glob("*.html")):
        with path.open("rb") as file:
            for _, _, text, _ in babel_extract(file, ("_", "gettext", "ngettext"), (), _OPTIONS):
                # Words that a template takes from a list stand below; here they have no text.
                singular, several, *_ = (
                    (text, None) if isinstance(text, str) else text or (None, None)
                )
                if singular is not None:
                    messages.setdefault(singular, Message("", singular, several or ""))
    for word in words.ORGANISATION_KINDS.values():
        messages.setdefault(word, Message("", word))
    for one, several in words.KINDS.values():
        messages.setdefault(one, Message("", one, several))
    return tuple(messages.values())
