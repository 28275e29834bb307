"""Property tests draw the same examples on every machine and every day, and all tests hear English unless they ask."""

import os

from hypothesis import settings

for name in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"

settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")
