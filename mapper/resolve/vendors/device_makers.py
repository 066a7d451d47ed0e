"""Which organisations of the registry a camera may be of."""

from collections.abc import Iterable

from mapper.registry.codes import Layer, NameKind, OrganisationKind
from mapper.registry.tables import Footprint, Organisation, OrganisationName, Product

_NEVER_A_DEVICE = frozenset({Layer.CHIP, Layer.NETWORK})


def device_makers(
    organisations: Iterable[Organisation],
    names: Iterable[OrganisationName],
    products: Iterable[Product],
    footprints: Iterable[Footprint],
) -> frozenset[str]:
    """
    Return the makers of devices.

    Those with a footprint or a product of the layer ``camera``, and those the registry holds as
    a ``brand`` or has a brand's name of, with a source. A brand stays one when more is learnt of
    the company behind it.
    """
    brands = {row.org_id for row in organisations if row.kind is OrganisationKind.BRAND}
    brands |= {row.org_id for row in names if row.kind is NameKind.BRAND}
    with_cameras = {row.org_id for row in products if row.layer is Layer.CAMERA}
    return frozenset(brands | with_cameras | {row.org_id for row in footprints})


def makers(
    organisations: Iterable[Organisation],
    names: Iterable[OrganisationName],
    products: Iterable[Product],
    footprints: Iterable[Footprint],
) -> frozenset[str]:
    """
    Return the organisations that a device may be of: `device_makers` and makers of software.

    A bank, a city or a telephone company of the registry is none: its name on a camera is its
    host's. Nor is a maker of chips or networks: its name is that of a part.
    """
    made = tuple(row for row in products if row.layer not in _NEVER_A_DEVICE)
    return device_makers(organisations, names, made, footprints) | {row.org_id for row in made}
