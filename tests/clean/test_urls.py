"""Addresses pass an allow-list or do not pass."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.urls import URL_CHARS_MAX, allowed_url
from mapper.errors import ValueRefusedError


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/cameras?page=2#top",
        "http://example.org",
        "HTTPS://Example.org:8443/a%20b",
        " https://example.org/ ",
        "https://a-b.example.org./x",
    ],
)
def test_a_plain_web_address_passes_as_written(url: str) -> None:
    assert allowed_url(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//example.org/x",
        "/cameras",
        "example.org",
        "https:example.org",
        "https:/example.org",
        "https:\\\\example.org",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://192.168.1.10:8080/live",
        "https://8.8.8.8/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://xn--pple-43d.com/",
        "https://\u0430pple.com/",
        "https://-bad.example.org/",
        "https://under_score.example.org/",
        f"https://{'a' * 64}.example.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org/<script>",
        'https://example.org/"x',
        "https://example.org/{{7*7}}",
        "https://example.org/`x`",
        "https://example.org/\u202etxt",
        "https://example.org/a b",
        "https://",
        "",
        f"https://example.org/{'a' * URL_CHARS_MAX}",
    ],
    ids=lambda url: url[:40],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueRefusedError):
        allowed_url(url)


schemes = st.sampled_from(
    ["https://", "http://", "javascript:", "//", "data:", "HTTP:/", "\thttps://", "https:\\\\", ""]
)
hosts = st.sampled_from(["example.org", "user@example.org", "[::1]", "127.1", "a..b", "x.y\t.z"])


@given(schemes, hosts, st.text(max_size=40))
def test_what_passes_is_http_to_the_host_it_shows(scheme: str, host: str, rest: str) -> None:
    try:
        url = allowed_url(f"{scheme}{host}{rest}")
    except ValueRefusedError:
        return
    parts = urlsplit(url)
    assert parts.scheme in {"http", "https"}
    assert parts.hostname is not None
    assert "@" not in parts.netloc
    assert url.isascii()
    assert url.isprintable()
