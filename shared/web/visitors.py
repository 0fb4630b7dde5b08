"""Where a request comes from, for rate limits only: an address is turned into a mark at once and kept nowhere."""

import os
from collections.abc import Sequence
from functools import cache
from hashlib import blake2s
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.types import Scope

from shared.web.reader import header_of

Networks = Sequence[IPv4Network | IPv6Network]

_KEY: Final = os.urandom(32)
"""New with each process: a mark tells nothing about an address, not even together with another day's."""
_HOME: Final = 64
"""Bits of an IPv6 address that name a household; the rest its devices choose freely."""


def mark_of(scope: Scope, trusted: Networks) -> bytes:
    """A mark for the visitor's address; `X-Forwarded-For` counts as far as `trusted` proxies wrote it."""
    peer = scope.get("client")
    address = str(peer[0]) if peer else ""
    if address and _is_in(address, trusted):
        address = _behind_proxies(header_of(scope, b"x-forwarded-for"), trusted) or address
    return blake2s(_household(address).encode(), key=_KEY, digest_size=16).digest()


@cache
def networks(written: str) -> Networks:
    """Networks and single addresses, comma separated; raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in written.split(",") if part.strip())


def _behind_proxies(forwarded: str, trusted: Networks) -> str:
    """The last address in the list that no trusted proxy has; a visitor may have written anything before it."""
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        if not _is_address(hop):
            return ""
        if not _is_in(hop, trusted):
            return hop
    return ""


def _is_in(address: str, trusted: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _household(address: str) -> str:
    if not _is_address(address):
        return address
    found = ip_address(address)
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network(f"{found}/{_HOME}", strict=False))
