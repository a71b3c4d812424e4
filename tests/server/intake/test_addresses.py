import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.intake.addresses import is_public, may_connect

INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.9.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_the_inside_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_scoped_address_is_never_public() -> None:
    assert not is_public(ipaddress.ip_address("2606:4700::1111%1"))


@given(st.ip_addresses())
def test_what_is_public_is_global_and_unicast(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not (address.is_multicast or address.is_reserved or address.is_loopback or address.is_private)


@given(st.ip_addresses(v=4))
def test_no_ipv6_spelling_of_an_ipv4_address_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    carriers = ["::ffff:0:0", "64:ff9b::", "::"]
    spellings = [ipaddress.IPv6Address(int(ipaddress.IPv6Address(carrier)) + number) for carrier in carriers]
    spellings.append(ipaddress.IPv6Address(0x2002 << 112 | number << 80))
    assert not any(is_public(spelling) for spelling in spellings)


def test_opened_networks_open_themselves_only() -> None:
    opened = [ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fd00:1::/64")]
    assert may_connect(ipaddress.ip_address("10.1.2.3"), opened)
    assert may_connect(ipaddress.ip_address("fd00:1::5"), opened)
    assert not may_connect(ipaddress.ip_address("10.2.0.1"), opened)
    assert not may_connect(ipaddress.ip_address("::ffff:10.1.2.3"), opened)
