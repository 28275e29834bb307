"""Household orders, planned and proved; nothing moves, for there are no hands yet.

python -m examples.tidy "put the cup into the dishwasher"
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples.tidy.household import Household, answer, read_household

from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.problem import Case
from linewalker.brain.planning.summary import summary
from linewalker.console.streams import steady_output
from linewalker.console.terminal import narrow_table, terminal
from linewalker.errors import LinewalkerError

DONE, FAULT, WRONG_INPUT = 0, 1, 2
HOUSEHOLD = Path(__file__).with_name("household.yaml")


def main(orders: list[str]) -> int:
    """Answer orders, or those of the file; returns 0 if each has a proved plan."""
    household = read_household(HOUSEHOLD)
    given = orders or [order for each in household.orders.values() for order in each]
    return DONE if False not in [_answer(household, order) for order in given] else FAULT


def _answer(household: Household, order: str) -> bool:
    console, (read, found) = terminal(), answer(household, order)
    zh = read.language == "zh"
    console.print(f"> {order}", soft_wrap=True)
    if isinstance(found, Plan):
        said, titles = summary(found), {task.id: task.name for task in found.problem.tasks}
        table = narrow_table(f"certificate {found.id[:12]}")
        for column in ("begins, s", "ends, s", "task", "at"):
            table.add_column(column)
        for stop in found.certificate.stops:
            times, title = stop.times[Case.EXPECTED], titles[stop.stop.task]
            where = next(p for p in found.problem.places if p.id == stop.stop.place)
            name = title.zh if zh else title.en
            table.add_row(f"{times.arrives_s:.1f}", f"{times.ends_s:.1f}", name, f"{where.x_m:g}, {where.y_m:g} m")
        console.print(table)
        console.print(said.zh if zh else said.en, soft_wrap=True)
    because = read.because
    reason = "" if because is None else because.title.zh if zh else because.title.en
    console.print(read.question or reason or read.read_back, soft_wrap=True)
    return isinstance(found, Plan)


if __name__ == "__main__":
    with steady_output():
        try:
            sys.exit(main(sys.argv[1:]))
        except LinewalkerError as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(WRONG_INPUT)
