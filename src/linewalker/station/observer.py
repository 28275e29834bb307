"""Whoever watches a station work, and why nobody who watches can end the work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ParamSpec, Protocol

from linewalker.brain.inspector import VisitReport
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult

_LOG = logging.getLogger("linewalker")
_P = ParamSpec("_P")


class Observer(Protocol):
    """Whoever watches the station work."""

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """A car is in place; so many visits lie ahead."""

    def visit_done(self, report: VisitReport) -> None:
        """A visit is made."""

    def car_done(self, car: CarResult) -> None:
        """A car is judged and its result is on disk."""


class Gallery:
    """Where observers stand: one that fails is heard once, and no more asked; the work goes on.

    Args:
        who: the observer in words, for the message.
    """

    def __init__(self, who: str):
        self._who, self._empty = who, False

    def harmless(self, watch: Callable[_P, object]) -> Callable[_P, None]:
        """``watch``, which can not fail; all that come from one gallery end with the first failure."""

        def watched(*args: _P.args, **kwargs: _P.kwargs) -> None:
            if self._empty:
                return
            try:
                watch(*args, **kwargs)
            except Exception as failure:  # noqa: BLE001  whatever it is, it happened to a picture of the work
                self._empty = True
                kind = type(failure).__name__
                _LOG.error("%s failed and is left out from here on; the work goes on: %s: %s", self._who, kind, failure)

        return watched


class HarmlessObserver:
    """Tells an observer what happens, as a `Gallery` does."""

    def __init__(self, observer: Observer, who: str = "the display"):
        gallery = Gallery(who)
        self.car_begins = gallery.harmless(observer.car_begins)
        self.visit_done = gallery.harmless(observer.visit_done)
        self.car_done = gallery.harmless(observer.car_done)


class Audience:
    """Several observers as one."""

    def __init__(self, *observers: Observer):
        self._observers = observers

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """A car is in place."""
        for observer in self._observers:
            observer.car_begins(order, visits)

    def visit_done(self, report: VisitReport) -> None:
        """A visit is made."""
        for observer in self._observers:
            observer.visit_done(report)

    def car_done(self, car: CarResult) -> None:
        """A car is judged."""
        for observer in self._observers:
            observer.car_done(car)
