"""The commands that take orders in words. Rooms are imported inside them, so that ``--help`` answers at once."""

from __future__ import annotations

from typing import Annotated

import typer

from linewalker.console.option_group import with_groups
from linewalker.console.options import Pace, PaceOption, SpokenOptions

order_app = typer.Typer()


@order_app.command()
@with_groups
def ask(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="What you would tell the robot, Chinese or English.")],
    spoken: SpokenOptions,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", metavar="TEXT", help="An order given before it. May be given again, oldest first."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    pace: PaceOption = Pace.MAX,
) -> None:
    """Say how an order is understood, answer a question out of records, or, with --shift or --pack, have it done in
    simulation once you have confirmed what was read back. Offline (docs/ask.md)."""
    files = spoken.files()
    if files is None and spoken.pack is None:
        from linewalker.console.ask_command import ask as read_order

        read_order(order, spoken.plan, after or [], spoken.run or [], words=spoken.words, as_json=as_json)
        return
    if files is None and spoken.pack is not None:
        from linewalker.console.hall_answer import answered_in_hall

        if answered_in_hall(order, after or [], spoken.pack, spoken.out, as_json=as_json):
            return
    from linewalker.console.listener import OrderOptions
    from linewalker.console.order_commands import act_on

    options = OrderOptions.of(spoken, files, real_time=pace is Pace.REAL)
    raise typer.Exit(act_on(order, after or [], options, as_json=as_json))


@order_app.command()
@with_groups
def chat(
    spoken: SpokenOptions,
    pace: PaceOption = Pace.REAL,
    speech: Annotated[
        bool, typer.Option("--speech", help="Orders may be said: an empty line listens, the next one ends it.")
    ] = False,
) -> None:
    """Talk with a simulated station or the guide of a hall, Chinese or English: orders, questions, and stop, at any
    time (docs/chat.md)."""
    from linewalker.console.listener import OrderOptions
    from linewalker.console.order_commands import chat as talk

    raise typer.Exit(talk(OrderOptions.of(spoken, spoken.files(), real_time=pace is Pace.REAL), speech=speech))
