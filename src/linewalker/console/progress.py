"""What a person sees while a station works: one bar per car, what the robot does, and how long it still takes.

Where the terminal can not draw, the same in plain lines, some for each car.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from linewalker.brain.inspector import VisitReport
from linewalker.console.terminal import terminal
from linewalker.console.verdict_style import styled, tally
from linewalker.console.waiting import in_time
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.inspection.verdict import Verdict
from linewalker.messages.catalogue import say

_REDRAWS_PER_S = 4
_PLAIN_LINES_PER_CAR = 4


class ShiftProgress:
    """Watches a station work (it is a `station.program.Observer`); a context manager.

    Attributes:
        cars: the cars judged so far.
    """

    def __init__(
        self,
        orders: Sequence[BuildOrder],
        console: Console | None = None,
        *,
        now: Callable[[], str] = lambda: "",
        clock: Callable[[], float] = time.monotonic,
    ):
        """
        Args:
            orders: the cars to come; empty if nobody knows how many.
            console: where to draw; default the terminal.
            now: what the robot does, in an English word of the catalogue; asked for with every redraw.
            clock: s, as whoever waits has it.
        """
        self.cars: list[CarResult] = []
        self._console = console or terminal()
        self._expected, self._now, self._clock = len(orders), now, clock
        self._draws = self._console.is_terminal and not self._console.is_dumb_terminal
        self._task: TaskID | None = None
        self._verdicts: list[Verdict] = []
        self._visits = self._visits_done = self._all_visits_done = 0
        self._began_s = clock()
        self._progress = _Bars(self._last_line, self._console, disable=not self._draws)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._visits = 0
        self._progress.stop()

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """A car is in place; so many visits lie ahead."""
        self._verdicts = []
        self._visits, self._visits_done = visits, 0
        number = len(self.cars) + 1
        which = f"{number}/{self._expected}" if self._expected else f"{number}"
        title = f"{say(f'car {which}')}  {order.vin}  {order.model}"
        self._task = self._progress.add_task(title, total=visits, found="")
        if not self._draws:
            self._tell(f"{title}: {say(f'{visits} visits')}")

    def visit_done(self, report: VisitReport) -> None:
        """A visit is made."""
        self._verdicts += [judgement.verdict for judgement in report.judgements]
        self._visits_done += 1
        self._all_visits_done += 1
        if self._task is not None:
            self._progress.update(self._task, advance=1, found=tally(self._verdicts).markup)
        quarter = max(1, self._visits // _PLAIN_LINES_PER_CAR)
        if not self._draws and self._visits_done % quarter == 0:
            made, counts = say(f"{self._visits_done}/{self._visits} visits"), tally(self._verdicts).plain
            self._tell(f"  {made}  {counts}  {self._left()}")

    def car_done(self, car: CarResult) -> None:
        """A car is judged and its result is on disk."""
        self.cars.append(car)
        verdict = styled(car.verdict)
        if self._task is not None:
            self._progress.update(self._task, found=verdict.markup)
            self._progress.stop_task(self._task)
        if not self._draws:
            reason = f": {car.reason.spoken}" if car.reason else ""
            self._tell(f"  {verdict.plain} {say(f'in {car.takt_s:.0f} s of robot time')}{reason}")
        self._task, self._visits = None, 0

    def _tell(self, line: str) -> None:
        self._console.print(line, soft_wrap=True, markup=False)

    def _last_line(self) -> str:
        """What it does now, and for how long still."""
        if not self._visits:
            return ""
        doing = say(self._now()) if self._now() else ""
        place = say(f"visit {min(self._visits_done + 1, self._visits)} of {self._visits}")
        return "  ".join(part for part in (place, doing, self._left()) if part)

    def _left(self) -> str:
        """Measured: what is still to be visited, at the pace so far; cars to come have as many visits as this one."""
        if not self._all_visits_done:
            return ""
        pace_s = (self._clock() - self._began_s) / self._all_visits_done
        here = self._visits - self._visits_done
        to_come = self._visits * max(0, self._expected - len(self.cars) - 1)
        car = say(f"still about {in_time(pace_s * here)} for this car")
        return say(f"{car}, {in_time(pace_s * (here + to_come))} for the shift") if to_come else car


class _Bars(Progress):
    """The bars, and a line below them."""

    def __init__(self, last_line: Callable[[], str], console: Console, *, disable: bool):
        self._last_line = last_line
        super().__init__(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[found]}"),
            console=console,
            refresh_per_second=_REDRAWS_PER_S,
            disable=disable,
            expand=True,
        )

    def get_renderables(self) -> Iterable[RenderableType]:
        yield from super().get_renderables()
        line = self._last_line()
        if line:
            yield Text(f"  {line}", style="dim", overflow="ellipsis", no_wrap=True)
