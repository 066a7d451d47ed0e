"""What the page's search puts first, of the places and the systems that one text means."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.front_end_module import answer_of

_SCRIPT = """
globalThis.document = { dir: "ltr" };
const { put } = await import("site/data_loader.js");
const { searchIndex } = await import("site/search_index.js");
const { closest } = await import("site/search_match.js");
const { plain } = await import("site/plain_text.js");
const { setLanguage } = await import("site/words.js");
const keys = ["comma", "search.deployment", "search.place", "search.place_near"];
setLanguage("en", Object.fromEntries(keys.map((key) => [key, key])));
const others = { suppliers: [], countries: [], operators: [], streets: { name: [] } };
put("search", { ...others, deployments: given.paged });
put("places", {
  countries: [["XA", "Country"]],
  name: given.places.map(([name]) => name),
  country: given.places.map(() => 0),
  thousands: given.places.map(([, thousands]) => thousands),
  near: [],
});
put("names-latn", { rows: given.names });
const index = searchIndex({ vendors: [], kinds: [] }, null);
index.addDeployments(given.drawn.map((one) => ({ ...one, suppliers: [] })));
await index.load();
await index.loadNames("a");
const found = (text) => closest(index.entries(), plain(text), text);
const told = ({ name, isSystem }) => [name, isSystem === true];
answer(given.typed.map((text) => found(text).map(told)));
"""


def _found(
    places: list[tuple[str, int]], systems: list[tuple[str, str]], typed: list[str], **more: object
) -> list[list[tuple[str, bool]]]:
    """Return for each text what is found: names, and whether each is a system's."""
    half = len(systems) // 2
    drawn = [{"id": f"d{i}", "name": name, "place": at} for i, (name, at) in enumerate(systems)]
    given_: dict[str, Any] = {
        "places": places,
        "drawn": drawn[half:],
        "paged": [{**row, "also": row["place"], "page": "p"} for row in drawn[:half]],
        "names": [],
        "typed": typed,
    }
    answers = answer_of(_SCRIPT, given_ | more)
    return [[(name, is_system) for name, is_system in answer] for answer in answers]


@pytest.mark.parametrize("thousands", [0, 33, 1_200])
def test_a_place_as_far_as_it_is_typed_stands_before_the_systems_named_after_it(
    thousands: int,
) -> None:
    systems = [("Agenda One", "Elsewhere"), ("Agen city cameras", "Agen"), ("Safe City", "Agen")]

    for found in _found([("Agen", thousands)], systems, ["ag", "Age", "agen", "AGEN"]):
        assert found[0] == ("Agen", False)
        assert ("Agen city cameras", True) in found


def test_another_name_of_a_place_stands_before_the_systems_named_after_it() -> None:
    places, systems = [("Belgrade", 1_273)], [("x", "y"), ("Belgrad Safe City", "Belgrade")]

    for found in _found(places, systems, ["Belgra", "belgrad"], names=[[0, "Belgrad"]]):
        assert found[0][1] is False
        assert ("Belgrad Safe City", True) in found


def test_a_system_whose_own_name_is_typed_fully_stands_first() -> None:
    places = [("Safe City", 3), ("Safe City Springs", 400)]
    systems = [("Safe City", "Elsewhere"), ("Safe City Two", "Elsewhere")]

    (found,) = _found(places, systems, ["safe city"])

    assert found[0] == ("Safe City", True)


_NAMES = st.lists(st.sampled_from(["ab", "abc", "bab", "b a", "ca"]), min_size=1, max_size=3)


@settings(max_examples=8, deadline=None)
@given(
    places=st.lists(
        st.tuples(_NAMES.map(" ".join), st.integers(0, 300)), max_size=4, unique_by=lambda of: of[0]
    ),
    systems=st.lists(st.tuples(_NAMES.map(" ".join), _NAMES.map(" ".join)), max_size=4),
    typed=st.text("abc", min_size=1, max_size=3),
)
def test_no_system_stands_before_a_place_that_begins_so_unless_its_name_is_typed(
    places: list[tuple[str, int]], systems: list[tuple[str, str]], typed: str
) -> None:
    (found,) = _found(places, systems, [typed])

    begins = [
        i for i, (name, is_system) in enumerate(found) if not is_system and name.startswith(typed)
    ]
    before = found[: max(begins, default=0)]
    assert not [name for name, is_system in before if is_system and name != typed]
