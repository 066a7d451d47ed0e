"""Claims that end a supply or were taken back, and the status read off the rule by hand."""

from tests.answers.status_rows import PRESS_SAYS, SUPPLIER_SAYS, C, Case

END_CASES: dict[str, Case] = {
    "the supplier ended it": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")], "ended", ended="yes"
    ),
    "press reports the end": Case(
        [SUPPLIER_SAYS, C("ends", "third_party", "2022-03-04")], "ended", ended="yes"
    ),
    "nothing but the end is known": Case([C("ends", "recipient", "2022")], "ended", ended="yes"),
    "asked for the day of the end": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")], "ended", ended="yes", on="2022-03-04"
    ),
    "asked for the day before the end": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")], "confirmed", on="2022-03-03"
    ),
    "asked for the month of the end": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")],
        "confirmed",
        ended="unknown",
        on="2022-03",
    ),
    "the end is known to the year": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022")],
        "confirmed",
        ended="unknown",
        on="2022-06-01",
    ),
    "the end is known to the year before": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2021")], "ended", ended="yes", on="2022-06-01"
    ),
    "an end announced ahead, before it comes": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")],
        "confirmed",
        on="2026-03-01",
        valid_to="2026-03-31",
    ),
    "an end announced ahead, once it came": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")],
        "ended",
        ended="yes",
        on="2026-04-01",
        valid_to="2026-03-31",
    ),
    "a term that had passed when the end was said": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-09-01")],
        "confirmed",
        on="2022-03-01",
        valid_to="2021",
    ),
    "an undated end in a dated source, asked later": Case(
        [SUPPLIER_SAYS, C("ends", "recipient")], "ended", ended="yes", on="2024"
    ),
    "an undated end in a dated source, asked earlier": Case(
        [SUPPLIER_SAYS, C("ends", "recipient")], "confirmed", ended="unknown", on="2022-01-01"
    ),
    "an undated end in an undated source": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", source="press-undated")],
        "confirmed",
        ended="unknown",
        on="2024",
    ),
    "an undated end, no day asked for": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", source="press-undated")], "ended", ended="yes"
    ),
    "ended, then supported again by the recipient": Case(
        [C("ends", "recipient", "2022-03"), C("supports", "recipient", "2023-01")], "confirmed"
    ),
    "ended, then seen again by the press alone": Case(
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03"), C("supports", "third_party", "2022-10")],
        "ended",
        ended="yes",
    ),
    "taken up again only after the day asked for": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03"), C("supports", "supplier", "2023-01")],
        "ended",
        ended="yes",
        on="2022-06",
    ),
    "the earlier of two ends decides": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03"), C("ends", "supplier", "2023-05")],
        "ended",
        ended="yes",
        on="2022-06",
    ),
    "the end of a use is not the end of the supply": Case(
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03", about="use")], "confirmed"
    ),
    "its only claim is retracted": Case([C("supports", "supplier", retracted=True)], "retracted"),
    "all its claims are retracted": Case(
        [C("supports", "supplier", retracted=True), C("ends", "supplier", "2022", retracted=True)],
        "retracted",
        on="2024",
    ),
    "the better claim is retracted": Case(
        [C("supports", "supplier", retracted=True), PRESS_SAYS], "reported"
    ),
    "ended, then named again by a tender that says no more": Case(
        [
            SUPPLIER_SAYS,
            C("ends", "supplier", "2022-03"),
            C("supports", "recipient", "2023-01", source="tender-a", statement=""),
        ],
        "ended",
        ended="yes",
    ),
    "ended, then taken up again by a tender": Case(
        [
            C("ends", "supplier", "2022-03"),
            C("supports", "third_party", "2023-01", source="tender-a"),
        ],
        "confirmed",
    ),
    "ended, then seen again by a foreign authority": Case(
        [
            SUPPLIER_SAYS,
            C("ends", "supplier", "2022-03"),
            C("supports", "authority", "2023-01", speaker="us-commerce"),
        ],
        "ended",
        ended="yes",
    ),
}
