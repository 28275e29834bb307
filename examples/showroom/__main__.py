"""A guide at a fair, in physics: visitors come, orders are given in words, the robot walks round people and tells.

python -m examples.showroom --language en
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from examples.showroom.guide import Guide, Tally

from linewalker.console.streams import steady_output
from linewalker.console.terminal import narrow_table, terminal
from linewalker.errors import InputError, LinewalkerError
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from linewalker.station.hall.simulated_hall import HallOptions, simulated_hall

DONE, FAULT, WRONG_INPUT = 0, 1, 2
HALL = Path(__file__).with_name("hall.yaml")
OUT = Path("out/showroom")


class Language(StrEnum):
    """Of the tour."""

    zh = "zh"
    en = "en"


def main(
    hall: Annotated[Path, typer.Option(help="What the hall looks like.")] = HALL,
    language: Annotated[Language, typer.Option(help="In which the orders of the tour are given.")] = Language.zh,
    order: Annotated[list[str] | None, typer.Option(help="Give this order instead of the tour's; repeatable.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the noise of all sensors.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder for the journal.")] = OUT,
) -> None:
    """Work through the orders of a tour; the exit code is 0 if all were understood and done."""
    console = terminal()
    known = read_hall(hall)
    orders = order or known.tour[language.value]
    if not orders:
        raise InputError("there are no orders of a tour; give some, with --order, or as 'tour' in the file", file=hall)
    reader = hall_reader(known, out, None)
    guide = Guide(hall=known, reader=reader, tell=lambda line: console.print(line, soft_wrap=True))
    options = HallOptions(seed=seed, listen=guide.note, voice=guide.say)
    with simulated_hall(known, out, options) as there, StationPerformer(there.workplace) as performer:
        guide.gap_m = there.gap_m
        guide.works_in(there.workplace)
        for text in orders:
            guide.order(text, performer)
    console.print(_table(guide.tallies))
    raise typer.Exit(DONE if all(tally.fine for tally in guide.tallies) else FAULT)


def _table(tallies: list[Tally]):
    table = narrow_table("the tour")
    for column in ("order", "outcome", "walked, m", "nearest visitor, m", "said", "took, s"):
        table.add_column(column)
    for tally in tallies:
        nearest = "-" if tally.nearest_m is None else f"{tally.nearest_m:.2f}"
        numbers = (f"{tally.walked_m:.1f}", nearest, str(len(tally.said)), f"{tally.took_s:.1f}")
        table.add_row(tally.order, tally.outcome, *numbers)
    return table


if __name__ == "__main__":
    with steady_output():
        try:
            typer.run(main)
        except LinewalkerError as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(WRONG_INPUT if isinstance(error, InputError) else FAULT)
