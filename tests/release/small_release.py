"""A release of 20 hand-made cameras, built through the same steps as a real one."""

from collections.abc import Sequence
from pathlib import Path

from mapper.export.facts import input_key, release_facts
from mapper.export.formats import FormatChoice
from mapper.export.write import write_all
from mapper.model.enums import Completeness
from mapper.model.release import ReleaseInfo, SourceCredit
from mapper.release.lock import output_lock
from mapper.release.store import Outcome, last_of_input, publish, staging
from mapper.validate.findings import Material
from mapper.validate.gates import count_objects, require
from mapper.validate.privacy import Published, withhold
from mapper.validate.suppression import Suppression
from tests.release.factory import SHA, device, devices_frame, observations_frame, reading

CAMERAS = 20
USUAL = FormatChoice()
DATA_ON = "2018-03-01"

CREDIT = SourceCredit(
    source_id="osm",
    title="OpenStreetMap",
    license_id="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    data_at_utc="2018-03-01T00:00:00Z",
    retrieved_at_utc=None,
    snapshot_sha256=SHA,
    file_name="helsinki.osm.pbf",
    completeness=Completeness.NOT_PROVEN,
    completeness_basis="",
)

Rows = Sequence[dict[str, object]]
Tags = dict[str, dict[str, str]]


def published_of(rows: Rows, tags: Tags | None = None) -> Published:
    """Let hand-made devices through the privacy gate."""
    return withhold(
        devices_frame(rows),
        {"osm": observations_frame(rows, tags)},
        organisation_names=[],
        suppression=Suppression(),
    )


def release(
    out_dir: Path,
    rows: Rows,
    tags: Tags | None = None,
    *,
    accept_change: str = "",
    choice: FormatChoice = USUAL,
) -> Outcome:
    """Withhold, check, write, publish: what the pipeline does, without a page."""
    root = out_dir / "release"
    with output_lock(out_dir):
        published = published_of(rows, tags)
        readings = (reading(rows),)
        counts = count_objects(readings, published)
        info = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", counts, (CREDIT,))
        previous = last_of_input(root, input_key(readings))
        material = Material(published, info.credits, counts, Suppression(), previous, accept_change)
        remarks = [finding.text for finding in require(material)]
        with staging(root) as stage:
            files = write_all(published, None, stage, info, choice=choice)
            facts = release_facts(
                published, readings, info, accepted_change=accept_change, remarks=remarks
            )
            return publish(root, stage, facts, files)


def twenty(variant: int = 0) -> list[dict[str, object]]:
    """Return 20 cameras; another variant says another distance, so its release is another one."""
    return [
        device(number, view_angle_deg=90.0, nearest_place_km=float(variant))
        for number in range(CAMERAS)
    ]


def tags_of_twenty() -> Tags:
    """Return the written values behind ``twenty``."""
    return {f"node/{number}": {"direction": "0-90"} for number in range(CAMERAS)}
