from collections.abc import Iterator

import pytest

from tests.server.redis_server import RedisMissing, running_redis


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    try:
        with running_redis() as url:
            yield url
    except RedisMissing as reason:
        pytest.skip(str(reason))
