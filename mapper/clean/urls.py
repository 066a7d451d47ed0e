"""Addresses from outside: an allow-list, so that what passes can stand in a link."""

import re
from urllib.parse import SplitResult, urlsplit

from mapper.errors import ValueRefusedError

URL_CHARS_MAX = 2_048

_SCHEMES = frozenset({"http", "https"})
_HOST_CHARS_MAX = 253
# Letters, digits and inner hyphens, at most 63 characters (RFC 1123, section 2.1).
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
# What a browser strips or turns round before it reads an address (WHATWG URL, section 4.4).
_NEVER_IN_A_URL = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\\"<>^`{|}]")


def allowed_url(text: str) -> str:
    """
    Return back an http or https address that is safe to put in a link, as written.

    Parameters
    ----------
    text
        The written address; surrounding white space is dropped.

    Raises
    ------
    ValueRefusedError
        If it is too long, has another scheme or none, names a user or password, has a host that
        is no plain ASCII name (punycode labels are refused, since they can look like another
        name) or a bare address, a port out of range, or characters that a browser would
        rewrite.
    """
    url = text.strip()
    if len(url) > URL_CHARS_MAX:
        msg = f"an address of {len(url):,} characters; {URL_CHARS_MAX:,} are allowed"
        raise ValueRefusedError(msg)
    if _NEVER_IN_A_URL.search(url):
        msg = f"the address {url[:80]!r} holds characters that must be escaped"
        raise ValueRefusedError(msg)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        msg = f"{url[:80]!r} is not an address"
        raise ValueRefusedError(msg) from error
    if parts.scheme not in _SCHEMES or not url.lower().startswith(f"{parts.scheme}://"):
        msg = f"the address {url[:80]!r} is neither http nor https"
        raise ValueRefusedError(msg)
    _check_host(parts, url)
    if port == 0:
        msg = f"the address {url[:80]!r} has no usable port"
        raise ValueRefusedError(msg)
    return url


def _check_host(parts: SplitResult, url: str) -> None:
    host = parts.hostname or ""
    if "@" in parts.netloc:
        msg = f"the address {url[:80]!r} names a user"
        raise ValueRefusedError(msg)
    labels = host.removesuffix(".").split(".")
    if (
        len(host) > _HOST_CHARS_MAX
        or len(labels) == 1
        or not all(_LABEL.fullmatch(label) for label in labels)
        or any(label.startswith("xn--") for label in labels)
    ):
        msg = f"the address {url[:80]!r} has no valid public host name"
        raise ValueRefusedError(msg)
    # A last label that is a number makes the host an IPv4 address in a browser (WHATWG URL,
    # section 3.5), and a bare address is more often a camera's own than a page's.
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        msg = f"the address {url[:80]!r} has a bare address instead of a host name"
        raise ValueRefusedError(msg)
