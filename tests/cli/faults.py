"""The faults of docs/faults.md, each brought about on purpose, by the name it has there."""

import gzip
import hashlib
import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from mapper.fetch.archive import Archive
from mapper.release.lock import output_lock
from tests.cli import inputs
from tests.cli.command import ROOT
from tests.fetch.raw_server import Script, ok, sends, status

Prepare = Callable[[Path], None]
SAMPLE = ROOT / "data" / "sample" / "helsinki.osm.pbf"
TAKEN_PORT = "TAKEN"
_RATE_LIMITED = (
    "<html><head><title>OSM3S Response</title></head><body><p>runtime error: open64: 0 Success "
    "Dispatcher_Client::request_read_and_idx::rate_limited. Please check /api/status</p></body>"
    "</html>"
)
_TO_COME = "2099-01-01T00:00:00Z"
AREA = "--bbox 24.9,60.1,25.0,60.2"
ASK = f"collect osm {AREA} --endpoint URL/api/interpreter"
SAID = "--publisher Riverton --date 2025-06 --license CC-BY-4.0"
# Waits of half a minute between two questions are not what is tested here.
QUICK = "import time; time.sleep = lambda seconds: None"
NOT_ROOT = "import os; os.getuid() or os.setuid(65534)"
NO_SPACE = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
INTERRUPTED = """
import os, signal
import mapper.pipeline.releasing as releasing
releasing.write_all = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)
"""
UNFORESEEN = """
import mapper.pipeline.building as building
def load(folder): raise LookupError("no such thing")
building.load = load
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """
    How one fault comes about.

    Attributes
    ----------
    words
        The command; ``URL`` stands for the stand-in server.
    prepare
        Writes the files into the folder of the test.
    script
        What the stand-in server answers; None for no server.
    before
        Python run in the command's process before it.
    during
        What else goes on while the command runs.
    needs_build
        Whether the folder holds the Riverton input and its build.
    """

    words: str
    prepare: Prepare = field(default=lambda _: None)
    script: Script | None = None
    before: str = ""
    during: Callable[[Path], AbstractContextManager[object]] = lambda _: nullcontext()
    needs_build: bool = False


def _writes(name: str, body: str | bytes) -> Prepare:
    def prepare(folder: Path) -> None:
        (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())

    return prepare


def _pbf(folder: Path) -> bytes:
    inputs.write_pbf(folder / "whole.osm.pbf", 20_000)
    return (folder / "whole.osm.pbf").read_bytes()


def _cut_within_a_block(folder: Path) -> None:
    _writes("city.osm.pbf", _pbf(folder)[:-100])(folder)


def _cut_between_blocks(folder: Path) -> None:
    whole = _pbf(folder)
    (folder / "city.osm.pbf").write_bytes(
        inputs.pbf_without_its_last_block(folder / "whole.osm.pbf")
    )
    md5 = hashlib.md5(whole, usedforsecurity=False).hexdigest()
    (folder / "city.osm.pbf.md5").write_text(f"{md5}  city.osm.pbf\n")


def _other_checksum(folder: Path) -> None:
    (folder / "city.json").write_text(WHOLE)
    (folder / "city.json.sha256").write_text(f"{'0' * 64}  city.json\n")


def _read_only(folder: Path) -> None:
    (folder / "city.json").write_text(WHOLE)
    (folder / "closed").mkdir(mode=0o555)
    # The command runs as nobody where the tests run as root, and must come so far.
    folder.chmod(0o755)


def _fewer_cameras(folder: Path) -> None:
    shutil.rmtree(folder / "build" / "site", ignore_errors=True)
    elements = json.loads((folder / "riverton.json").read_text())["elements"]
    fewer = [element for element in elements if element["type"] == "node" and element["id"] == 101]
    (folder / "riverton.json").write_text(inputs.answer(fewer))


def _release(folder: Path) -> Path:
    return next((folder / "build" / "release").glob("*.1"))


def _flipped_byte(folder: Path) -> None:
    path = _release(folder) / "cameras_osm.csv"
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(body)


def _table_damaged(folder: Path) -> None:
    path = _release(folder) / "cameras_osm.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def _file_gone(folder: Path) -> None:
    (_release(folder) / "cameras_osm.geojson").unlink()


def _file_more(folder: Path) -> None:
    (_release(folder) / "more.csv").write_text("a\n")


def _pointer_damaged(folder: Path) -> None:
    (folder / "build" / "release" / "latest.json").write_text("{")


def _broken_registry(folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "fixtures" / "registry", folder / "evidence")
    path = folder / "evidence" / "relations.csv"
    path.write_text(path.read_text("utf-8").replace(",integrator,", ",shop,"), "utf-8")


def _kept_body(folder: Path) -> Path:
    archive = Archive(folder / "data" / "raw")
    part = archive.part_path("osm")
    part.write_text(WHOLE)
    kept = archive.keep_new(
        part,
        source_id="osm",
        request_key="cameras 10,50,11,51",
        url="https://overpass.example/api/interpreter",
        retrieved_at_utc="2026-03-02T00:00:00Z",
        media_type="application/json",
        license_id="ODbL-1.0",
        proof="end of json",
    )
    return archive.body_path(kept.sha256)


def _changed_body(folder: Path) -> None:
    path = _kept_body(folder)
    path.write_text(WHOLE.replace("public", "PUBLIC"))


def _body_gone(folder: Path) -> None:
    _kept_body(folder).unlink()


@contextmanager
def _second_run(folder: Path) -> Iterator[None]:
    with output_lock(folder / "build"):
        yield


@contextmanager
def _port_taken(folder: Path) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (folder / "build" / "site").mkdir(parents=True)
        (folder / "build" / "site" / "index.html").write_text("a page")
        (folder / TAKEN_PORT).write_text(str(taken.getsockname()[1]))
        yield


def mirror(body: bytes, md5: str) -> Script:
    """Answer as a mirror of extracts: the file, and its checksum beside it."""

    def script(request: bytes, connection: socket.socket) -> None:
        is_checksum = b".md5 " in request.split(b"\r\n")[0]
        connection.sendall(ok(md5.encode()) if is_checksum else ok(body, 'ETag: "1"'))

    return script


def _rows(head: str, row: str) -> str:
    return head + "\n" + "".join(row.format(n=n) + "\n" for n in range(10, 22))


WHOLE = inputs.answer(inputs.cameras(20))
_PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>"
_REMARK = "runtime error: open64: No space left on device"
_TIMEOUT = 'runtime error: Query timed out in "query" at line 1'
_LIST = _rows("camera,longitude,latitude,make", "R{n},-119.0{n},41.0{n},Axis")
_BARE = json.dumps([{k: v for k, v in inputs.camera(1).items() if k != "timestamp"}])
_WAY = {
    "type": "way",
    "id": 7,
    "nodes": [1001, 9],
    "tags": {"man_made": "surveillance"},
}

FAULTS: dict[str, Fault] = {
    "unknown option": Fault("build --colour"),
    "unknown command": Fault("bild"),
    "a word is missing": Fault("status"),
    "missing file": Fault("build city.osm.pbf"),
    "a folder for a file": Fault("build ."),
    "empty file": Fault("build city.osm.pbf", _writes("city.osm.pbf", b"")),
    "PBF cut within a block": Fault("build city.osm.pbf", _cut_within_a_block),
    "PBF cut between blocks, .md5 beside it": Fault("build city.osm.pbf", _cut_between_blocks),
    "another checksum beside the file": Fault("build city.json", _other_checksum),
    "foreign file": Fault("build city.osm.pbf", _writes("city.osm.pbf", inputs.png())),
    "web page for a file": Fault("build city.osm.pbf", _writes("city.osm.pbf", _PAGE)),
    "OSM XML cut": Fault("build city.osm", _writes("city.osm", '<?xml version="1.0"?>\n<osm>')),
    "gzip cut": Fault("build c.json.gz", _writes("c.json.gz", gzip.compress(WHOLE.encode())[:-9])),
    "gzip bomb": Fault("build c.json.gz", _writes("c.json.gz", inputs.bomb())),
    "JSON cut": Fault("build city.json", _writes("city.json", WHOLE[:-1])),
    "JSON with a key twice": Fault(
        "build city.json", _writes("city.json", WHOLE.replace('"osm3s"', '"version": 1, "osm3s"'))
    ),
    "JSON nested without end": Fault("build city.json", _writes("city.json", "[" * 100_000)),
    "JSON with NaN": Fault("build city.json", _writes("city.json", WHOLE.replace("10.0", "NaN"))),
    "JSON of another kind": Fault(
        "build city.json", _writes("city.json", '{"type": "FeatureCollection", "features": []}')
    ),
    "file with a remark": Fault(
        "build city.json", _writes("city.json", inputs.answer([], remark=_REMARK))
    ),
    "a camera's way without its nodes": Fault(
        "build city.json", _writes("city.json", inputs.answer([*inputs.cameras(3), _WAY]))
    ),
    "no date anywhere": Fault("build city.json", _writes("city.json", _BARE)),
    "no day": Fault("build sample --as-of 2026-02-30"),
    "nothing to publish": Fault("build city.json", _writes("city.json", inputs.answer([]))),
    "a sudden fall": Fault("build riverton.json", _fewer_cameras, needs_build=True),
    "output is a file": Fault("build --out city.json", _writes("city.json", WHOLE)),
    "output is the root": Fault("build --out /"),
    "read-only folder": Fault("build city.json --out closed/build", _read_only, before=NOT_ROOT),
    "full disk": Fault("build city.json", _writes("city.json", WHOLE), before=NO_SPACE),
    "second run at once": Fault("build riverton.json", during=_second_run, needs_build=True),
    "interrupted": Fault("build riverton.json", before=INTERRUPTED, needs_build=True),
    "unforeseen": Fault("build riverton.json", before=UNFORESEEN, needs_build=True),
    "a byte of a release flipped": Fault("verify", _flipped_byte, needs_build=True),
    "a file of a release gone": Fault("verify", _file_gone, needs_build=True),
    "a file more in a release": Fault("verify", _file_more, needs_build=True),
    "a table of a release damaged": Fault("explain osm:node/101", _table_damaged, needs_build=True),
    "the pointer damaged": Fault("verify", _pointer_damaged, needs_build=True),
    "no release": Fault("verify elsewhere"),
    "unknown camera": Fault("explain osm:node/1", needs_build=True),
    "unknown vendor": Fault("vendor Qwxzy"),
    "misspelled vendor": Fault("vendor Hikvison"),
    "unknown deployment": Fault("chain qwxzy"),
    "unknown list": Fault("status Hikvision --on 2022 --list qwxzy"),
    "an organisation the registry does not know": Fault("status Qwxzy --on 2022"),
    "no date to ask for": Fault("status Hikvision --on yesterday"),
    "a broken row of evidence": Fault("registry check evidence", _broken_registry),
    "no folder of evidence": Fault("registry check nowhere"),
    "no page to serve": Fault("serve --no-open"),
    "port in use": Fault(f"serve --no-open --port {TAKEN_PORT}", during=_port_taken),
    "unknown source": Fault("collect qwxzy"),
    "not collected": Fault("build osm"),
    "a body of the archive changed": Fault("build osm", _changed_body),
    "a body of the archive gone": Fault("build osm", _body_gone),
    "archive that may not be written": Fault(
        f"{ASK} --raw closed/raw", _read_only, script=sends(ok(b"{}")), before=NOT_ROOT
    ),
    "offline, and nothing kept": Fault(f"collect osm {AREA} --offline"),
    "nothing asked for": Fault("collect osm"),
    "no bounding box": Fault("collect osm --bbox 24.9,60.1,25.0"),
    "bounding box in another order": Fault("collect osm --bbox 24.9,60.2,25.0,60.1"),
    "area too large": Fault("collect osm --bbox 0,40,10,50"),
    "unknown place": Fault('collect osm --place "Qwxzy upon Nothing"'),
    "no web address": Fault(f"collect osm {AREA} --endpoint localhost"),
    "nobody answers": Fault(
        f"collect osm {AREA} --endpoint http://127.0.0.1:9/api/interpreter", before=QUICK
    ),
    "server busy (504)": Fault(ASK, script=sends(status(504)), before=QUICK),
    "server sends a page with 200": Fault(ASK, script=sends(ok(_PAGE.encode())), before=QUICK),
    "server remarks with 200": Fault(
        ASK, script=sends(ok(inputs.answer([], remark=_REMARK).encode())), before=QUICK
    ),
    "server times out, however small the area": Fault(
        ASK, script=sends(ok(inputs.answer([], remark=_TIMEOUT).encode())), before=QUICK
    ),
    "server names its reason in a page": Fault(
        ASK, script=sends(ok(_RATE_LIMITED.encode(), media_type="text/html")), before=QUICK
    ),
    "server does not take the program (406)": Fault(ASK, script=sends(status(406)), before=QUICK),
    "answer of a day to come": Fault(
        ASK,
        script=sends(ok(inputs.answer([]).replace(inputs.DATA_TIME, _TO_COME).encode())),
        before=QUICK,
    ),
    "redirect to what is no address": Fault(
        ASK, script=sends(status(302, b"", "Location: http://[::")), before=QUICK
    ),
    "answer cut": Fault(ASK, script=sends(ok(WHOLE.encode())[:-9]), before=QUICK),
    "extract with another checksum": Fault(
        "collect osm --pbf URL/city.osm.pbf", script=mirror(b"x" * 99, "0" * 32), before=QUICK
    ),
    "extract not there": Fault(
        "collect osm --pbf URL/city.osm.pbf", script=sends(status(404)), before=QUICK
    ),
    "list without publisher, date, licence": Fault(
        "import cameras.csv", _writes("cameras.csv", _LIST)
    ),
    "list called like another source": Fault(
        f"import cameras.csv {SAID} --id osm", _writes("cameras.csv", _LIST)
    ),
    "list without columns known here": Fault(
        f"import cameras.csv {SAID}", _writes("cameras.csv", "a,b\n1,2\n")
    ),
    "list whose words about privacy are not understood": Fault(
        f"import cameras.csv {SAID}",
        _writes("cameras.csv", "latitude,longitude,access\n60.1,24.9,level 2\n"),
    ),
    "list as a web page": Fault(f"import cameras.csv {SAID}", _writes("cameras.csv", _PAGE)),
    "mapping is no TOML": Fault(
        f"import cameras.csv {SAID} --mapping cameras.toml",
        lambda folder: (
            _writes("cameras.csv", _LIST)(folder),
            _writes("cameras.toml", "columns: lon")(folder),
        )[-1],
    ),
    "mapping names a column that is not there": Fault(
        f"import cameras.csv {SAID} --mapping cameras.toml",
        lambda folder: (
            _writes("cameras.csv", _LIST)(folder),
            _writes("cameras.toml", '[columns]\nlon = "east"\nlat = "latitude"\n')(folder),
        )[-1],
    ),
    "axes swapped": Fault(
        f"import cameras.csv {SAID}",
        _writes("cameras.csv", _rows("camera,latitude,longitude", "R{n},-119.0{n},41.0{n}")),
    ),
    "projected coordinates": Fault(
        f"import cameras.csv {SAID}",
        _writes("cameras.csv", _rows("camera,x,y", "R{n},385{n}00.5,66720{n}0.5")),
    ),
    "numbers mangled by a spreadsheet": Fault(
        f"import cameras.csv {SAID}",
        _writes("cameras.csv", _rows("camera;latitude;longitude", "R{n};461.993.8{n};8.123.4{n}")),
    ),
}
