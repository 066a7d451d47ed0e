"""
A map for notebooks that no value of the data can take over.

``GeoDataFrame.explore`` draws by folium, which parses the text it made a second time as a
template: an operator named ``{{ ... }}`` runs there. Here values travel as JSON into a frame
without rights, and become text.
"""

import json
import math
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

import geopandas as gpd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from xstatic.pkg import leaflet

from mapper.errors import UsageError
from mapper.settings import Settings, bundled_root

CAMERAS_MAX: Final = 50_000
"""So many are drawn; more would make the notebook itself unusable."""
_SHOWN: Final = (
    "camera_id",
    "device_type",
    "camera_type",
    "operator_name",
    "vendor_as_written",
    "vendor_id",
    "country_code",
    "admin1",
    "admin2",
    "nearest_place",
    "first_mapped_on",
    "last_checked_on",
    "source_url",
    "license_id",
)
_HEIGHT_PX: Final = 480


@dataclass(frozen=True, slots=True)
class NotebookMap:
    """
    A map that a notebook shows.

    Attributes
    ----------
    document
        A whole HTML document, which asks no other host for anything.
    """

    document: str

    def _repr_html_(self) -> str:
        """Return a frame without rights but its own scripts, for the notebook to show."""
        return (
            f'<iframe sandbox="allow-scripts" width="100%" height="{_HEIGHT_PX}" '
            f'style="border:0" srcdoc="{escape(self.document)}"></iframe>'
        )

    def save(self, path: Path | str) -> Path:
        """Write the document to a file, and return its path."""
        target = Path(path)
        target.write_text(self.document, encoding="utf-8", newline="\n")
        return target


def explore(cameras: gpd.GeoDataFrame, columns: Sequence[str] | None = None) -> NotebookMap:
    """
    Draw cameras on a map for a notebook.

    Parameters
    ----------
    cameras
        Points, as ``mapper.load`` gives them; any coordinate system.
    columns
        What the card of a camera shows; None takes a usual choice of those that are there.

    Raises
    ------
    UsageError
        If there are too many, a column is not there, or the positions have no coordinate system.
    """
    if len(cameras) > CAMERAS_MAX:
        msg = f"{len(cameras):,} cameras are too many for a notebook; {CAMERAS_MAX:,} can be drawn"
        raise UsageError(msg, next_step="choose by country, admin, vendor or bbox in mapper.load.")
    if cameras.crs is None:
        msg = "the cameras have no coordinate system"
        raise UsageError(msg, next_step='set it: cameras.set_crs("EPSG:4326")')
    shown = [name for name in _SHOWN if name in cameras.columns] if columns is None else columns
    if absent := [name for name in shown if name not in cameras.columns]:
        msg = f"the cameras have no column {absent[0]}"
        raise UsageError(msg, next_step=f"There are: {', '.join(map(str, cameras.columns))}.")
    points = cameras.geometry.to_crs("EPSG:4326")
    land = json.loads((Settings().boundaries_dir / "land_110m.json").read_bytes())
    cells = [[_text_or_none(value) for value in cameras[name]] for name in shown]
    given = {
        "columns": list(shown),
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "lon_deg": points.x.tolist(),
        "lat_deg": points.y.tolist(),
        "land": {"q": land["q"], "rings": land["rings"]},
    }
    return NotebookMap(_document(given, _credit(cameras)))


def _text_or_none(value: object) -> str | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, list):
        return "; ".join(str(part) for part in value) or None
    # pandas has a missing value of its own, whose text is this.
    return None if str(value) == "<NA>" else str(value)


def _credit(cameras: gpd.GeoDataFrame) -> str:
    licenses = sorted({str(name) for name in cameras.get("license_id", ())})
    named = f" Licence of the rows: {', '.join(licenses)}." if licenses else ""
    return f"Whose Cameras.{named} Land: Natural Earth."


@cache
def _code() -> tuple[str, tuple[str, ...]]:
    """Return the style sheet of Leaflet, and the scripts: Leaflet and ours."""
    library = Path(leaflet.BASE_DIR)
    own = bundled_root() / "site" / "notebook" / "notebook_map.js"
    scripts = ((library / "leaflet.js").read_text("utf-8"), own.read_text("utf-8"))
    return (library / "leaflet.css").read_text("utf-8"), scripts


def _document(given: dict[str, object], credit: str) -> str:
    css, scripts = _code()
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    # No address is allowed for anything: what the frame shows is all within it.
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    environment = Environment(
        loader=FileSystemLoader(bundled_root() / "site" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("notebook_map.html").render(
        policy=policy, css=css, scripts=scripts, given=given, credit=credit
    )
