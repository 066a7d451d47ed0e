"""The closed words of parts inside products, and of contracts."""

from enum import StrEnum


class PartKind(StrEnum):
    """What a part does in the product that holds it."""

    PROCESSOR = "processor"
    IMAGE_SENSOR = "image_sensor"
    COMPUTE_MODULE = "compute_module"
    WIRELESS_MODULE = "wireless_module"
    MODEM = "modem"


class PartKnownBy(StrEnum):
    """
    How it is known that a product holds a part.

    ``opened``: somebody opened the device or read it out. ``firmware``: its firmware names the
    part. ``data_sheet``: its maker's data sheet, as somebody else quotes it. ``maker``: the maker
    says so itself. ``named``: a text names it and does not say how it knows.
    """

    OPENED = "opened"
    FIRMWARE = "firmware"
    DATA_SHEET = "data_sheet"
    MAKER = "maker"
    NAMED = "named"


class ContractOutcome(StrEnum):
    """
    What became of a contract, or of a tender that led to none.

    ``lapsed``: it was let go before it was carried out. ``rejected``: those who had to approve it,
    or its renewal, did not.
    """

    COMPLETED = "completed"
    EXPIRED = "expired"
    RENEWED = "renewed"
    CANCELLED = "cancelled"
    TERMINATED = "terminated"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    REJECTED = "rejected"
