"""Copies of objects that keep views into memory which somebody else fills."""

from __future__ import annotations

from typing import Any


class HoldsViews:
    """Base of classes that keep numpy views into arrays of theirs, or into the records of MuJoCo.

    The copy of a view is an array by itself, which nobody fills any more. So what was copied by `copy.deepcopy`, or
    restored by `pickle`, takes its views anew from what it then consists of.
    """

    def _take_views(self) -> None:
        """Set every attribute that is a view."""
        raise NotImplementedError

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._take_views()
