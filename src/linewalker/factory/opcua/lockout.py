"""Who guesses passwords waits: after five failures in a row for two seconds, then twice as long each time.

Failures count against the machine they come from. A client whose certificate has logged in before is counted by
itself, so that guesses from its machine do not lock a line out (OPC 10000-4, user authentication lockouts).
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

FREE_FAILURES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 900.0
_MOST_KNOWN = 1000
_LOG = logging.getLogger(__name__)


@dataclass
class _Count:
    """Failures in a row, and until when nobody is heard."""

    failures: int = 0
    until_s: float = 0.0


class Lockout:
    """See the module.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()
        self._welcome: set[bytes] = set()

    def shut(self, host: str, certificate: bytes) -> bool:
        """Whether this client is not even asked for its password now."""
        count = self._counts.get(self._who(host, certificate))
        return count is not None and self._clock() < count.until_s

    def note(self, host: str, certificate: bytes, *, accepted: bool) -> None:
        """Take note of how a log-in went."""
        who = self._who(host, certificate)
        if accepted:
            self._welcome.add(certificate)
            self._counts.pop(who, None)
            return
        count = self._counts.setdefault(who, _Count())
        self._counts.move_to_end(who)
        if len(self._counts) > _MOST_KNOWN:
            self._counts.popitem(last=False)
        count.failures += 1
        _LOG.warning("linewalker: a log-in from %s failed (%d in a row)", host, count.failures)
        if count.failures >= FREE_FAILURES:
            wait_s = min(FIRST_WAIT_S * 2.0 ** (count.failures - FREE_FAILURES), LONGEST_WAIT_S)
            count.until_s = self._clock() + wait_s
            _LOG.warning("linewalker: nobody from %s may log in for %.0f s", host, wait_s)

    def _who(self, host: str, certificate: bytes) -> Hashable:
        return certificate if certificate in self._welcome else host
