"""How often dossiers may be looked up, by whom, and that no flood makes the limiter forget."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.gateway.limits import MANY, LookupLimit, client_of, networks_of

PROXY = "10.0.0.1"


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_client_may_ask_as_often_as_the_limit_says_and_then_has_to_wait(clock: Clock) -> None:
    limit = LookupLimit(30, clock)

    assert [limit.take("a") for _ in range(31)] == [0] * 30 + [2]


def test_who_waited_as_long_as_told_may_ask_once_more(clock: Clock) -> None:
    limit = LookupLimit(7, clock)
    assert [limit.take("a") for _ in range(7)] == [0] * 7

    for _ in range(50):
        clock.now += limit.take("a")

        assert limit.take("a") == 0


def test_one_client_does_not_use_up_what_is_anothers(clock: Clock) -> None:
    limit = LookupLimit(1, clock)

    assert [limit.take("a"), limit.take("a"), limit.take("b")] == [0, 60, 0]


def test_after_a_minute_of_silence_all_is_as_at_the_start(clock: Clock) -> None:
    limit = LookupLimit(5, clock)
    assert [limit.take("a") for _ in range(5)] == [0] * 5
    clock.now += 3_600

    assert [limit.take("a") for _ in range(6)] == [0] * 5 + [12]


def test_all_clients_together_have_a_limit_too(clock: Clock) -> None:
    limit = LookupLimit(1, clock)

    waits = [limit.take(str(client)) for client in range(MANY + 1)]

    assert waits == [0] * MANY + [1]


def test_who_is_held_back_by_all_others_loses_nothing_of_its_own(clock: Clock) -> None:
    limit = LookupLimit(1, clock)
    for client in range(MANY):
        limit.take(str(client))
    assert limit.take("late") > 0
    clock.now += 1

    assert limit.take("late") == 0


def test_flood_of_addresses_neither_fills_memory_nor_frees_a_client_that_is_held_back(clock: Clock) -> None:
    limit = LookupLimit(1, clock)
    assert limit.take("enumerator") == 0

    for client in range(20_000):
        clock.now += 59 / 20_000
        limit.take(str(client))

    assert limit.clients <= 2 * MANY + 1
    assert limit.take("enumerator") > 0


def addresses(*networks: str, each: int) -> list[str]:
    """So many clients of each network, as they are counted."""
    found = []
    for network in map(ipaddress.ip_network, networks):
        step = 1 if network.version == 4 else 2**64
        found += [client_of(str(network[number * step + 1]), "", "") for number in range(each)]
    return found


FLOODS = {
    "150 addresses of one /24": addresses("203.0.113.0/24", each=150),
    "100 addresses of four /24": addresses(*(f"198.51.{n}.0/24" for n in range(100, 104)), each=25),
    "200 addresses of ten /24 of one /16": addresses(*(f"10.1.{n}.0/24" for n in range(10)), each=20),
    "150 networks of one /48": addresses("2001:db8:7::/48", each=150),
    "a /32 with a thousand /48": addresses(*(f"2001:db8:{n:x}::/48" for n in range(1_000)), each=1),
    "100 addresses of twenty providers": addresses(*(f"{n}.1.2.0/24" for n in range(11, 31)), each=5),
    "100 providers with one address each": addresses(*(f"{n}.1.2.0/24" for n in range(11, 111)), each=1),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_no_few_networks_use_up_what_is_everyones(clock: Clock, flood: str) -> None:
    limit = LookupLimit(30, clock)
    passed, refused = 0, []
    for _ in range(30):
        clock.now += 2
        passed += sum(limit.take(client) == 0 for client in FLOODS[flood])
        refused += [innocent for innocent in ("192.0.2.9", "2001:db9::/64") if limit.take(innocent)]

    assert refused == []
    assert passed <= 30 * MANY * 2  # what all may at once, and in a minute


def test_network_is_held_back_as_a_whole_and_its_neighbour_is_not(clock: Clock) -> None:
    limit = LookupLimit(30, clock)
    passed = sum(limit.take(client) == 0 for client in addresses("203.0.113.0/24", each=150) * 3)

    assert passed == 300
    assert limit.take("203.0.113.200") > 0
    assert limit.take("203.0.114.1") == 0
    clock.now += limit.take("203.0.113.200")
    assert limit.take("203.0.113.200") == 0


def test_flood_of_networks_does_not_fill_memory(clock: Clock) -> None:
    limit = LookupLimit(1, clock)
    for client in addresses(*(f"{a}.{b}.0.0/24" for a in range(1, 120) for b in range(0, 250, 5)), each=1):
        clock.now += 0.01
        limit.take(client)

    assert max(limit.clients, limit.networks) <= 2 * MANY + 1


@pytest.mark.parametrize(
    ("client", "networks"),
    [
        ("203.0.113.9", ("203.0.113.0/24", "203.0.0.0/16")),
        ("2001:db8:1:2::/64", ("2001:db8:1::/48", "2001:db8::/32")),
        ("None", ("None", "None")),
    ],
)
def test_client_is_of_a_small_and_a_large_network(client: str, networks: tuple[str, str]) -> None:
    assert networks_of(client) == networks


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 40)), max_size=80),
)
def test_in_no_minute_does_a_client_pass_more_often_than_twice_the_limit(
    per_minute: int, asked: list[tuple[str, float]]
) -> None:
    clock = Clock()
    limit = LookupLimit(per_minute, clock)
    passed: list[tuple[str, float]] = []

    for client, pause in asked:
        clock.now += pause
        if limit.take(client) == 0:
            passed.append((client, clock.now))

    for client, start in passed:
        within = [1 for other, at in passed if other == client and start <= at < start + 60]
        assert len(within) <= 2 * per_minute


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # anyone can write that header
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "192.0.2.1, 198.51.100.1", "198.51.100.1"),  # what stands before was written by the client
        (PROXY, '"[2001:db8::1]"', "2001:db8::/64"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:0:7::1", "", "2001:db8:0:7::/64"),
        ("2001:db8:0:7:ffff:ffff:ffff:ffff", "", "2001:db8:0:7::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("", "", "None"),
    ],
)
def test_client_is_an_address_or_a_network(peer: str, forwarded_for: str, client: str) -> None:
    assert client_of(peer, forwarded_for, PROXY) == client


def test_without_a_trusted_proxy_no_header_is_believed() -> None:
    assert client_of(PROXY, "198.51.100.1", "") == PROXY
