"""Which rows of an earlier release the rules of privacy of today would withhold."""

from collections.abc import Set as AbstractSet
from pathlib import Path

import pandas as pd

from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.registry.names import names_by_organisation
from mapper.registry.registry import Registry
from mapper.release.camera_frames import load_cameras
from mapper.release.concluded_again import read_observations
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.validate.observed_tags import camera_ids
from mapper.validate.privacy import withhold
from mapper.validate.suppression import Suppression


def withheld_since(folder: Path, asked_ids: AbstractSet[str], registry: Registry) -> frozenset[str]:
    """
    Judge rows of a release once more.

    Parameters
    ----------
    folder
        One release.
    asked_ids
        Ids of cameras in it.

    Returns
    -------
    frozenset
        Those that would be left out today, by what the release published of them. What its source
        said beside that is in no release, so that a camera may be missing here.
    """
    cameras = load_cameras(folder)
    rows = cameras[cameras["camera_id"].isin(sorted(asked_ids)).to_numpy()]
    observations = {
        str(source_id): _observed(folder, str(source_id), asked_ids)
        for source_id in sorted(set(rows["source_id"].astype(object)))
    }
    published = withhold(
        rows,
        observations,
        organisation_names=[
            name for names in names_by_organisation(registry).values() for name in names
        ],
        suppression=Suppression(),
        names_maker=VendorResolver.of_registry(registry).names_maker,
    )
    shown = published.cameras.index.union(published.other_devices.index)
    return frozenset(str(camera_id) for camera_id in rows.index.difference(shown))


def _observed(folder: Path, source_id: str, asked_ids: AbstractSet[str]) -> pd.DataFrame:
    """Read the published observations of the rows; what was read for privacy alone is not there."""
    frame = read_observations(folder, source_id)
    frame = frame[camera_ids(source_id, frame).isin(sorted(asked_ids))].reset_index(drop=True)
    absent = [key for key in (*PUBLISHED_TAGS, *PRIVACY_TAGS) if key not in frame.columns]
    return frame.assign(**{key: pd.Series(None, index=frame.index, dtype=object) for key in absent})
