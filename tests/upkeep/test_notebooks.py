"""The notebooks run from beginning to end, and are kept without what they printed."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from shapely import Point

from tests.release.factory import device
from tests.release.small_release import release

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
AKRON = (-81.51, 41.08)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release four plate readers of Summit County, Ohio, and a camera of Helsinki."""
    named: dict[str, Any] = {
        "country_code": "US",
        "admin1": "US-OH",
        "admin2": "US-39153",
        "nearest_place": "Akron",
        "device_type": "plate_reader",
        "first_mapped_on": "2024-05",
        "first_mapped_method": "node_id",
        "last_checked_on": "2025-01-02",
    }
    rows = [
        device(number, geometry=Point(AKRON[0] + number / 1000, AKRON[1]), **named)
        for number in range(4)
    ]
    makers: dict[str, Any] = {"vendor_ids": ["flock"], "vendor_id": "flock"}
    rows[0] |= {**makers, "vendor_rung": "B", "vendor_as_written": "{{ 7 * 7 }}"}
    rows.append(device(9))
    tags = {f"node/{number}": {"check_date": "2025-01-02"} for number in range(4)}
    tags["node/0"]["manufacturer"] = "{{ 7 * 7 }}"
    out_dir = tmp_path_factory.mktemp("notebooks")
    release(out_dir, rows, tags)
    return out_dir


def run(path: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run a notebook; return what it shows, as text."""
    monkeypatch.setenv("WHOSE_CAMERAS_BUILD", str(build))
    book = nbformat.read(path, as_version=4)
    NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    shown = []
    for cell in book.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            shown += [output.get("text", ""), *(str(data[kind]) for kind in sorted(data))]
    return shown


def test_there_are_the_three_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "how-complete-is-my-city",
        "plate-readers-by-county",
        "the-moscow-chain",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_valid_and_without_outputs(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("plate-readers-by-county", ("4 plate readers, 4 of them", "US-39153", "flock")),
        ("the-moscow-chain", ("confirmed", "relations had not begun")),
        ("how-complete-is-my-city", ("Akron: 4 cameras", "checked at some time: 100 %")),
    ],
)
def test_a_notebook_runs_and_shows_what_it_promises(
    name: str, says: tuple[str, ...], build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run(ROOT / "docs" / "notebooks" / f"{name}.ipynb", build, monkeypatch)
    for text in says:
        assert any(text in part for part in shown), (text, shown)
