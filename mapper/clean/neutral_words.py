"""
A lint that keeps words about legal lists neutral.

Only an asset freeze is a sanction in law; a list with another effect is never called one, and no
text of ours says that somebody is guilty.
"""

import re

_QUOTED = re.compile(r"“[^”]*”")
_ADDRESS = re.compile(r"\bhttps?://\S+|\b[\w-]*sanction[\w-]*\.\w[\w.]*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|[|;]")
_SANCTION = re.compile(r"\bsanction(?:s|ed|ing)?\b", re.IGNORECASE)
_OTHER_LISTS = re.compile(
    r"entity list|covered list|\b889\b|\bndaa\b|1260h|\bcmic\b|military-industrial|"
    r"export[- ](?:control|licen[cs]e)|procurement|authori[sz]ation|equipment list|"
    r"limit on securities|defence-contracting|investment canada|sponsors? of war|public naming",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:violat(?:es|ed|ing)|complicit|complicity)\b", re.IGNORECASE)


def lint_words(text: str) -> tuple[str, ...]:
    """
    Find words that say more than a source does.

    Parameters
    ----------
    text
        Plain text as a reader sees it. What stands between “ and ” is a quotation or a
        title as printed and is not ours; web addresses are not read either.

    Returns
    -------
    tuple of str
        One message for each sentence that calls a list other than an asset freeze a sanction,
        or that uses a word of guilt; empty if there is none.
    """
    # The name of a site or a title as printed may hold the word; only our own words are judged.
    own = _ADDRESS.sub(" ", _QUOTED.sub(" ", text))
    messages = []
    for sentence in _SENTENCE.split(own):
        if _SANCTION.search(sentence) and _OTHER_LISTS.search(sentence):
            messages.append(f"calls a list without an asset freeze a sanction: {sentence.strip()}")
        if _NEVER.search(sentence):
            messages.append(f"uses a word of guilt: {sentence.strip()}")
    return tuple(messages)
