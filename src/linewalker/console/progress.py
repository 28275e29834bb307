"""What a person sees while a station works: one bar per car; plain lines where the terminal can not draw."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from linewalker.brain.inspector import VisitReport
from linewalker.console.terminal import terminal
from linewalker.console.verdict_style import styled, tally
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.inspection.verdict import Verdict

_REDRAWS_PER_S = 4
_PLAIN_LINES_PER_CAR = 4


class ShiftProgress:
    """Watches a station work (it is a `station.program.Observer`); a context manager.

    Attributes:
        cars: the cars judged so far.
    """

    def __init__(self, orders: Sequence[BuildOrder], console: Console | None = None):
        """
        Args:
            orders: the cars to come; empty if nobody knows how many.
            console: where to draw; default the terminal.
        """
        self.cars: list[CarResult] = []
        self._console = console or terminal()
        self._expected = len(orders)
        self._draws = self._console.is_terminal and not self._console.is_dumb_terminal
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[tally]}"),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
            console=self._console,
            refresh_per_second=_REDRAWS_PER_S,
            disable=not self._draws,
            expand=True,
        )
        self._task: TaskID | None = None
        self._order: BuildOrder | None = None
        self._verdicts: list[Verdict] = []
        self._visits = self._visits_done = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        """A car is in place; so many visits lie ahead."""
        self._order, self._verdicts = order, []
        self._visits, self._visits_done = visits, 0
        number = len(self.cars) + 1
        which = f"{number}/{self._expected}" if self._expected else f"{number}"
        title = f"car {which}  {order.vin}  {order.model}"
        self._task = self._progress.add_task(title, total=visits, tally="", state="at work")
        if not self._draws:
            self._console.print(f"{title}: {visits} visits", soft_wrap=True, markup=False)

    def visit_done(self, report: VisitReport) -> None:
        """A visit is made."""
        self._verdicts += [judgement.verdict for judgement in report.judgements]
        self._visits_done += 1
        if self._task is not None:
            self._progress.update(self._task, advance=1, tally=tally(self._verdicts).markup)
        quarter = max(1, self._visits // _PLAIN_LINES_PER_CAR)
        if not self._draws and self._visits_done % quarter == 0:
            counts = tally(self._verdicts).plain
            self._console.print(f"  {self._visits_done}/{self._visits} visits  {counts}", soft_wrap=True, markup=False)

    def car_done(self, car: CarResult) -> None:
        """A car is judged and its result is on disk."""
        self.cars.append(car)
        verdict = styled(car.verdict)
        if self._task is not None:
            counts = tally(entry.verdict for entry in car.characteristics)
            self._progress.update(self._task, tally=counts.markup, state=verdict.markup)
            self._progress.stop_task(self._task)
        if not self._draws:
            reason = f": {car.reason.en}" if car.reason else ""
            line = f"  {verdict.plain} in {car.takt_s:.0f} s of robot time{reason}"
            self._console.print(line, soft_wrap=True, markup=False)
        self._task = None
