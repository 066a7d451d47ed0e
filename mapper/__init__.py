"""Whose Cameras: which cameras watch a place, who supplies them, and how we know."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd

    from mapper.answers.relation_status import RelationStatus
    from mapper.answers.supply_chain import Chain
    from mapper.registry.registry import Registry
    from mapper.release.release_states import CameraState
    from mapper.website.notebook_map import NotebookMap

__all__ = ["Registry", "chain", "evidence", "explore", "history", "load", "status"]

# The rooms are imported where they are used, so that `import mapper` and `mapper --help` do not
# wait for geopandas.
# ruff: noqa: PLC0415


def load(  # noqa: PLR0913 - each is one wish
    path: "Path | str" = "build",
    *,
    release: str | None = None,
    layer: str = "cameras",
    country: "str | Sequence[str] | None" = None,
    admin: "str | Sequence[str] | None" = None,
    vendor: "str | Sequence[str] | None" = None,
    bbox: tuple[float, float, float, float] | None = None,
    columns: "Sequence[str] | None" = None,
) -> "gpd.GeoDataFrame":
    """
    Load the cameras of a release as a GeoDataFrame.

    Only what is asked for is read: rows by the statistics of the Parquet file, columns by name.

    Parameters
    ----------
    path
        The output folder of `mapper build`, or one release.
    release
        Which release; None takes the latest.
    layer
        ``cameras``, ``other_devices``, or one file's stem, ``cameras_osm``.
    country
        Country or countries, each a code of ISO 3166-1 or a name: ``FI``, ``Finland``.
    admin
        A code or codes of ``admin1`` or ``admin2``: ``US-CA``, ``FR-77``, ``osm:relation/123``.
    vendor
        Organisation id or ids: cameras whose source names one of them among its makers
        (``vendor_ids``). Where it names several, ``vendor_id`` is empty and the camera is here.
    bbox
        West, south, east, north in degrees, WGS 84.
    columns
        Names of the columns wanted; None takes all. The position comes always.

    Returns
    -------
    GeoDataFrame
        One row per camera, index ``camera_id``, columns ``model.columns.CAMERA`` or those
        wanted, EPSG:4326.

    Raises
    ------
    UsageError
        If there is no release, no such column, country, area or maker.
    """
    from mapper.release.camera_frames import CameraWish, load_cameras

    wish = CameraWish(country, admin, vendor, bbox, None if columns is None else tuple(columns))
    return load_cameras(path, release_id=release, layer=layer, wish=wish)


def evidence(*own_folders: "Path | str") -> "Registry":
    """
    Return the bundled evidence, checked, with the rows that folders of one's own add.

    Parameters
    ----------
    own_folders
        Folders of tables as `docs/data-format-registry.md` describes them.

    Raises
    ------
    RegistryError
        If a row breaks a rule.
    """
    from pathlib import Path

    from mapper.registry.checked import load as load_registry
    from mapper.settings import Settings

    return load_registry(Settings().registry_dir, *map(Path, own_folders))


def chain(
    deployment_id: str, on: str | None = None, *, registry: "Registry | None" = None
) -> "Chain":
    """
    Build the supply chain of a deployment: places, makers, software, chips, each with its claims.

    Parameters
    ----------
    deployment_id
        An id of ``deployments``: ``moscow-city-video``.
    on
        ISO day or part of one (``2021``, ``2021-06``); None asks for everything known.
    registry
        As `evidence` gives it; None takes the bundled one.

    Raises
    ------
    UsageError
        If there is no such deployment.
    """
    from mapper.answers.supply_chain import chain as chain_of
    from mapper.clean.partial_date import parse

    return chain_of(registry or evidence(), deployment_id, parse(on) if on else None)


def status(
    relation_id: str, on: str | None = None, *, registry: "Registry | None" = None
) -> "RelationStatus":
    """
    Compute the status of a relation from its claims; no table stores it.

    Parameters
    ----------
    relation_id
        An id of ``relations``.
    on
        ISO day or part of one; None asks for everything known.
    registry
        As `evidence` gives it; None takes the bundled one.

    Raises
    ------
    UsageError
        If there is no such relation.
    """
    from mapper.answers.relation_status import relation_status
    from mapper.clean.partial_date import parse
    from mapper.errors import UsageError

    rows = registry or evidence()
    if relation_id not in rows.relation:
        msg = f"there is no relation {relation_id}"
        raise UsageError(msg, next_step="mapper.evidence().relations lists them.")
    return relation_status(rows, relation_id, parse(on) if on else None)


def history(camera_id: str, path: "Path | str" = "build") -> "tuple[CameraState, ...]":
    """
    Say how a camera stands in each release of an output folder, the oldest first.

    Parameters
    ----------
    camera_id
        ``osm:node/123``.
    path
        The output folder of `mapper build`.

    Returns
    -------
    tuple of CameraState
        One for each release in which its values are others than in the one before; the first
        release that has it is among them, and the first that no longer has it.

    Raises
    ------
    UsageError
        If there is no release.
    """
    from mapper.release.release_states import states_of

    return states_of(camera_id, path)


def explore(cameras: "gpd.GeoDataFrame", columns: "Sequence[str] | None" = None) -> "NotebookMap":
    """
    Draw cameras on a map for a notebook; no value of the data can run in it.

    Parameters
    ----------
    cameras
        As `load` gives them.
    columns
        What the card of a camera shows; None takes a usual choice.

    Raises
    ------
    UsageError
        If there are too many, or no such column.
    """
    from mapper.website.notebook_map import explore as drawn

    return drawn(cameras, columns)


def __getattr__(name: str) -> object:
    """Return ``Registry`` when it is first asked for."""
    if name == "Registry":
        from mapper.registry.registry import Registry

        return Registry
    msg = f"module 'mapper' has no attribute {name!r}"
    raise AttributeError(msg)
