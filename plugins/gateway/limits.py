"""How often dossiers may be looked up: a bucket of tokens for each client, and one for all together.

A code says its agency, its day and a running number, so codes can be tried one after the other; what keeps that from
being worth it is that it is slow. Memory is bounded, and no flood of addresses can make the limiter forget a client
that it holds back.
"""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

MANY = 100
"""All clients together may look up as often as so many of them: a flood from many addresses stays a bounded load."""
_ROUNDING = 1e-6
"""Who waited as long as told has a whole token, whatever floats make of it."""
IPV6_CLIENT = 64
"""Bits of an IPv6 address that one household or office has for itself; the rest it may choose anew at will."""


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


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class LookupLimit:
    """Lets each client pass so many times at once, and so many times a minute in the long run. Thread safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._one = _Allowance(per_minute)
        self._all = _Allowance(per_minute * MANY)
        self._clock = clock
        self._lock = Lock()
        self._together = _Bucket(self._all.capacity, clock())
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        # A bucket is full again after a minute, and forgotten only then: within a minute all together can pass at most
        # as often as they have capacity and regain of it, so there are never more buckets that are not full.
        self._most = 2 * self._all.capacity + 1

    def take(self, client: str) -> int:
        """0 where the client may pass, else the whole seconds after which it may."""
        with self._lock:
            now = self._clock()
            own = self._buckets.get(client) or _Bucket(self._one.capacity, now)
            wait = max(self._one.wait(own, now), self._all.wait(self._together, now))
            if wait:
                return wait
            self._one.take(own, now)
            self._all.take(self._together, now)
            self._buckets[client] = own
            self._buckets.move_to_end(client)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return 0

    @property
    def clients(self) -> int:
        """How many clients are remembered."""
        return len(self._buckets)


class _Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens = tokens
        self.at = at


class _Allowance:
    """How much a bucket holds, and how fast it fills."""

    def __init__(self, per_minute: int) -> None:
        self.capacity = per_minute
        self._rate = per_minute / 60

    def _level(self, bucket: _Bucket, now: float) -> float:
        return min(self.capacity, bucket.tokens + (now - bucket.at) * self._rate)

    def wait(self, bucket: _Bucket, now: float) -> int:
        return max(0, math.ceil((1 - self._level(bucket, now)) / self._rate - _ROUNDING))

    def take(self, bucket: _Bucket, now: float) -> None:
        bucket.tokens, bucket.at = self._level(bucket, now) - 1, now
