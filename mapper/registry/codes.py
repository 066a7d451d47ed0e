"""The closed words of the registry: each enum is a column's whole list of values."""

from enum import StrEnum


class SourceKind(StrEnum):
    """What kind of publication a source is."""

    LAW = "law"
    COURT = "court"
    AUTHORITY = "authority"
    PROCUREMENT = "procurement"
    COMPANY = "company"
    PRESS = "press"
    NGO = "ngo"
    ACADEMIC = "academic"
    OSM = "osm"
    REGISTRY = "registry"


class Grade(StrEnum):
    """A primary or the party's own, B press or NGO, C secondary or mirror; A- a step below A."""

    A = "A"
    A_MINUS = "A-"
    B = "B"
    C = "C"


class OrganisationKind(StrEnum):
    """``group`` is a plural that a claim names ("UK local authorities"), never its members."""

    COMPANY = "company"
    PUBLIC_BODY = "public_body"
    STATE_COMPANY = "state_company"
    CONSORTIUM = "consortium"
    GROUP = "group"
    NGO = "ngo"
    ACADEMIC = "academic"
    BRAND = "brand"
    INTERNATIONAL = "international"
    OTHER = "other"


class NameKind(StrEnum):
    """What a name is to its organisation; a second id of Wikidata is no name to be shown."""

    LEGAL = "legal"
    BRAND = "brand"
    FORMER = "former"
    ALIAS = "alias"
    MISSPELLING = "misspelling"
    SECOND_WIKIDATA_ID = "second_wikidata_id"


class SeatKind(StrEnum):
    """
    What ties an organisation to a country, by one source.

    ``as_listed``: the country under which a legal list enters it. ``registered_address``: the
    address in a register of numbers or names, which may be that of one of its companies.
    """

    SEAT = "seat"
    INCORPORATION = "incorporation"
    REGISTERED_ADDRESS = "registered_address"
    AS_LISTED = "as_listed"


class LinkKind(StrEnum):
    """Read as: ``from_org`` is the ... of ``to_org``."""

    PARENT = "parent"
    ACQUIRER = "acquirer"
    BRAND_OF = "brand_of"
    SUCCESSOR = "successor"
    RESELLER_OF = "reseller_of"
    DISTRIBUTOR_OF = "distributor_of"
    SUBCONTRACTOR_OF = "subcontractor_of"
    INVESTOR = "investor"
    SHAREHOLDER = "shareholder"
    CONSORTIUM_MEMBER = "consortium_member"
    PARTNER = "partner"
    AFFILIATE = "affiliate"
    DIVISION_OF = "division_of"
    ECOSYSTEM_MEMBER = "ecosystem_member"
    OEM_SUPPLIER = "oem_supplier"


class Layer(StrEnum):
    """Which layer of a system a product or a supply belongs to."""

    CAMERA = "camera"
    SOFTWARE = "software"
    CHIP = "chip"
    INTEGRATION = "integration"
    NETWORK = "network"
    CLOUD = "cloud"


class Technology(StrEnum):
    """What a deployment does; ``_tested`` where a source speaks of a test only."""

    CCTV = "cctv"
    FRT = "frt"
    FRT_TESTED = "frt_tested"
    ALPR = "alpr"
    ANALYTICS = "analytics"
    GUNSHOT = "gunshot"


class Counted(StrEnum):
    """What a count counts."""

    CAMERAS = "cameras"
    FACE_RECOGNITION_CAMERAS = "face_recognition_cameras"
    ALPR_CAMERAS = "alpr_cameras"
    IN_VEHICLE_ALPR_CAMERAS = "in_vehicle_alpr_cameras"
    VEHICLES_WITH_CAMERAS = "vehicles_with_cameras"
    VEHICLES = "vehicles"
    SITES = "sites"
    STATIONS = "stations"
    MONITORING_POINTS = "monitoring_points"
    COMPLEXES = "complexes"
    SYSTEMS = "systems"
    SENSORS = "sensors"
    SERVERS = "servers"
    STORAGE_PETABYTES = "storage_petabytes"
    OFFICERS_EQUIPPED = "officers_equipped"
    LICENCES = "licences"
    LICENSEES = "licensees"
    COUNTRIES = "countries"
    COURT_CASES = "court_cases"
    DETENTIONS = "detentions"


class Qualifier(StrEnum):
    """In what state the source says the counted things are; ``stated``: it does not say."""

    INSTALLED = "installed"
    WORKING = "working"
    STATED = "stated"
    LINKED = "linked"
    STREAMING = "streaming"
    MONITORED = "monitored"
    USABLE = "usable"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    CONTRACTED = "contracted"
    TARGET = "target"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ANTICIPATED = "anticipated"
    DUE = "due"
    NEEDED = "needed"
    ORDERED = "ordered"
    BOUGHT = "bought"
    SOLD = "sold"
    GRANTED = "granted"
    DELIVERED = "delivered"
    BEING_ADDED = "being_added"
    TO_BE_RESTORED = "to_be_restored"
    TO_BE_RETROFITTED = "to_be_retrofitted"
    TO_BE_INSTALLED = "to_be_installed"
    UPGRADED = "upgraded"
    CERTIFIED = "certified"
    TESTED = "tested"
    OUT_OF_USE = "out_of_use"
    REVIEWED = "reviewed"
    REMOVED = "removed"


STANDS_BESIDE_MAPPED = frozenset({Qualifier.INSTALLED, Qualifier.WORKING})
"""Only these counts may stand beside mapped cameras."""


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Role(StrEnum):
    """What the supplier is in a relation; ``component``: inside another maker's product."""

    MANUFACTURER = "manufacturer"
    DEVELOPER = "developer"
    RESELLER = "reseller"
    INTEGRATOR = "integrator"
    COMPONENT = "component"
    OPERATOR = "operator"
    FINANCIER = "financier"


class Stage(StrEnum):
    """
    How far it came, where that is less than a supply; only a ``test`` puts anything in place.

    ``membership``: a member of a consortium that was awarded the whole; its own part is not told.
    """

    PLAN = "plan"
    PROPOSAL = "proposal"
    MEMORANDUM = "memorandum"
    TENDER = "tender"
    TEST = "test"
    MEMBERSHIP = "membership"


class Event(StrEnum):
    """What happened on a ``valid_from`` or ``valid_to`` day."""

    START = "start"
    CONTRACT = "contract"
    FIRST_CONTRACT = "first_contract"
    AGREEMENT = "agreement"
    MEMORANDUM = "memorandum"
    AWARD = "award"
    TENDER = "tender"
    APPROVAL = "approval"
    ANNOUNCEMENT = "announcement"
    PROPOSAL = "proposal"
    PURCHASE = "purchase"
    DELIVERY = "delivery"
    EXTENSION = "extension"
    PILOT = "pilot"
    LAUNCH = "launch"
    OPENING = "opening"
    PHASE = "phase"
    PLANNED_START = "planned_start"
    FIRST_DESCRIBED = "first_described"
    IN_USE = "in_use"
    REPORTED = "reported"
    DUE = "due"
    TERM = "term"
    NOTICE = "notice"
    SWITCH_OFF = "switch_off"
    SUSPENSION = "suspension"
    TERMINATION = "termination"
    END = "end"


class ValuePer(StrEnum):
    """What a sum is for in time."""

    TOTAL = "total"
    YEAR = "year"
    FIRST_YEAR = "first_year"
    MONTH = "month"


class ValueScope(StrEnum):
    """What a sum pays for."""

    CONTRACT = "contract"
    WHOLE_PROJECT = "whole_project"
    PHASE = "phase"
    CONSORTIUM = "consortium"
    FRAMEWORK = "framework"
    PAID_TO_DATE = "paid_to_date"
    EXTENSION = "extension"
    LOAN = "loan"
    ALLOTMENT = "allotment"


class SubjectKind(StrEnum):
    """What a claim or a retraction speaks of."""

    RELATION = "relation"
    DEPLOYMENT = "deployment"
    ORGANISATION = "organisation"
    PRODUCT = "product"
    COUNT = "count"
    SHIPMENT = "shipment"
    DESIGNATION = "designation"
    RULING = "ruling"
    CLAIM = "claim"


class Says(StrEnum):
    """What a claim does to its subject."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    LIMITS = "limits"
    ENDS = "ends"


class About(StrEnum):
    """
    What a claim speaks of. Only ``supply`` bears on a relation's status.

    A company that says "we do not work with that other authority" disputes a use, not that it
    supplied; a company that rejects a notice disputes the terms.
    """

    SUPPLY = "supply"
    USE = "use"
    EFFECT = "effect"
    TERMS = "terms"
    FIGURES = "figures"
    LEGALITY = "legality"
    CONDUCT = "conduct"


class ScopeKind(StrEnum):
    """
    What a statement speaks of, where its subject would put it under many deployments.

    ``general``: of no one country, buyer or product. ``other``: of something that no row stands
    for, such as a list that somebody leaked; it is shown with the organisation alone.
    """

    GENERAL = "general"
    COUNTRY = "country"
    BUYER = "buyer"
    PRODUCT = "product"
    OTHER = "other"


class By(StrEnum):
    """In which part the speaker speaks."""

    AUTHORITY = "authority"
    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    THIRD_PARTY = "third_party"


class Effect(StrEnum):
    """What a listing does in law; ``not_stated``: the source read does not say."""

    ASSET_FREEZE = "asset_freeze"
    EXPORT_LICENSE = "export_license"
    PROCUREMENT_BAN = "procurement_ban"
    CONTRACTING_BAN = "contracting_ban"
    SUBSIDY_BAN = "subsidy_ban"
    DEFENCE_CONTRACTING = "defence_contracting"
    AUTHORISATION_BAN = "authorisation_ban"
    INVESTMENT_BAN = "investment_ban"
    OPERATIONS_BAN = "operations_ban"
    IMPORT_BAN = "import_ban"
    REPUTATIONAL = "reputational"
    NOT_STATED = "not_stated"


class Kept(StrEnum):
    """Whether a retracted row stays readable or only its id remains, never to be used again."""

    KEPT = "kept"
    REMOVED = "removed"


class Answer(StrEnum):
    """The answer to a question about a day; ``unknown`` is an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class StatusWord(StrEnum):
    """What the claims on a relation amount to; the rule is in `mapper.answers.relation_status`."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DISPUTED = "disputed"
    ENDED = "ended"
    NAMED_ONLY = "named_only"
    RETRACTED = "retracted"
