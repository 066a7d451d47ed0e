"""Addresses of the web, as publishers and servers write them: well formed, or an error."""

from urllib.parse import urljoin, urlsplit

from mapper.errors import FetchError


def joined_address(here: str, location: str) -> str:
    """
    Return the address that a redirect leads to.

    Raises
    ------
    FetchError
        If it is no address of the web.
    """
    try:
        url = urljoin(here, location)
    except ValueError as error:
        raise _no_address(location) from error
    require_web(url)
    return url


def _no_address(url: str) -> FetchError:
    # What stands before an @ or behind a ? may be a key.
    shown = url.partition("?")[0].rpartition("@")[2][:120]
    return FetchError(f"{shown!r} is no web address", next_step="check the address.")


def require_web(url: str) -> None:
    """
    Refuse what is no address of the web, or carries a name and a password.

    Raises
    ------
    FetchError
        Saying which of both it is.
    """
    try:
        parts = urlsplit(url)
        # Reading the port raises where it is none.
        _ = parts.port
    except ValueError as error:
        raise _no_address(url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"only http and https addresses are fetched, not {parts.scheme or 'none'}:"
        raise FetchError(msg, next_step="check the address.")
    if parts.username is not None or parts.password is not None:
        msg = f"{parts.hostname}: an address with a user name or password was refused"
        raise FetchError(msg, next_step="give keys through the environment.")


def shown_address(url: str) -> str:
    """Return an address without its query, which may carry a key."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
