"""Every system that is compared has its names."""

from benchmarks.peers.names import NAMES
from benchmarks.peers.systems import SYSTEMS


def test_every_system_has_names() -> None:
    assert set(NAMES) == set(SYSTEMS)
