"""Measures the engine: accuracy, speed, and how it compares with others.

Importing this package limits numeric libraries to one thread, before they load, so that CPU seconds compare.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ.setdefault(_name, "1")
