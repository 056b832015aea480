"""How often dossiers may be looked up: by each client, by each network that clients are of, and by all together.

A code says its agency, its day and a running number, so codes can be tried one after the other; what keeps that from
being worth it is that it is slow. A quarter of what all together may is kept for networks that have hardly asked yet,
so that no few networks, however many addresses they have, use up what is everyone's. Memory is bounded, and no flood of
addresses can make the limiter forget a client that it holds back.
"""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

MANY = 100
"""All clients together may look up as often as so many of them: a flood from many addresses stays a bounded load."""
RESERVED = 0.25
"""The share of that which is kept for networks that have hardly asked."""
IPV6_CLIENT = 64
"""Bits of an IPv6 address that one household or office has for itself; the rest it may choose anew at will."""
_ROUNDING = 1e-6
"""Who waited as long as told has a whole token, whatever floats make of it."""


@dataclass(frozen=True)
class Level:
    """How many a network of some size counts for."""

    ipv4: int
    """Bits that its addresses have in common."""
    ipv6: int
    clients: int
    """It may ask as often as so many clients."""
    quiet: float
    """It has hardly asked where it asked no more often than this many clients may."""


NETWORKS = (Level(24, 48, clients=10, quiet=0.1), Level(16, 32, clients=30, quiet=1))
"""An office or a provider's line, and what one owner may have of the whole internet."""


def client_of(peer: str, forwarded_for: str, trusted_proxy: str) -> str:
    """Whom a request counts for: its IPv4 address, or its IPv6 network.

    `forwarded_for` is the X-Forwarded-For header, believed only where it comes from `trusted_proxy`, and of it only
    the last address: that is the one which the proxy itself has seen.
    """
    address = _address(peer)
    if trusted_proxy and address == _address(trusted_proxy):
        address = _address(forwarded_for.rpartition(",")[2].strip().strip('"[]')) or address
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address.packed, IPV6_CLIENT), strict=False))
    return str(address)


def networks_of(client: str) -> tuple[str, ...]:
    """The networks that a client, as `client_of` names it, is of; the smallest first."""
    address = _address(client.partition("/")[0])
    if address is None:
        return tuple(client for _ in NETWORKS)
    bits = [level.ipv4 if address.version == 4 else level.ipv6 for level in NETWORKS]
    return tuple(str(ipaddress.ip_network((address.packed, length), strict=False)) for length in bits)


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class LookupLimit:
    """Lets each client pass so many times at once, and so many times a minute in the long run. Thread safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._all = _Allowance(per_minute * MANY)
        self._together = _Bucket(self._all.capacity, clock())
        # A bucket is full again after a minute, and forgotten only then: within a minute all together can pass at most
        # as often as they have capacity and regain of it, so there are never more buckets that are not full.
        most = 2 * self._all.capacity + 1
        self._clients = _Buckets(_Allowance(per_minute), most)
        self._networks = [_Buckets(_Allowance(per_minute * level.clients), most) for level in NETWORKS]
        self._quiet = [_Buckets(_Allowance(max(1.0, per_minute * level.quiet)), most) for level in NETWORKS]

    def take(self, client: str) -> int:
        """0 where the client may pass, else the whole seconds after which it may."""
        networks = networks_of(client)
        with self._lock:
            now = self._clock()
            own = [(self._clients, client), *zip(self._networks, networks, strict=True)]
            quiet = list(zip(self._quiet, networks, strict=True))
            asked_much = any(buckets.wait(name, now) for buckets, name in quiet)
            kept = RESERVED * self._all.capacity if asked_much else 0.0
            wait = max(*(buckets.wait(name, now) for buckets, name in own), self._all.wait(self._together, now, kept))
            if not wait:
                for buckets, name in (*own, *([] if asked_much else quiet)):
                    buckets.take(name, now)
                self._all.take(self._together, now)
            return wait

    @property
    def clients(self) -> int:
        """How many clients are remembered."""
        return len(self._clients)

    @property
    def networks(self) -> int:
        """How many networks are remembered of each size, at most."""
        return max(map(len, (*self._networks, *self._quiet)))


class _Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens = tokens
        self.at = at


class _Allowance:
    """How much a bucket holds, and how fast it fills."""

    def __init__(self, per_minute: float) -> None:
        self.capacity = per_minute
        self._rate = per_minute / 60

    def level(self, bucket: _Bucket, now: float) -> float:
        return min(self.capacity, bucket.tokens + (now - bucket.at) * self._rate)

    def wait(self, bucket: _Bucket, now: float, kept: float = 0.0) -> int:
        """Whole seconds until there is one token more than those that are kept."""
        return max(0, math.ceil((1 + kept - self.level(bucket, now)) / self._rate - _ROUNDING))

    def take(self, bucket: _Bucket, now: float) -> None:
        bucket.tokens, bucket.at = self.level(bucket, now) - 1, now


class _Buckets:
    """Buckets by name, of one size; those that were not taken from for longest are forgotten first."""

    def __init__(self, allowance: _Allowance, most: float) -> None:
        self._allowance = allowance
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, name: str, now: float) -> int:
        bucket = self._buckets.get(name)
        return self._allowance.wait(bucket, now) if bucket else 0

    def take(self, name: str, now: float) -> None:
        bucket = self._buckets.setdefault(name, _Bucket(self._allowance.capacity, now))
        self._allowance.take(bucket, now)
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
