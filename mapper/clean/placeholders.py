"""Texts that stand where nothing is known: neither a person nor a maker nor an operator."""

import re
import unicodedata
from typing import Final

_WORDS: Final = frozenset(
    # English and what programs write
    ["na", "n a", "nan", "null", "nil", "none", "nothing", "empty", "blank", "unknown", "unkown",
     "not known", "not available", "not applicable", "not specified", "not stated", "not provided",
     "not recorded", "not given", "unspecified", "undefined", "undetermined", "unavailable",
     "no data", "no info", "no information", "no value", "missing", "tbc", "tbd", "tba", "fixme",
     "todo", "to be confirmed", "to be determined", "other", "others", "various", "misc", "xxx",
     "unk", "n d", "nd", "n k", "div0", "operator name",
     "manufacturer name", "redacted", "withheld",
     # German, Dutch, Nordic
     "keine angabe", "keine angaben", "k a", "unbekannt", "nicht bekannt", "ohne angabe",
     "ohne", "keine", "onbekend", "geen", "nvt", "n v t", "niet bekend", "ukjent", "okänd",
     "okand", "ukendt", "ei tietoa", "tuntematon", "ei tiedossa", "óþekkt",
     # Romance
     "inconnu", "inconnue", "non renseigné", "non renseigne", "non communiqué", "sans objet", "nc",
     "n c", "desconocido", "desconocida", "sin datos", "sin dato", "no disponible", "ninguno",
     "ninguna", "s d", "sin información", "sconosciuto", "non disponibile", "nessuno",
     "non noto", "desconhecido", "não informado", "sem informação", "necunoscut", "desconegut",
     # Slavic, Baltic, Greek, Turkish, Hungarian
     "nieznany", "nieznane", "brak", "brak danych", "neznámý", "neznámé", "neuvedeno", "nezadáno",
     "neznámy", "nepoznato", "nepoznat", "neznano", "неизвестно", "неизвестен", "нет данных", "нет",
     "невідомо", "немає даних", "неизвестна", "nezināms", "nežinoma", "teadmata", "άγνωστο",
     "άγνωστος", "bilinmiyor", "yok", "ismeretlen", "nincs adat",
     # Further scripts
     "不明", "未知", "无", "無", "なし", "없음", "미상", "غير معروف", "לא ידוע", "ไม่ทราบ"]
)  # fmt: skip
_BRACKETED: Final = re.compile(r"[\[<{(].{0,80}[\]>})]")
_ASKS: Final = re.compile(
    r"\b(?:enter|insert|add|type|fill|your|name|here|please|placeholder|unknown|tbd|eingeben)\b",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"Q\d{1,12}")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_STREAM: Final = re.compile(
    r"://|^www\.|^[\w.\-]+\.(?:com|org|net|html?|php|asp|m3u8|mjpe?g|jpe?g)(?:[/?:].*)?$",
    re.IGNORECASE,
)


def is_placeholder(value: str) -> bool:
    """
    Whether a value says that nothing is known, or only where a picture can be seen.

    Such are ``N/A``, ``NaN``, ``-``, ``[Enter operator name]``, ``keine Angabe``, a bare item
    number of Wikidata, and the address of a stream or a page.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    words = _NOT_LETTERS.sub(" ", text.casefold()).strip()
    if not words or words in _WORDS:
        return True
    if _BRACKETED.fullmatch(text) and (_ASKS.search(text) or words in _WORDS):
        return True
    return _ITEM.fullmatch(text) is not None or _STREAM.search(text) is not None
