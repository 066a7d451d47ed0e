"""Claims on a relation that nobody ended, and the status read off the rule by hand."""

from tests.answers.status_rows import PRESS_SAYS, SUPPLIER_DENIES, SUPPLIER_SAYS, C, Case

SUPPORT_CASES: dict[str, Case] = {
    "the supplier says so": Case([SUPPLIER_SAYS], "confirmed"),
    "the recipient says so": Case([C("supports", "recipient")], "confirmed"),
    "an authority of nobody says so": Case([C("supports", "authority")], "reported"),
    "a tender says so, whoever speaks": Case(
        [C("supports", "third_party", source="tender-a")], "confirmed"
    ),
    "a source graded A- confirms": Case(
        [C("supports", "authority", source="law-a-minus")], "confirmed"
    ),
    "press and the supplier": Case([PRESS_SAYS, SUPPLIER_SAYS], "confirmed"),
    "confirmed and limited by the supplier": Case(
        [SUPPLIER_SAYS, C("limits", "supplier")], "confirmed"
    ),
    "the day asked for does not filter evidence": Case(
        [C("supports", "supplier", "2023-03-28")], "confirmed", on="2022-06"
    ),
    "a passed term is no end by a claim": Case(
        [SUPPLIER_SAYS], "confirmed", on="2022", valid_to="2019"
    ),
    "press alone": Case([PRESS_SAYS], "reported"),
    "two press reports": Case([PRESS_SAYS, PRESS_SAYS], "reported"),
    "the supplier's word only in a mirror": Case(
        [C("supports", "supplier", source="mirror-c")], "reported"
    ),
    "an authority's word only in a mirror": Case(
        [C("supports", "authority", source="mirror-c")], "reported"
    ),
    "a limit by the supplier alone": Case([C("limits", "supplier")], "named_only"),
    "press, and a third party objects": Case(
        [PRESS_SAYS, C("disputes", "third_party")], "reported"
    ),
    "press, and another authority objects": Case(
        [PRESS_SAYS, C("disputes", "authority", speaker="court")], "reported"
    ),
    "the supplier supports a use only": Case(
        [PRESS_SAYS, C("supports", "supplier", about="use")], "reported"
    ),
    "the supplier denies": Case([PRESS_SAYS, SUPPLIER_DENIES], "disputed"),
    "the recipient denies": Case([PRESS_SAYS, C("disputes", "recipient")], "disputed"),
    "the recipient denies as an authority": Case(
        [PRESS_SAYS, C("disputes", "authority", speaker="city")], "disputed"
    ),
    "a tender names it and the supplier denies": Case(
        [C("supports", "recipient", source="tender-a"), SUPPLIER_DENIES], "disputed"
    ),
    "a denial known only from a mirror": Case(
        [PRESS_SAYS, C("disputes", "supplier", source="mirror-c")], "disputed"
    ),
    "nothing but a third party's doubt": Case([C("disputes", "third_party")], "disputed"),
    "denied and ended": Case(
        [SUPPLIER_DENIES, C("ends", "recipient", "2021")], "disputed", ended="yes"
    ),
    "the supplier disputes a use": Case(
        [SUPPLIER_SAYS, C("disputes", "supplier", about="use")], "confirmed"
    ),
    "the supplier disputes the terms of its end": Case(
        [SUPPLIER_SAYS, C("disputes", "supplier", about="terms")], "confirmed"
    ),
    "the recipient disputes the law": Case(
        [PRESS_SAYS, C("disputes", "recipient", about="legality")], "reported"
    ),
    "a court settles the denial": Case(
        [SUPPLIER_DENIES, C("supports", "authority", settles="c1", source="court-a")], "confirmed"
    ),
    "one of two denials is settled": Case(
        [SUPPLIER_DENIES, C("disputes", "recipient"), C("supports", "authority", settles="c1")],
        "disputed",
    ),
    "the settling claim is retracted": Case(
        [SUPPLIER_DENIES, C("supports", "authority", settles="c1", retracted=True)], "disputed"
    ),
    "the denial is retracted": Case(
        [SUPPLIER_SAYS, C("disputes", "supplier", retracted=True)], "confirmed"
    ),
    # whose word confirms: a party's, or an official record
    "the recipient as an authority says so": Case(
        [C("supports", "authority", speaker="city")], "confirmed"
    ),
    "the operator as an authority says so": Case(
        [C("supports", "authority", speaker="police")], "confirmed"
    ),
    "a division of the recipient says so": Case(
        [C("supports", "authority", speaker="council")], "confirmed"
    ),
    "a body that the recipient owns says so": Case(
        [C("supports", "authority", speaker="works")], "confirmed"
    ),
    "a partner of the recipient says so": Case(
        [C("supports", "authority", speaker="partner")], "reported"
    ),
    "a body whose partner the recipient is says so": Case(
        [C("supports", "authority", speaker="sister")], "reported"
    ),
    "the body above the recipient says so": Case(
        [C("supports", "authority", speaker="state")], "reported"
    ),
    "a foreign authority accuses": Case(
        [C("supports", "authority", speaker="us-commerce")], "reported"
    ),
    "a foreign authority accuses on its own page": Case(
        [C("supports", "authority", speaker="us-commerce", source="authority-a")], "reported"
    ),
    "a foreign authority accuses, and the supplier confirms": Case(
        [C("supports", "authority", speaker="us-commerce"), SUPPLIER_SAYS], "confirmed"
    ),
    "a court found it": Case(
        [C("supports", "authority", speaker="court", source="court-a")], "confirmed"
    ),
    "a claimant says so in court papers": Case(
        [C("supports", "third_party", source="court-a")], "reported"
    ),
    "a register holds it": Case([C("supports", "authority", source="registry-a")], "confirmed"),
    "somebody wrote it into a register": Case(
        [C("supports", "third_party", source="registry-a")], "reported"
    ),
    "a judgment known only from a mirror": Case(
        [C("supports", "authority", source="court-c")], "reported"
    ),
    "tender documents as the press reports them": Case(
        [C("supports", "recipient", speaker="city")], "confirmed"
    ),
    # a bare naming confirms nothing
    "the supplier's page names it and says no more": Case(
        [C("supports", "supplier", statement="")], "named_only"
    ),
    "a tender names it and says no more": Case(
        [C("supports", "recipient", source="tender-a", statement="")], "named_only"
    ),
    "a law names it and says no more": Case(
        [C("supports", "authority", source="law-a-minus", statement="")], "named_only"
    ),
    "a bare naming beside a statement": Case(
        [C("supports", "supplier", statement=""), C("supports", "recipient")], "confirmed"
    ),
    # who denies
    "the operator denies as an authority": Case(
        [PRESS_SAYS, C("disputes", "authority", speaker="police")], "disputed"
    ),
    "a division of the recipient denies": Case(
        [PRESS_SAYS, C("disputes", "authority", speaker="council")], "disputed"
    ),
    "another authority settles the denial in the press": Case(
        [SUPPLIER_DENIES, C("supports", "authority", settles="c1")], "reported"
    ),
}
