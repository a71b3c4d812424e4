"""Which network addresses a download may connect to, and which stand for one client."""

import ipaddress
from collections.abc import Iterable
from typing import Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

# Spelt out: what Python calls global has changed between its patch releases, and that is no place for surprises.
# IANA's IPv4 special-purpose registry, plus multicast, reserved space, and one metadata service on a public address.
NOT_PUBLIC_4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata service of one cloud
        "127.0.0.0/8",
        "168.63.129.16/32",  # one cloud's metadata and DNS service: routed to the host although public
        "169.254.0.0/16",  # link-local: the metadata services of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
GLOBAL_UNICAST_6: Final = ipaddress.IPv6Network("2000::/3")
"""Everything else is loopback, private, link-local, multicast, or carries an IPv4 address (mapped, NAT64)."""
NOT_PUBLIC_6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo (carries IPv4), benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: carries IPv4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def is_public(address: Address) -> bool:
    """Whether the address is of the public internet, and nothing that leads back inside."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    return (
        address.scope_id is None
        and address in GLOBAL_UNICAST_6
        and not any(address in network for network in NOT_PUBLIC_6)
    )


def may_connect(address: Address, opened: Iterable[Network]) -> bool:
    """Whether a download may connect: to public addresses, and to the networks ``opened`` by the operator."""
    return is_public(address) or any(address.version == n.version and address in n for n in opened)


def address_alone(host: str | None, proxies: Iterable[Network]) -> str:
    """A client's address as a name; empty where it is a proxy's, which stands for many clients, or none at all."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return ""
    return "" if any(address.version == n.version and address in n for n in proxies) else str(address)
