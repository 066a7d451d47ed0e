"""The one reading of an address that a person names: which host and port it lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.fetch.guard import targets_of


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://Mirror.example/api", ("mirror.example", 443)),
        ("http://mirror.example", ("mirror.example", 80)),
        ("http://127.0.0.1:8080/x?y=1", ("127.0.0.1", 8080)),
        ("http://[::1]:9/", ("::1", 9)),
        ("https://user:word@mirror.example/", ("mirror.example", 443)),
    ],
)
def test_an_address_names_one_host_and_port(url: str, target: tuple[str, int]) -> None:
    assert targets_of(url) == {target}


def test_no_address_names_nothing() -> None:
    assert targets_of("") == frozenset()


@pytest.mark.parametrize(
    "url",
    [
        "mirror.example",
        "ftp://mirror.example",
        "file:///etc/hosts",
        "https://",
        "https:///path",
        "//a",
        "http://a:b",
        "http://a:99999",
        "http://[::1",
    ],
)
def test_anything_else_is_a_mistake_of_the_person(url: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        targets_of(url)


@given(st.text(min_size=1))
def test_no_text_ends_in_another_error(url: str) -> None:
    try:
        found = targets_of(url)
    except UsageError:
        return
    assert len(found) == 1
