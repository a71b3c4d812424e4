"""Which names of this service a client may have signed.

SDKs sign the endpoint they were given, which is not always the ``Host`` they send: some leave out the port, a gateway
setting connects elsewhere than it signs for, proxies rewrite ``Host``. Every name is tried; each asks for the key.
"""

import re
from collections.abc import Iterable
from typing import Final

CLOUD: Final = ("ocr.tencentcloudapi.com", "ocr.intl.tencentcloudapi.com")
"""Signed by clients that keep the cloud's endpoint and are led here by a gateway setting or a proxy."""
_REGION: Final = re.compile(r"[a-z0-9-]{1,32}")
_PORT: Final = re.compile(r":[0-9]{1,5}$")


def signed_hosts(host: str, region: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Every name that may have been signed: ``host`` as sent, without its port, in lower case, and other names of it.

    ``region`` is the request's; ``aliases`` are names that the operator knows.
    """
    bare = _PORT.sub("", host)
    regional = [f"ocr.{region}.tencentcloudapi.com"] if _REGION.fullmatch(region) else []
    return tuple(dict.fromkeys([host, bare, host.lower(), bare.lower(), *CLOUD, *regional, *aliases]))
