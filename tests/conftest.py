"""The same commit gets the same verdict: the suite draws the same examples every time.

``python -m pytest --hypothesis-profile=hunt`` looks for new ones; what it finds becomes an ``@example``.
"""

from hypothesis import settings

settings.register_profile("suite", derandomize=True, print_blob=True, deadline=None)
settings.register_profile("hunt", derandomize=False, print_blob=True, deadline=None)
settings.load_profile("suite")
