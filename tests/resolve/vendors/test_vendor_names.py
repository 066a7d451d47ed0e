"""Names to makers: what decides, what only proposes, what names nobody."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.enums import DeviceType, Rung
from mapper.resolve.vendors.device_makers import makers
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.resolve.vendors.name_keys import How
from mapper.resolve.vendors.vendor_names import NameIndex
from mapper.resolve.vendors.vendor_text import qid_in
from tests.resolve.vendors.vendor_rows import (
    FOOTPRINTS,
    NAMES,
    ORGANISATIONS,
    PRODUCTS,
    carried_registry,
    carried_resolver,
    name_row,
    organisation,
    product,
    small_resolver,
)


@pytest.mark.parametrize(
    ("written", "org_id", "how"),
    [
        ("Flock Safety", "flock-safety", How.EXACT),
        ("FLOCKSAFETY", "flock-safety", How.EXACT),
        ("Flock Group, Inc", "flock-safety", How.EXACT),
        ("Flock", "flock-safety", How.ALIAS),
        ("Axis Communications AB", "axis-communications", How.EXACT),
        ("НТЕХЛАБ", "ntechlab", How.EXACT),
        ("海康威视", "hikvision", How.EXACT),
        ("AutoVu SharpV", "genetec", How.PRODUCT),
        ("Wisenet", "hanwha-vision", How.PRODUCT),
        ("Wisenet Hanwha", "hanwha-vision", How.PARTS),
        ("Ekin Box Spotter", "ekin", How.PARTS),
        ("iPro - WV-SW316L", "i-pro", How.PARTS),
        ("Axis P3245-V dome camera", "axis-communications", How.PARTS),
        ("cámara Hikvision", "hikvision", How.PARTS),
        ("Flock Safety Falcon", "flock-safety", How.PARTS),
        ("Hikvision Deutschland GmbH", "hikvision", How.PARTS),
        ("Hanwha Techwin Europe", "hanwha-vision", How.PARTS),
        ("Hikvision Europe DAC", "hikvision", How.PARTS),
        ("www.flocksafety.com", "flock-safety", How.EXACT),
        ("https://hikvision.com/", "hikvision", How.EXACT),
        ("wikidata=Q108485435", "flock-safety", How.QID),
        ("Q30267239", "genetec", How.QID),
        ("LT Security", "lt-security", How.EXACT),
    ],
)
def test_a_name_leads_to_its_maker(written: str, org_id: str, how: How) -> None:
    reading = small_resolver().makers.read(written)
    assert (reading.org_ids, reading.how) == ((org_id,), how)


@pytest.mark.parametrize(
    "written",
    [
        "Axon",
        "Axxon",
        "AxxonSoft",
        "Axis Bank",
        "Axis Technologies",
        "Spring",
        "ING",
        "String",
        "Bosch Car Service",
        "Leonardo Hotels",
        "Ristorante Leonardo",
        "Karlovy Vary",
        "Charlotte",
        "Connect",
        "Motorola Mobility",
        "Siemens Mobility",
        "Flock of Birds",
        "Hikvision Hotel",
        "hikvision.example.com",
        "Axis Tower",
        "Axis Europe",
        "Security",
        "Camera",
        "Falcon",
        "FindFace",
        "Some Bank",
        "Some Police",
        "Q108485434",
    ],
)
def test_look_alikes_hosts_and_ordinary_words_name_no_maker(written: str) -> None:
    assert small_resolver().makers.read(written).org_ids == ()


@pytest.mark.parametrize("written", ["Unknown", "unkn", "Unkwn", "other", "?", "generic", "none"])
def test_not_known_says_nothing(written: str) -> None:
    reading = small_resolver().makers.read(written)
    assert reading.org_ids == ()
    assert not reading.says_something


def test_several_makers_are_all_named() -> None:
    reading = small_resolver().makers.read("Reolink;Arlo")
    assert reading.org_ids == ("reolink", "arlo")


def test_a_known_name_beside_an_unknown_one_decides_nothing() -> None:
    assert small_resolver().makers.read("Genetec / Acmecorp").org_ids == ()


def test_the_same_maker_named_twice_is_one() -> None:
    assert small_resolver().makers.read("Axis; Axis Communications").org_ids == (
        "axis-communications",
    )


def test_a_question_mark_leaves_the_name_and_the_doubt() -> None:
    reading = small_resolver().makers.read("Motorola?")
    assert reading.org_ids == ("motorola-solutions",)
    assert reading.is_uncertain


def test_a_name_that_two_organisations_share_names_neither() -> None:
    index = NameIndex(
        [organisation("one", "Twin Ltd"), organisation("two", "TWIN GmbH")],
        [name_row("one", "First")],
    )
    assert index.read("Twin").org_ids == ()
    assert index.read("First").org_ids == ("one",)


def test_an_ordinary_word_is_a_product_under_model_only() -> None:
    index = small_resolver().makers
    assert index.read_model("Falcon").org_ids == ("flock-safety",)
    assert index.read("Falcon").org_ids == ()


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Flock Saftey", "flock-safety"),
        ("Hikvison", "hikvision"),
        ("Avigillon cameras", "avigilon"),
        ("Genetech Inc.", "genetec"),
    ],
)
def test_one_wrong_letter_in_a_long_name_is_read_and_weakly_believed(
    written: str, org_id: str
) -> None:
    reading = small_resolver().makers.read(written)
    assert (reading.org_ids, reading.how) == ((org_id,), How.MISSPELT)
    answer = small_resolver().resolve_one(
        {"manufacturer": written}, device_type=DeviceType.CAMERA, country_code="US"
    )
    assert (answer.vendor_id, answer.vendor_rung) == (org_id, Rung.C)
    shop = small_resolver().resolve_one(
        {"brand": written}, device_type=DeviceType.CAMERA, country_code="US"
    )
    assert shop.vendor_id is None


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Hickvisson", "hikvision"),
        ("Afijilon", "avigilon"),
        ("some Hikvision thing", "hikvision"),
    ],
)
def test_a_near_name_is_proposed_and_not_assigned(written: str, org_id: str) -> None:
    index = small_resolver().makers
    assert index.read(written).org_ids == ()
    proposal = index.proposal(written)
    assert proposal is not None
    assert proposal.org_id == org_id


@pytest.mark.parametrize("written", ["Hikvision DS-2CD2143G0-I fighter", "HIKVISION IPC-HFW12X"])
def test_what_stands_behind_a_type_number_describes_the_model(written: str) -> None:
    assert small_resolver().makers.read(written).org_ids == ("hikvision",)


@pytest.mark.parametrize("written", ["Hikvision service 24h", "Hikvision hut 5a", "dark Hikvision"])
def test_other_words_beside_a_makers_name_leave_it_unread(written: str) -> None:
    assert small_resolver().makers.read(written).org_ids == ()


@pytest.mark.parametrize("written", ["Arl", "Arloo", "Axjs", "Motorola Mobility", "Acmecorp"])
def test_short_and_distant_names_are_not_even_proposed(written: str) -> None:
    assert small_resolver().makers.proposal(written) is None


def test_a_name_near_to_two_makers_is_not_proposed() -> None:
    index = NameIndex([organisation("one", "Visionary"), organisation("two", "Visionery")], [])
    assert index.proposal("Visionory") is None


@pytest.mark.parametrize(
    "written",
    [
        "National Security Agency",
        "Springfield Police",
        "Charlotte Police Department",
        "Městská policie Karlovy Vary",
        "Michigan State University Department of Police and Public Safety",
        "EDF",
        "ING",
        "Ambush Security Systems",
        "Большой брат",
        "Большой Брат",
        "Axis Security",
        "Flock Safety Camera",
        "Hikvison",
        "Falcon",
        "Wisenet",
    ],
)
def test_an_operator_is_matched_by_a_whole_name_or_not_at_all(written: str) -> None:
    resolver = carried_resolver()
    assert resolver.organisations.read_whole(written).org_ids == ()
    assert resolver.makers.read_whole(written).org_ids == ()


@pytest.mark.parametrize(
    "written",
    [
        "Bancolombia",
        "BBVA",
        "Sparkasse",
        "Sparkasse Spree-Neiße",
        "McDonald's",
        "Circle K",
        "dm",
        "REWE",
        "Shell",
        "Paczkomat InPost",
        "E-ZPass",
        "TotalEnergies",
        "Raiffeisen",
        "Thalia",
        "Lukoil",
        "Белинвестбанк",
        "中国农业银行",
        "Leonardo Hotels",
        "Bosch Car Service",
        "Motorola Mobility",
        "ING",
        "Connect",
        "Karlovy Vary",
        "Большой брат",
    ],
)
def test_host_brands_are_no_makers_of_the_carried_registry(written: str) -> None:
    reading = carried_resolver().makers.read(written)
    assert reading.org_ids == ()


@pytest.mark.parametrize(
    ("written", "look_alike"),
    [
        ("Axon", "axis-communications"),
        ("AxxonSoft", "axis-communications"),
        ("AxxonSoft", "axon"),
        ("NEC", "leonardo"),
        ("Teva", "tevian"),
        ("HiLook", "hikvision"),
    ],
)
def test_a_maker_is_not_taken_for_its_look_alike(written: str, look_alike: str) -> None:
    assert look_alike not in carried_resolver().makers.read(written).org_ids


_CARRIED_NAMES = sorted(
    {
        (row.name, row.org_id)
        for row in carried_registry().organisation_names
        if qid_in(row.name) is None
        and carried_resolver().makers.read(row.name).org_ids == (row.org_id,)
    }
)


def test_every_maker_is_found_by_the_name_shown() -> None:
    registry = carried_registry()
    made_by = makers(
        registry.organisations,
        registry.organisation_names,
        registry.products,
        registry.footprints,
    )
    index = carried_resolver().makers
    lost = [
        row.name
        for row in registry.organisations
        if row.org_id in made_by and index.read(row.name).org_ids != (row.org_id,)
    ]
    assert lost == []


def test_every_name_of_a_maker_finds_it() -> None:
    index = carried_resolver().makers
    lost = [
        row.name
        for row in carried_registry().organisation_names
        if index.read_whole(row.name).org_ids not in {(), (row.org_id,)}
    ]
    assert lost == []
    assert len(_CARRIED_NAMES) > 200


@given(
    named=st.sampled_from(_CARRIED_NAMES),
    suffix=st.sampled_from(["", " Inc.", ", LLC", " Ltd", " GmbH", " AB", " S.p.A.", " Co., Ltd."]),
    change=st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]),
    space=st.sampled_from([" ", "  ", "-", " - ", "_"]),
    around=st.sampled_from(["{}", " {} ", "{}.", '"{}"', "«{}»", "({})"]),
)
def test_suffix_case_and_punctuation_do_not_change_the_answer(
    named: tuple[str, str], suffix: str, change: type[str], space: str, around: str
) -> None:
    name, org_id = named
    written = around.format(change(f"{name.replace(' ', space)}{suffix}"))
    assert carried_resolver().makers.read(written).org_ids == (org_id,)


@given(seed=st.integers(0, 2**16))
def test_the_order_of_the_rows_does_not_change_the_answer(seed: int) -> None:
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    other = VendorResolver(
        organisations=order.sample(ORGANISATIONS, len(ORGANISATIONS)),
        organisation_names=order.sample(NAMES, len(NAMES)),
        products=order.sample(PRODUCTS, len(PRODUCTS)),
        footprints=order.sample(FOOTPRINTS, len(FOOTPRINTS)),
    )
    for written in ("Wisenet Hanwha", "Reolink;Arlo", "Motorola?", "Hikvison", "Axon"):
        assert other.makers.read(written) == small_resolver().makers.read(written)
        assert other.makers.proposal(written) == small_resolver().makers.proposal(written)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    reading = small_resolver().makers.read(text)
    assert (reading.how is None) == (reading.org_ids == ())


def test_software_alone_does_not_name_the_maker_of_a_camera() -> None:
    index = NameIndex([organisation("one", "One")], [], [product("one", "Wonder", "software")])
    assert index.read("Wonder").org_ids == ()


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("INEX Tech", "inex-technologies"),
        ("Dahua Technologies", "dahua"),
        ("Lorex Technology", "lorex"),
        ("Dallmeier electronic", "dallmeier"),
        ("Pelco Spectra IV", "pelco"),
        ("Kria T-EXSPEED 2.0", "kria"),
        ("Tatille", "tattile"),
        ("Genetek", "genetec"),
        ("Sony SNC-EP550", "sony"),
        ("Videotec S.p.A.", "videotec"),
        ("ELSAG MPH-900", "leonardo"),
    ],
)
def test_forms_of_trade_words_makes_and_doubled_letters_do_not_hide_a_maker(
    written: str, org_id: str
) -> None:
    assert carried_resolver().makers.read(written).org_ids == (org_id,)


@pytest.mark.parametrize(
    ("written", "org_id"), [("floc", "flock-safety"), ("Хиквижн", "hikvision"), ("Дахуа", "dahua")]
)
def test_a_name_written_by_its_sound_is_proposed_and_not_assigned(
    written: str, org_id: str
) -> None:
    index = carried_resolver().makers
    assert index.read(written).org_ids == ()
    proposal = index.proposal(written)
    assert proposal is not None
    assert proposal.org_id == org_id


@pytest.mark.parametrize("written", ["Axis Technology", "Ring 2", "Hive Technologies", "Falcon 2"])
def test_trade_words_and_numbers_make_no_maker_of_an_ordinary_word(written: str) -> None:
    assert carried_resolver().makers.read(written).org_ids == ()
