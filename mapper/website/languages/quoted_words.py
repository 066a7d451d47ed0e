"""
The words of others inside our sentences, marked as English on the page of another language.

What is put into words is text and no markup, so it can carry no attribute. It carries two signs
instead, which the page that is made of it turns into elements.
"""

import re
from typing import Final

from markupsafe import Markup

_BEGIN: Final = "\x02"
_END: Final = "\x03"

# Where no element can stand: in a tag, and in text that a browser draws as it is.
_SIGN_OR_PLAIN: Final = re.compile(
    f"{_BEGIN}|{_END}|<(title|text|option)\\b.*?</\\1>|<[^>]*>", re.DOTALL
)


def quoted(text: str) -> str:
    """Return the words of others between the signs; no text of the registry holds such a sign."""
    return f"{_BEGIN}{text}{_END}"


def unquoted(text: str) -> str:
    """Return a text without the signs, where it is shown as it is or taken away."""
    return text.replace(_BEGIN, "").replace(_END, "")


def mark_quoted(page: str, attributes: Markup) -> str:
    """
    Return a page in which the words of others say their language.

    Parameters
    ----------
    page
        HTML, escaped: a ``<`` in it begins a tag.
    attributes
        What says the language, as `page_templates.english_attributes` gives it.
    """
    # Most pages of lists quote nobody, and looking for a sign is quick.
    if _BEGIN not in page:
        return page
    begin = f"<bdi{attributes}>"

    def marked(part: re.Match[str]) -> str:
        if part.group() == _BEGIN:
            return begin
        if part.group() == _END:
            return "</bdi>"
        return unquoted(part.group())

    return _SIGN_OR_PLAIN.sub(marked, page)
