"""The styles of a page have every word of those in site/css, and none of their remarks."""

import re
import shutil
from pathlib import Path

import pytest
from xstatic.pkg import leaflet

from mapper.errors import StorageError
from mapper.settings import Settings
from mapper.website.map.front_end import read_front_end

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LINE_END = re.compile(r"(?<=[;{}])\s+")
_REMARK = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")


def _words(text: str) -> list[str]:
    """Return the words of a sheet; an end of line behind a rule or a declaration is none."""
    return _LINE_END.sub("", _REMARK.sub("", text)).split()


def test_a_page_has_every_rule_and_no_remark() -> None:
    front_end = read_front_end(Settings().site_source_dir)
    own = [front_end.source_dir / "css" / name for name in front_end.css]
    sources = [Path(leaflet.BASE_DIR) / "leaflet.css", *own]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    # Within quotes white space, or what looks like a remark, would mean something.
    bare = _REMARK.sub("", text)
    assert [q for q in _QUOTED.findall(bare) if "/*" in q or "\n" in q] == []

    styles = front_end.styles()

    assert "/*" not in styles
    assert _words(styles) == _words(text)
    assert len(styles) < len(text)


def test_styles_that_would_end_their_element_are_refused(tmp_path: Path) -> None:
    shutil.copytree(Settings().site_source_dir, tmp_path / "site")
    sheet = tmp_path / "site" / "css" / "base.css"
    sheet.write_text(sheet.read_text("utf-8") + '\np::after { content: "</style>" }\n', "utf-8")

    with pytest.raises(StorageError, match="ends a style"):
        read_front_end(tmp_path / "site").styles()
