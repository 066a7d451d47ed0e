"""
The catalogues of the page's languages: what each lacks, and the file made ready to be filled in.

A catalogue is written in the order of the English words and with a head of fixed lines, without
the dates and names that gettext's own programs add: so only what was translated shows in a diff,
and no translator is named.
"""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import write_po

from mapper.clean.durable_files import replace_file
from mapper.website.languages.catalogue import Message, faults, key_of, messages_of, read_catalogue
from mapper.website.languages.page_messages import page_messages
from mapper.website.languages.page_way import own_name
from mapper.website.languages.page_words import SOURCE_LANGUAGE
from mapper.website.languages.plural_forms import plural_forms

_HEAD: Final = """\
# Words of the page in {name}. What to know before translating: docs/translating.md
msgid ""
msgstr ""
"Project-Id-Version: Whose Cameras\\n"
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"

"""


def lacks(site_dir: Path) -> str:
    """
    List what each language lacks, one line for each key.

    Parameters
    ----------
    site_dir
        Holds ``page.json``, which names the languages, and ``i18n/``.
    """
    lines = []
    for lang in _languages(site_dir):
        path = _path(site_dir, lang)
        catalogue, messages = read_catalogue(path, lang), _messages(site_dir)
        wrong = list(faults(catalogue, plural_forms(lang, catalogue), messages))
        said = f"{len(wrong)} to do" if wrong else "complete"
        lines.append(f"{path}: {said}, of {len(messages)} texts")
        lines += [f"  {line}" for line in wrong]
    return "\n".join(lines)


def update(site_dir: Path) -> str:
    """
    Make every catalogue ready to be filled in: what is missing is added empty, in English order.

    A translation whose English words have changed is kept and marked fuzzy, so that somebody
    reads it again; one whose key is gone is left out.
    """
    for lang in _languages(site_dir):
        path = _path(site_dir, lang)
        _write(path, lang, read_catalogue(path, lang), _messages(site_dir))
    return lacks(site_dir)


def add(site_dir: Path, lang: str) -> str:
    """
    Begin a language: a catalogue with every text and no translation.

    Raises
    ------
    UsageError
        If CLDR knows no such language.
    """
    own_name(lang)
    path = _path(site_dir, lang)
    messages = _messages(site_dir)
    before = read_catalogue(path, lang) if path.exists() else Catalog(locale=lang)
    _write(path, lang, before, messages)
    return (
        f"{path}: {len(messages)} texts to fill in. Then name {lang} under languages in"
        f" {site_dir / 'page.json'}."
    )


def _languages(site_dir: Path) -> list[str]:
    page: dict[str, Any] = json.loads((site_dir / "page.json").read_text(encoding="utf-8"))
    return [lang for lang in page["languages"] if lang != SOURCE_LANGUAGE]


def _path(site_dir: Path, lang: str) -> Path:
    return site_dir / "i18n" / f"{lang}.po"


def _messages(site_dir: Path) -> list[Message]:
    path = site_dir / "i18n" / f"{SOURCE_LANGUAGE}.json"
    english = messages_of(json.loads(path.read_text(encoding="utf-8")))
    return [*english, *page_messages(site_dir / "templates")]


def _write(path: Path, lang: str, before: Catalog, messages: Iterable[Message]) -> None:
    after = Catalog(locale=lang)
    # The rule of the catalogue stays as its translators have it.
    after.mime_headers = [("Plural-Forms", before.plural_forms)]
    count = before.num_plurals
    of_key = {key_of(entry): entry for entry in before if entry.id}
    for message in messages:
        entry = of_key.get(message.key or message.text)
        text, is_fuzzy = _kept(message, entry, count)
        flags = ["fuzzy"] if is_fuzzy else []
        after.add(message.gettext_id, text, context=message.key or None, flags=flags)
    body = io.BytesIO()
    write_po(body, after, width=0, omit_header=True)
    rule = before.plural_forms.rstrip(";")
    head = _HEAD.format(name=own_name(lang), lang=lang, plural_forms=rule)
    replace_file(path, head.encode() + body.getvalue().lstrip())


def _kept(message: Message, entry: Entry | None, count: int) -> tuple[str | tuple[str, ...], bool]:
    """Return the translation to keep, or empty ones, and whether it is to be read again."""
    empty = ("",) * count if message.plural else ""
    if entry is None or isinstance(entry.string, str) == bool(message.plural):
        return empty, False
    text = entry.string if isinstance(entry.string, str) else tuple(entry.string or ())
    is_done = any(text)
    return text, is_done and (entry.fuzzy or entry.id != message.gettext_id)
