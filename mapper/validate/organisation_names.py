"""
Whether a written operator is an organisation's name, or may be a person's.

A name is published only where something says that it is an organisation's; silence withholds.
The words are those of the trade and lie in ``organisation_words.txt``.
"""

import re
import unicodedata
from importlib.resources import files
from typing import Final

_NOT_WORD: Final = re.compile(r"[^\w&]+")
_DOTTED: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_COMPOUND_LENGTH: Final = 7


def normalise(name: str) -> str:
    """Fold a name for comparison: NFKD, no accents, casefolded, punctuation to one space."""
    joined = _DOTTED.sub("", name)
    folded = unicodedata.normalize("NFKD", joined).casefold()
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare.replace("\N{LATIN SMALL LETTER L WITH STROKE}", "l")).strip()


def _read_words() -> dict[str, tuple[str, ...]]:
    """Read the word list: by section, the words in the order of the file."""
    sections: dict[str, tuple[str, ...]] = {}
    name = ""
    text = files("mapper.validate").joinpath("organisation_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = ()
        elif line and not line.startswith("#"):
            sections[name] += tuple(line.split())
    return sections


_LISTS: Final = _read_words()
_WORDS: Final = frozenset(_LISTS["words"])
_CAPITALS: Final = frozenset(_LISTS["capitals"])
_STEMS: Final = _LISTS["stems"]
_ENDINGS: Final = _LISTS["endings"]
_PRIVATE: Final = frozenset(_LISTS["private"])

# Written without spaces between words: anywhere, or at the end of the name.
_ANYWHERE: Final = re.compile(
    "警察|公安|派出所|銀行|银行|株式会社|有限会社|有限公司|集团|集團|大学|大學|学校|學校|病院|医院|醫院"
    "|市役所|区役所|役場|政府|交通|鉄道|铁路|鐵路|機場|机场|空港|協会|协会|组合|組合|委員会|委员会|管理|神社"
    "|경찰|시청|구청|군청|은행|공사|공단|주식회사|대학|학교|병원|특별시|광역시|관리|아파트"
    "|شرطة|بلدية|وزارة|بنك|مصرف|جامعة|شركة|مستشفى|مدرسة|شهرداری|پلیس|بانک|دانشگاه|شرکت"
    "|משטרת|עיריית|בנק|אוניברסיטת|חברת|पुलिस|नगर निगम|बैंक|विश्वविद्यालय|পুলিশ|ব্যাংক"
    "|ตำรวจ|ธนาคาร|เทศบาล|มหาวิทยาลัย|บริษัท|โรงเรียน"
)
_AT_END: Final = re.compile(
    r"(市|県|區|区|省|县|縣|局|署|庁|廳|公司|会社|本部|学院|學院|酒店|中心)$"
)

# Russian and Ukrainian surnames that begin like a word of the list: one ends so, the word does not.
_SURNAME: Final = re.compile("(ов|ова|ев|ева|ин|ина|енко|чук|юк)$")

_PRIVATE_PHRASES: Final = re.compile(
    r"^(private (owner|person|individual|home|house|property|residence|resident|citizen)s?"
    r"|privat(e|es|er)? (person|haus|haushalt|grundstuck|eigentum)\w*"
    r"|(жилои|частныи) дом|частное лицо|home ?owners?|house ?owner|residence)$"
)
_HOUSEHOLD_BEGINS: Final = tuple(f"{normalise(word)} " for word in _LISTS["household"])
_HOUSEHOLD_ENDS: Final = re.compile(r"\w (family|household|residence)$|^the \w+s$")
_WIKIDATA: Final = re.compile(r"\s*Q[1-9]\d{0,11}\s*")
_DOMAIN: Final = re.compile(r"(?:[\w-]+\.)*[\w-]{3,}\.(?:com|org|net|info|gov|edu|[a-z]{2})")
_CODE: Final = re.compile(r"[^\W_a-z][^\W_a-z&/.\-]{1,7}")
_VOWELS: Final = frozenset("AEIOUYÄÖÜАЕЁИОУЫЭЮЯ")  # noqa: RUF001 - both alphabets are meant


def may_be_a_person(name: str) -> bool:
    """
    Whether a name says itself that it is a private person's or a household's.

    Such a name is withheld however often it stands in the data.
    """
    folded = normalise(name)
    if folded.startswith(_HOUSEHOLD_BEGINS) or _HOUSEHOLD_ENDS.search(folded):
        return True
    if _PRIVATE_PHRASES.search(folded):
        return True
    words = folded.split()
    return not words or all(word in _PRIVATE for word in words)


def has_organisation_word(name: str) -> bool:
    """
    Whether a name carries a word that organisations have and persons do not.

    Notes
    -----
    Scripts without spaces are searched whole; all others word by word, so that no surname
    is caught by a part of it.
    """
    if _ANYWHERE.search(name) or _AT_END.search(name.strip()):
        return True
    if any(_is_legal_form(word) for word in _DOTTED.sub("", name).split()):
        return True
    return any(
        word in _WORDS
        or (word.startswith(_STEMS) and (word in _STEMS or not _SURNAME.search(word)))
        or (len(word) >= _COMPOUND_LENGTH and word.endswith(_ENDINGS))
        for word in normalise(name).split()
    )


def is_organisation(name: str) -> bool:
    """Whether a name says of itself that it is an organisation's; silence withholds it."""
    return not may_be_a_person(name) and (has_organisation_word(name) or is_code(name))


def _is_legal_form(word: str) -> bool:
    """Whether a word is one of the short legal forms, in plain capitals: `SA`, not `Sá`."""
    bare = word.strip(".,;()")
    if bare == "eV":  # eingetragener Verein is written so, never in capitals
        return True
    return bare.isascii() and bare.isupper() and bare.casefold() in _CAPITALS


def is_code(name: str) -> bool:
    """
    Whether a name is a web domain or begins with an unpronounceable code, `MPD`, `C5 CDMX`.

    Capitals with a vowel may be a family name (LEE, KIM) and do not count.
    """
    if _DOMAIN.fullmatch(name.strip()):
        return True
    first = next(iter(name.split()), "")
    if len(first) < 3 and not any(sign.isdigit() for sign in first):  # noqa: PLR2004 - initials
        return False
    return _CODE.fullmatch(first) is not None and first.isupper() and _VOWELS.isdisjoint(first)


def is_wikidata_id(text: str) -> bool:
    """Whether a value is one Wikidata id, or several separated by a semicolon."""
    return all(_WIKIDATA.fullmatch(part) for part in text.split(";"))
