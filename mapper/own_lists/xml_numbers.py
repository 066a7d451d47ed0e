"""Positions in XML that a reader would take for zero without a word."""

import io
import re
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mapper.own_lists.table import refused

_NUMBERS: Final = re.compile(r"[-+0-9.eE,\s]+", re.ASCII)
_IN_ATTRIBUTES: Final = frozenset({"wpt"})
_IN_TEXT: Final = frozenset({"pos", "coordinates"})


def require_numbers(name: str, body: bytes) -> None:
    """
    Look through the positions of a GPX or GML file.

    GDAL reads what is no number as 0, which lies in the Gulf of Guinea and not in the list.

    Raises
    ------
    SourceFormatError
        If a position is no number, or the file is no whole XML.
    """
    try:
        for number, (_, element) in enumerate(iterparse(io.BytesIO(body), forbid_dtd=True), 1):
            local = element.tag.rpartition("}")[2]
            if local in _IN_ATTRIBUTES:
                texts = [element.get("lat", ""), element.get("lon", "")]
            else:
                texts = [element.text or ""] if local in _IN_TEXT else []
            odd = next((text for text in texts if not _NUMBERS.fullmatch(text)), None)
            if odd is not None:
                where = f"element {number}, <{local}>"
                what = f"has a position that is no number: {odd[:40]!r} in {where}"
                raise refused(name, what, "mend it, or take it out.")
            element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refused(name, f"is no whole XML ({error})", "get it again.") from error
