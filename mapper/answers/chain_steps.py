"""The steps of a supply chain, and which of them a deployment must have."""

from collections.abc import Sequence
from enum import StrEnum

from mapper.registry.codes import Layer, Role, Technology
from mapper.registry.tables import Deployment, Relation


class Step(StrEnum):
    """Where a node stands in the chain, in the order they are shown."""

    PLACE = "place"
    OPERATOR = "operator"
    RECIPIENT = "recipient"
    OPERATION = "operation"
    INTEGRATOR = "integrator"
    RESELLER = "reseller"
    CAMERAS = "cameras"
    ENGINE = "engine"
    NETWORK = "network"
    CLOUD = "cloud"
    FINANCE = "finance"
    COMPUTE = "compute"


ORDER: dict[Step, int] = {step: position for position, step in enumerate(Step)}
"""Step -> its position in the chain."""

# A role that says what somebody does goes before the layer: who integrates cameras is an
# integrator, not a maker of cameras.
_STEP_OF_ROLE: dict[Role, Step] = {
    Role.OPERATOR: Step.OPERATION,
    Role.INTEGRATOR: Step.INTEGRATOR,
    Role.RESELLER: Step.RESELLER,
    Role.FINANCIER: Step.FINANCE,
}
_STEP_OF_LAYER: dict[Layer, Step] = {
    Layer.CAMERA: Step.CAMERAS,
    Layer.SOFTWARE: Step.ENGINE,
    Layer.CHIP: Step.COMPUTE,
    Layer.INTEGRATION: Step.INTEGRATOR,
    Layer.NETWORK: Step.NETWORK,
    Layer.CLOUD: Step.CLOUD,
}
# Analytics and tests of recognition may run on video of others, and gunshot detection listens: a
# chain without a camera maker has no gap there.
_WITH_CAMERAS = frozenset({Technology.CCTV, Technology.ALPR, Technology.FRT})
_WITH_ENGINE = frozenset(
    {Technology.FRT, Technology.FRT_TESTED, Technology.ALPR, Technology.ANALYTICS}
)


def step_of(relation: Relation) -> Step:
    """Return the place of a supply in the chain: by its role, else by its layer."""
    return _STEP_OF_ROLE.get(relation.role, _STEP_OF_LAYER[relation.layer])


def missing_steps(deployment: Deployment, relations: Sequence[Relation]) -> tuple[Step, ...]:
    """
    Name the steps that a deployment must have and no relation fills.

    Parameters
    ----------
    relations
        Those that may hold on the day asked for.

    Returns
    -------
    tuple of Step
        The integrator always; the makers of cameras and of the engine only where the
        technologies of the deployment need them. A reseller or an integrator of cameras leaves
        their maker unknown.
    """
    technologies = set(deployment.technologies)
    missing = []
    # Every system was put together by somebody; without a row that is a gap of the evidence.
    if all(step_of(row) is not Step.INTEGRATOR for row in relations):
        missing.append(Step.INTEGRATOR)
    if technologies & _WITH_CAMERAS and not _made(relations, Layer.CAMERA):
        missing.append(Step.CAMERAS)
    if technologies & _WITH_ENGINE and not _made(relations, Layer.SOFTWARE):
        missing.append(Step.ENGINE)
    return tuple(missing)


def _made(relations: Sequence[Relation], layer: Layer) -> bool:
    # Who resells or integrates a camera is known without its maker being known: the gap stays.
    makers = {Role.MANUFACTURER, Role.DEVELOPER, Role.COMPONENT}
    return any(row.layer is layer and row.role in makers for row in relations)
