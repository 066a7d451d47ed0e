"""Numbers on a disc: as short as each language writes them."""

import pytest

from tests.website.front_end_module import answer_of

_SCRIPT = """
globalThis.document = { dir: "ltr" };
const { setLanguage, shortNumber } = await import("site/words.js");
setLanguage(given.language, {});
answer(given.numbers.map(shortNumber));
"""

_NUMBERS = [7, 940, 1_940, 12_345, 228_270]


@pytest.mark.parametrize(
    ("language", "short"),
    [
        ("en", ["7", "940", "1.9K", "12K", "228K"]),
        ("fr", ["7", "940", "1,9\u00a0k", "12\u00a0k", "228\u00a0k"]),
        (
            "ru",
            [
                "7",
                "940",
                "1,9\u00a0\u0442\u044b\u0441.",
                "12\u00a0\u0442\u044b\u0441.",
                "228\u00a0\u0442\u044b\u0441.",
            ],
        ),
        ("zh", ["7", "940", "1940", "1.2万", "23万"]),
    ],
)
def test_a_large_number_is_short_in_the_words_of_its_language(
    language: str, short: list[str]
) -> None:
    told = answer_of(_SCRIPT, {"language": language, "numbers": _NUMBERS})

    assert [text.replace("\u202f", "\u00a0") for text in told] == short
