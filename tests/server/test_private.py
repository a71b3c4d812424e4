"""Asked of the kernel by a process of its own: what holds then holds for good."""

import subprocess
import sys

ASK = """
import ctypes, resource
from server.private import keep_private
keep_private()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))  # 3: PR_GET_DUMPABLE
"""


def test_no_core_file_and_not_dumpable() -> None:
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, encoding="utf-8", check=True)
    assert asked.stdout.split() == ["0", "0", "0"]
