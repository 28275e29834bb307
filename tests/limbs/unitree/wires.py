"""Domains of DDS that no other test of this machine is in, and patience with machines that have much to do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

PATIENCE_S = 60.0


def free_domain(number: int) -> int:
    """A domain of this process; ``number`` tells those of one test file apart."""
    return 1 + (os.getpid() * 7 + number) % 200


def come_true(what: Callable[[], object], patience_s: float = PATIENCE_S) -> bool:
    """Wait until it does, or for long enough."""
    end = time.monotonic() + patience_s
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
