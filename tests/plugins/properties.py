"""Property tests on shared machines: slowness is no failure, and a failing example can be played again."""

from hypothesis import settings

settings.register_profile("shared", deadline=None, print_blob=True)
settings.load_profile("shared")
