"""Which of the cameras that a site shows are in its release: the rows that its numbers speak of."""

from mapper.model.release import ReleaseInfo
from mapper.resolve.chosen_rows import CameraColumns, ChosenRows


def released_rows(cameras: CameraColumns, info: ReleaseInfo) -> CameraColumns:
    """
    Leave out the rows of lists that are shown on this machine alone.

    Where nothing was released they are all there is, and stay, as ``ReleaseInfo.told`` counts.

    Parameters
    ----------
    cameras
        Column ``source_id`` of ``model.columns.CAMERA``.
    """
    if not info.credits or not info.local_credits:
        return cameras
    local = {credit.source_id for credit in info.local_credits}
    return ChosenRows.of(cameras, ~cameras["source_id"].isin(local).to_numpy(bool))
