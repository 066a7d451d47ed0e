"""
Which targets may be reached, checked on the very address that is connected to.

A portal may answer with a redirect or a link into the reader's own network. The check therefore
sits in the connection itself: the name is resolved once, every address is judged, and the socket
goes to a judged address, so that a second answer of the name server changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from mapper.errors import FetchError, UsageError

# Special-purpose by RFC 6890, and called global by Pythons before the mending of 2024.
_SPECIAL = (ipaddress.ip_network("192.0.0.0/24"),)

Target = tuple[str, int]
"""A host name as written in an address, in lower case, and a port."""


def targets_of(url: str) -> frozenset[Target]:
    """
    Return the target that an address names, which its writer may reach; none for no address.

    Raises
    ------
    UsageError
        If it is no web address.
    """
    if not url:
        return frozenset()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"{url!r} is no web address"
        raise UsageError(msg, next_step="write it whole, with https:// before it.")
    return frozenset({(parts.hostname.lower(), port or (443 if parts.scheme == "https" else 80))})


def is_public(address: str) -> bool:
    """
    Say whether an IP address belongs to the public internet.

    IPv6 forms that carry an IPv4 address (mapped, 6to4, Teredo, NAT64) are judged by it.

    Notes
    -----
    Source: RFC 6890 (special-purpose registries, as in ``ipaddress.is_global``), RFC 4291
    section 2.5.5.2, RFC 3056, RFC 4380, RFC 6052.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # ::ffff:127.0.0.1 is this machine; the form of the address must not hide it.
        carried = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            carried.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        inner = [address for address in carried if address is not None]
        if inner:
            return all(is_public(str(address)) for address in inner)
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _SPECIAL)


def public_addresses(host: str, port: int, *, named: frozenset[Target]) -> list[tuple[Any, ...]]:
    """
    Resolve a host, and refuse it where any of its addresses is not public.

    Parameters
    ----------
    named
        Targets that the user typed; these may be private.

    Returns
    -------
    list
        What ``socket.getaddrinfo`` gives, in its order.

    Raises
    ------
    FetchError
        If the name does not resolve, or leads into a private network.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        msg = f"the host name {host!r} does not resolve"
        raise FetchError(msg, next_step="check the address and the connection.") from error
    # A port, not only a host: who typed an address of the own network meant that service alone.
    if (host.lower(), port) not in named:
        # One private address among several is enough: which of them is connected to is not ours to
        # bet on.
        private = sorted({entry[4][0] for entry in addresses if not is_public(str(entry[4][0]))})
        if private:
            msg = f"{host!r} leads into a private network ({private[0]}); nothing was sent"
            raise FetchError(msg, next_step="name the address yourself if you mean it.")
    return addresses


class _Guarded:
    """Connects only to judged addresses, and tells who asks which sockets are open."""

    named: frozenset[Target] = frozenset()
    opened: Callable[[Any], None]

    def _new_conn(self: Any) -> socket.socket:
        last: OSError | None = None
        host = str(self._dns_host).strip("[]")
        for family, kind, protocol, _, address in public_addresses(
            host, self.port, named=self.named
        ):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                # To the judged address itself: a second look-up could answer with another.
                sock.connect(address)
            except OSError as error:
                sock.close()
                last = error
                continue
            type(self).opened(self)
            return sock
        msg = f"no connection to {host}:{self.port} ({last})"
        raise ConnectionError(msg)


class GuardedAdapter(HTTPAdapter):
    """
    A requests adapter whose connections are guarded.

    Parameters
    ----------
    named
        Targets that the user typed; these may be private.
    opened
        Called with each new connection, so that a deadline can shut its socket.
    """

    def __init__(self, named: frozenset[Target], opened: Callable[[Any], None]) -> None:
        members = {"named": named, "opened": staticmethod(opened)}
        http = type("GuardedHTTP", (_Guarded, HTTPConnection), members)
        https = type("GuardedHTTPS", (_Guarded, HTTPSConnection), members)
        self._pools = {
            "http": type("HTTPPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type("HTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": https}),
        }
        # Retries are counted in one place, with the deadline in view; see http.py.
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as inherited
        """Make the pools of guarded connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
