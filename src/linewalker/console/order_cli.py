"""The commands that take orders in words. Rooms are imported inside them, so that ``--help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read
from linewalker.console.options import (
    OutOption,
    Pace,
    PaceOption,
    RobotOption,
    SeedOption,
    StationShiftOption,
    WorldOption,
    YesOption,
)
from linewalker.errors import InputError

order_app = typer.Typer()


@order_app.command()
def ask(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="What you would tell the robot, Chinese or English.")],
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", callback=file_to_read, help="Inspection plan (YAML) to read it against; or the example's."
        ),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", metavar="TEXT", help="An order given before it. May be given again, oldest first."),
    ] = None,
    run: Annotated[list[Path] | None, typer.Option("--run", metavar="DIR", help="A run to answer from.")] = None,
    words: Annotated[
        Path | None, typer.Option("--words", callback=file_to_read, help="What your plant calls things (YAML).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    shift: StationShiftOption = None,
    world: WorldOption = None,
    robot: RobotOption = "g1",
    out: OutOption = Path("out/orders"),
    seed: SeedOption = 0,
    pace: PaceOption = Pace.MAX,
    yes: YesOption = False,
) -> None:
    """Say how an order is understood, answer a question out of records, or, with --shift, have it done by a simulated
    station once you have confirmed what was read back. Offline."""
    if shift is None:
        from linewalker.console.ask_command import ask as read_order

        read_order(order, plan, after or [], run or [], words=words, as_json=as_json)
        return
    from linewalker.console.order_commands import OrderOptions, act_on
    from linewalker.station.shift_files import ShiftFiles

    files = ShiftFiles(shift=shift, plan=_needed_plan(plan), world=world, robot=robot, seed=seed)
    options = OrderOptions(folder=out, real_time=pace is Pace.REAL, yes=yes)
    raise typer.Exit(act_on(order, files, after or [], options, as_json=as_json))


@order_app.command()
def chat(
    plan: Annotated[
        Path | None, typer.Option("--plan", callback=file_to_read, help="Inspection plan (YAML); or the example's.")
    ] = None,
    shift: StationShiftOption = None,
    world: WorldOption = None,
    robot: RobotOption = "g1",
    out: OutOption = Path("out/orders"),
    seed: SeedOption = 0,
    pace: PaceOption = Pace.REAL,
    yes: YesOption = False,
) -> None:
    """Talk with a simulated station, Chinese or English: orders, questions, and stop, at any time (docs/chat.md)."""
    from linewalker.console.order_commands import OrderOptions
    from linewalker.console.order_commands import chat as talk
    from linewalker.station.shift_files import ShiftFiles

    files = None
    if shift is not None:
        files = ShiftFiles(shift=shift, plan=_needed_plan(plan), world=world, robot=robot, seed=seed)
    raise typer.Exit(talk(files, OrderOptions(folder=out, real_time=pace is Pace.REAL, yes=yes)))


def _needed_plan(plan: Path | None) -> Path:
    """A station works by a plan."""
    if plan is None:
        raise InputError("a station works by an inspection plan; name it with --plan")
    return plan
