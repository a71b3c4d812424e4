"""``python -m passport_ocr_server.cli.ready``: ends with 0 where the service of these settings reads pictures.

For HEALTHCHECK of the image: it asks the port that the environment names, and needs nothing but Python's own library.
"""

import http.client
import os
import sys
from collections.abc import Mapping
from typing import Final

SECONDS: Final = 4.0
_ANY_ADDRESS: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


def is_ready(environment: Mapping[str, str]) -> bool:
    """Whether the service that was started with ``environment`` on this machine answers that it is ready."""
    host = environment.get("PASSPORT_OCR_HOST", "127.0.0.1")
    port = int(environment.get("PASSPORT_OCR_PORT", "8000"))
    connection = http.client.HTTPConnection(_ANY_ADDRESS.get(host, host), port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_ready(os.environ))
