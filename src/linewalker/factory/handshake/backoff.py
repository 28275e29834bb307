"""How long to wait before something that failed is tried again."""

from __future__ import annotations


class Backoff:
    """Pauses that grow twofold, up to the longest one.

    Args:
        first_s, longest_s: the pauses.
    """

    def __init__(self, first_s: float, longest_s: float):
        self._first_s, self._longest_s = first_s, longest_s
        self._pause_s = first_s

    def pause_s(self) -> float:
        """How long to wait now; the next pause is twice as long."""
        pause_s, self._pause_s = self._pause_s, min(2.0 * self._pause_s, self._longest_s)
        return pause_s

    def succeeded(self) -> None:
        """Begin anew."""
        self._pause_s = self._first_s
