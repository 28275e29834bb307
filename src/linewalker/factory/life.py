"""Is the other side alive? A life counter is believed only while it changes."""

from __future__ import annotations


class LifeWatch:
    """Watches one life counter.

    Its first value proves nothing: an image that a dead line left behind looks the same. Only change is life.
    """

    def __init__(self, timeout_s: float):
        """
        Args:
            timeout_s: the other side is lost when its counter stood still for longer.
        """
        if timeout_s <= 0.0:
            raise ValueError(f"timeout_s is {timeout_s}; expected more than 0")
        self._timeout_s = timeout_s
        self._count: int | None = None
        self._changed_s: float | None = None

    def saw(self, count: int, now_s: float) -> None:
        """Note the counter as it stands now."""
        if self._count is not None and count != self._count:
            self._changed_s = now_s
        self._count = count

    def alive(self, now_s: float) -> bool:
        """Whether the counter changed within the timeout."""
        return self._changed_s is not None and now_s - self._changed_s <= self._timeout_s
