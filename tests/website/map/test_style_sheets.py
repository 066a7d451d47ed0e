"""The sheet that a page loads has every word of those in site/css, and none of their remarks."""

import re
from pathlib import Path

from xstatic.pkg import leaflet

from mapper.settings import Settings
from mapper.website.map.front_end import copy_assets, read_front_end

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LINE_END = re.compile(r"(?<=[;{}])\s+")
_REMARK = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")


def _words(text: str) -> list[str]:
    """Return the words of a sheet; an end of line behind a rule or a declaration is none."""
    return _LINE_END.sub("", _REMARK.sub("", text)).split()


def test_a_page_loads_every_rule_and_no_remark(tmp_path: Path) -> None:
    settings = Settings()
    front_end = read_front_end(settings.site_source_dir)
    sources = [front_end.source_dir / "css" / name for name in front_end.css]
    sheets = {
        "page.css": "\n".join(path.read_text("utf-8") for path in sources),
        "leaflet.css": (Path(leaflet.BASE_DIR) / "leaflet.css").read_text("utf-8"),
    }

    copy_assets(front_end, settings.licenses_dir, tmp_path)

    for name, written in sheets.items():
        # Within quotes white space, or what looks like a remark, would mean something.
        bare = _REMARK.sub("", written)
        assert [q for q in _QUOTED.findall(bare) if "/*" in q or "\n" in q] == []
        loaded = (tmp_path / "assets" / name).read_text("utf-8")
        assert "/*" not in loaded
        assert _words(loaded) == _words(written)
        assert len(loaded) < len(written)
