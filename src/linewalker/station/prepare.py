"""Do now what would otherwise be done, slowly, on first use."""

from __future__ import annotations

from collections.abc import Iterator

import linewalker.station.shift  # noqa: F401  (what is imported is compiled, and this imports all that a station runs)
from linewalker.kernel import make_ready
from linewalker.station.inputs import known_models, load_models


def prepare() -> Iterator[str]:
    """Build and store the vehicle models, compile all kernels that a station calls; yields what comes next."""
    for name in known_models():
        yield f"building the {name}"
        load_models([name])
    yield "compiling what moves the robot and draws what it sees"
    make_ready()
