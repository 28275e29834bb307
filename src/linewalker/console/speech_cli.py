"""The commands that hear and speak. Rooms are imported inside them, so that ``--help`` answers at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, file_to_write
from linewalker.console.options import (
    OutOption,
    Pace,
    PaceOption,
    RobotOption,
    SeedOption,
    StationShiftOption,
    WorldOption,
)
from linewalker.console.order_cli import needed_plan

speech_app = typer.Typer()


class Language(StrEnum):
    """What is spoken."""

    ZH = "zh"
    EN = "en"


@speech_app.command()
def listen(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", callback=file_to_read, help="WAV file; without it, from the microphone."),
    ] = None,
    language: Annotated[Language | None, typer.Option("--language", help="Default: whichever it is.")] = None,
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
) -> None:
    """Hear an order, say what was heard and how it is understood; with --shift, have it done once you have confirmed
    what was read back. Offline; needs the extra 'speech' (docs/speech.md)."""
    from linewalker.brain.speech.extra import expect_extra

    expect_extra()
    from linewalker.console.listen_command import Spoken
    from linewalker.console.listen_command import listen as hear

    spoken = Spoken(file=file, language=language, plan=plan, runs=run or [], words=words, after=after or [])
    if shift is None:
        raise typer.Exit(hear(spoken, as_json=as_json))
    from linewalker.console.order_commands import OrderOptions
    from linewalker.station.shift_files import ShiftFiles

    files = ShiftFiles(shift=shift, plan=needed_plan(plan), world=world, robot=robot, seed=seed)
    options = OrderOptions(folder=out, real_time=pace is Pace.REAL)
    raise typer.Exit(hear(spoken, files, options, as_json=as_json))


@speech_app.command()
def say(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say, Chinese or English.")],
    out: Annotated[
        Path | None, typer.Option("--out", callback=file_to_write, help="Write it into this WAV file.")
    ] = None,
) -> None:
    """Say a text aloud, in the language it is written in; needs the program espeak-ng (docs/speech.md)."""
    from linewalker.console.say_command import say as speak

    speak(text, out)
