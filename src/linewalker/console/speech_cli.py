"""The commands that hear and speak. Rooms are imported inside them, so that ``--help`` answers at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, file_to_write
from linewalker.console.option_group import with_groups
from linewalker.console.options import Pace, PaceOption, SpokenOptions
from linewalker.errors import InputError

speech_app = typer.Typer()


class Language(StrEnum):
    """What is spoken."""

    ZH = "zh"
    EN = "en"


@speech_app.command()
@with_groups
def listen(
    spoken: SpokenOptions,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", callback=file_to_read, help="WAV file; without it, from the microphone."),
    ] = None,
    language: Annotated[Language | None, typer.Option("--language", help="Default: whichever it is.")] = None,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", metavar="TEXT", help="An order given before it. May be given again, oldest first."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    pace: PaceOption = Pace.MAX,
) -> None:
    """Hear an order, say what was heard and how it is understood; with --shift, have it done once you have confirmed
    what was read back. Offline; needs the extra 'speech' (docs/speech.md)."""
    if spoken.yes:
        raise InputError("what was heard is read back and confirmed: leave out --yes")
    from linewalker.brain.speech.extra import expect_extra

    files = spoken.files()
    expect_extra()
    from linewalker.console.listen_command import Spoken
    from linewalker.console.listen_command import listen as hear

    order = Spoken(
        file=file,
        language=language,
        plan=spoken.plan,
        runs=spoken.run or [],
        words=spoken.words,
        after=after or [],
    )
    if files is None and spoken.pack is None:
        raise typer.Exit(hear(order, as_json=as_json))
    from linewalker.console.listener import OrderOptions

    options = OrderOptions.of(spoken, files, real_time=pace is Pace.REAL)
    raise typer.Exit(hear(order, options, as_json=as_json))


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
