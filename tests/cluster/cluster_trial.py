"""
Partitions on a dask cluster of two workers, one killed in the middle, and in an object store.

``make cluster`` runs it in an environment of its own: dask and moto are no test dependencies. The
cluster and the store are started here, on the loopback.
"""

import os
import signal
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

import geopandas as gpd
import osmium
import pytest

from mapper.errors import StorageError, UsageError
from mapper.exposure.sights import Assumptions
from mapper.model.progress import NoProgress
from mapper.partitions import partition_addresses
from mapper.partitions.executors import opened_executor
from mapper.partitions.running import Partition, run
from mapper.pipeline.history import history
from mapper.pipeline.partitioned import Workers, cut, streets
from mapper.pipeline.tiled_streets import streets_by
from mapper.settings import Settings
from tests.cluster.cluster_of_two import ROOT, cluster_of_two
from tests.exposure.exposure_cases import frame_of
from tests.partitions import tasks

SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"
LOG = ROOT / "build" / "cluster.log"
"""What scheduler and workers said."""
_TAGS = {"man_made": "surveillance", "surveillance:type": "camera"}
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(name="scheduler", scope="module")
def scheduler_of_two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers as a person would, and give its address."""
    folder = tmp_path_factory.mktemp("cluster")
    with cluster_of_two(folder) as address:
        yield address
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text((folder / "log").read_text("utf-8"), "utf-8")


@pytest.fixture(name="bucket", scope="module")
def store_on_the_loopback() -> Iterator[str]:
    """Start an object store, and give the address of a bucket in it."""
    server = import_module("moto.server").ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        import_module("boto3").client("s3").create_bucket(Bucket="cameras")
        yield "s3://cameras/part"
    server.stop()


def _cameras() -> gpd.GeoDataFrame:
    silent = {"angle": None, "precision": None, "maker": "", "operator": ""}
    return frame_of(
        [
            {"lon": 24.94, "lat": 60.17, "directions": [90, 200], **silent},
            {"lon": 24.945, "lat": 60.168, "directions": [], **silent},
        ]
    )


def _told(extracts: list[str], workers: Workers, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("mapper.pipeline.partitioned.load_cameras", lambda _place: _cameras())
    return streets(
        extracts,
        place=Path(),
        assumptions=Assumptions(),
        workers=workers,
        progress=NoProgress(),
    )


def _two_extracts(folder: Path) -> list[str]:
    (part,) = [folder / "other.osm.pbf"]
    part.write_bytes(SAMPLE.read_bytes())
    return [str(SAMPLE), str(part)]


def test_a_cluster_gives_the_bytes_of_one_process(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracts = _two_extracts(tmp_path)
    alone = _told(extracts, Workers(1), monkeypatch)
    assert _told(extracts, Workers(scheduler=scheduler), monkeypatch) == alone
    assert alone.count("\n") == 7
    for name, workers in (("a", Workers(1)), ("b", Workers(scheduler=scheduler))):
        cut(extracts, to=str(tmp_path / name), workers=workers, progress=NoProgress())
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_tiles_on_a_cluster_have_the_bytes_of_one_process(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.pipeline.partitioned.load_cameras", lambda _place: _cameras())
    told = [
        streets_by(
            _two_extracts(tmp_path),
            by="tile",
            tiles=str(tmp_path / name),
            place=Path(),
            assumptions=Assumptions(),
            workers=workers,
            progress=NoProgress(),
        )
        for name, workers in (("one", Workers()), ("cluster", Workers(scheduler=scheduler)))
    ]
    assert told[0] == told[1]
    # Both hold the same streets, and each counts once.
    assert told[0].count("\n") == 4


def test_histories_read_on_a_cluster_have_the_bytes_of_one_process(
    scheduler: str, tmp_path: Path
) -> None:
    files = []
    for region in ("a", "b"):
        path = tmp_path / f"{region}.osh.pbf"
        with osmium.SimpleWriter(osmium.io.File(str(path), "osh.pbf")) as writer:
            for number, tags in ((1, _TAGS), (2, {**_TAGS, "direction": "90"})):
                node = osmium.osm.mutable.Node(
                    id=ord(region), version=number, tags=tags, location=(2.35, 48.85),
                    timestamp=f"20{10 + number}-03-01T00:00:00Z", visible=True,
                )  # fmt: skip
                writer.add_node(node)
        files.append(str(path))
    tables = []
    for name, workers in (("one", Workers()), ("cluster", Workers(scheduler=scheduler))):
        settings = Settings(out_dir=tmp_path / name)
        history(files, settings=settings, workers=workers, progress=NoProgress())
        folder = settings.history_dir
        tables.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert tables[0] == tables[1]
    assert b"osm:node/98" in tables[0]["events.csv"]


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    scheduler: str, tmp_path: Path
) -> None:
    parts = tuple(Partition(f"{letter}{number}", "") for letter in "abc" for number in range(4))
    marker = tmp_path / "killed"
    with opened_executor(workers=1, scheduler=scheduler) as executor:
        results = run(
            partial(tasks.die_once, str(marker)),
            parts,
            executor,
            progress=NoProgress(),
            stage="x",
        )
    assert marker.exists()
    assert dict(results) == {part.name: part.name for part in parts}


class _KillsOne(NoProgress):
    """Kills one worker, as a machine that runs out of memory does, when the second cut is made."""

    def __init__(self, worker_pid: int) -> None:
        self._worker_pid = worker_pid
        self._made = 0

    def advance(self, steps: int = 1) -> None:
        """Count, and kill at the second."""
        self._made += steps
        if self._made == 2:
            os.kill(self._worker_pid, signal.SIGKILL)

    def has_killed(self) -> bool:
        """Whether it came to that before the work was over."""
        return self._made >= 2


def test_a_worker_that_is_killed_while_it_cuts_real_extracts_changes_no_byte(
    scheduler: str, tmp_path: Path
) -> None:
    extracts = []
    for number in range(12):
        path = tmp_path / f"part-{number:02}.osm.pbf"
        path.write_bytes(SAMPLE.read_bytes())
        extracts.append(str(path))
    cut(extracts, to=str(tmp_path / "alone"), workers=Workers(1), progress=NoProgress())
    client = import_module("distributed").Client(scheduler, set_as_default=False)
    try:
        before = client.run(os.getpid)
        assert len(before) == 2
        killing = _KillsOne(min(before.values()))
        cut(
            extracts,
            to=str(tmp_path / "cluster"),
            workers=Workers(scheduler=scheduler),
            progress=killing,
        )
        assert killing.has_killed()
        # Its nanny starts another one in its place, sooner or later.
        assert min(before.values()) not in set(client.run(os.getpid).values())
    finally:
        client.close()
    names = sorted(path.name for path in (tmp_path / "alone").iterdir())
    assert len(names) == 12
    assert names == sorted(path.name for path in (tmp_path / "cluster").iterdir())
    for name in names:
        made = (tmp_path / "cluster" / name).read_bytes()
        assert made == (tmp_path / "alone" / name).read_bytes()


def test_extracts_and_cuts_lie_in_an_object_store(bucket: str, tmp_path: Path) -> None:
    partition_addresses.write(f"{bucket}/in/helsinki.osm.pbf", SAMPLE.read_bytes())
    told = cut(
        [f"{bucket}/in/helsinki.osm.pbf"],
        to=f"{bucket}/out",
        workers=Workers(1),
        progress=NoProgress(),
    )
    assert f"{bucket}/out/helsinki.cameras.osm.pbf" in told
    cut([str(SAMPLE)], to=str(tmp_path), workers=Workers(1), progress=NoProgress())
    with partition_addresses.readable(f"{bucket}/out/helsinki.cameras.osm.pbf") as path:
        assert path.read_bytes() == (tmp_path / "helsinki.cameras.osm.pbf").read_bytes()


def test_what_a_store_refuses_is_said(bucket: str) -> None:
    with (
        pytest.raises(UsageError, match="there is no"),
        partition_addresses.readable(f"{bucket}/none"),
    ):
        pass
    with pytest.raises((StorageError, UsageError)):
        partition_addresses.write("s3://no-such-bucket/x", b"1")


def test_a_scheduler_that_does_not_answer_is_said() -> None:
    with (
        pytest.raises(UsageError, match="no scheduler answers"),
        opened_executor(workers=1, scheduler="tcp://127.0.0.1:9"),
    ):
        pass
