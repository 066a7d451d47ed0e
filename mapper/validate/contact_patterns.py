"""
Contact data inside values: e-mail, telephone, bank account, address of a machine or a stream.

None of the published tags has a reason to hold one, so a value that does is withheld whole.
"""

import re
from functools import lru_cache
from typing import Final

NUMERIC_KEYS: Final = frozenset(
    {
        "direction",
        "camera:direction",
        "camera:angle",
        "height",
        "start_date",
        "check_date",
        "survey:date",
        "directions_as_written",
        "first_mapped_on",
        "installed_on",
        "last_checked_on",
        "retrieved_at_utc",
        "edited_on",
    }
)
"""Keys and columns of numbers or dates, which never have ten digits on end by nature."""

REFERENCE_COLUMNS: Final = frozenset(
    {"camera_id", "pole_id", "source_id", "source_ref", "source_url", "license_id"}
)
"""Columns of references; long numbers and our own addresses are their nature."""

NAME_KEYS: Final = frozenset(
    {"operator", "manufacturer", "brand", "surveillance:brand", "model", "operator_name"}
    | {"vendor_as_written"}
)
"""Keys and columns of names; a host or a plate there is somebody's machine or car."""

# A full-width @ and "(at)" are how people hide an address from machines.
_EMAIL = re.compile(r"\S\s?(@|\(at\)|\[at\]|\{at\}|\uff20)\s?\S+\.\w", re.IGNORECASE)
_EMAIL_SPELLED = re.compile(
    r"\S[\s_(\[{<]+(?:at|a t|arroba|@|chez|bei|sobaka|собака)[\s_)\]}>]+\S+"
    r"(?:[\s_(\[{<]+(?:dot|punkt|punto|ponto|point|точка)[\s_)\]}>]+|\s?\.\s?)"
    r"(?:[a-z]{2,6})\b|\S\s?[(\[{<]\s?(?:at|ät|arroba|собака)\s?[)\]}>]|\S@\S",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9][\w-]*\.)+(?:com|net|org|info|biz|io|tv|cam|live|dyndns|ddns|local|lan"
    r"|[a-z]{2})(?::\d+|/\S*)?(?![\w.])",
    re.IGNORECASE,
)
_PHONE_SAID = re.compile(
    r"(?:tel|phone|fon|fono|mob|mobile|handy|whatsapp|sms|call|fax|тел|телефон|电话|電話|전화)"
    r"[\s.:№]*\+?\d(?:[\s().\-/]{0,2}\d){4,}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"://|\bwww\.\S", re.IGNORECASE)
# user:password@host, as it stands in the address of a stream.
_CREDENTIALS = re.compile(r"\b\w+:[^\s:@/]+@[\w.\-]+", re.IGNORECASE)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
# Each part at most 255, and no fifth part: a version number is no address.
_IPV4 = re.compile(rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})(?![\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:\-])(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2}(?![\w:\-])", re.IGNORECASE)
_PHONE_ABROAD = re.compile(r"(?:[+\uff0b]|(?<!\w)00)\s?\d(?:[\s().\-/]{0,2}\d){7,}")
# Seven digits that stand alone, or nine whatever follows: house numbers and years are shorter.
_PHONE_AT_HOME = re.compile(
    r"(?<!\w)\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\w)|(?<!\w)\(?\d(?:[\s().\-/]{0,2}\d){8,}"
)
_DIGITS_ON_END = re.compile(r"\d{10}")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}(?!\w)")

# Letters, blanks, commas, apostrophes: nearly every name. Of all patterns here only an address that
# is spelled out can be made of these, for each of the others asks for a digit or another sign.
_PLAIN = re.compile(r"(?:[^\W\d_]|[ ,'])+")

_ALWAYS = (
    _EMAIL,
    _EMAIL_SPELLED,
    _PHONE_SAID,
    _ADDRESS,
    _CREDENTIALS,
    _IPV4,
    _IPV6,
    _MAC,
    _PHONE_ABROAD,
)


def _is_iban(text: str) -> bool:
    """Whether a candidate carries the check digits of ISO 13616 (remainder 1 by 97)."""
    compact = "".join(text.split())
    # Letters count as 10 to 35, which is what base 36 gives.
    digits = "".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])
    return int(digits) % 97 == 1


def holds_contact(key: str, value: str) -> bool:
    """
    Whether a value of a key or column holds contact data or a machine's address.

    Parameters
    ----------
    key
        Tag key or column name; decides whether bare digits can be a telephone number.
    value
        The text.
    """
    return _holds_contact(value, is_name=key in NAME_KEYS, is_number=key in NUMERIC_KEYS)


# One text is asked of several keys and columns, and again by the rules for operators.
@lru_cache(maxsize=65_536)
def _holds_contact(value: str, *, is_name: bool, is_number: bool) -> bool:
    if _PLAIN.fullmatch(value):
        return _EMAIL_SPELLED.search(value) is not None
    if any(pattern.search(value) for pattern in _ALWAYS):
        return True
    if is_name and _HOST.search(value):
        return True
    # Type numbers look like accounts; only the check digits tell them apart.
    if any(_is_iban(found.group()) for found in _IBAN.finditer(value)):
        return True
    # "2024-05-01; 2024-06-01" is no telephone number, so numbers and dates need ten digits on end.
    bare = _DIGITS_ON_END if is_number else _PHONE_AT_HOME
    return bare.search(value) is not None
