"""Commands about recordings in full: ``record``, ``replay`` and ``health``. Rooms are imported inside them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, recording_to_write
from linewalker.errors import InputError

recording_app = typer.Typer()
RecordingFile = Annotated[Path, typer.Argument(metavar="FILE", callback=file_to_read, help="A recording (MCAP).")]
_RECORDED = ("walk", "reach", "dance")


@recording_app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}
)
def record(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", callback=recording_to_write, help="File to write (MCAP).")
    ],
) -> None:
    """Record a command in full: linewalker record --out run.mcap walk --goal 1,0,0. See docs/recordings.md."""
    words = context.args
    if not words or words[0] not in _RECORDED:
        raise InputError(f"say what to record, after the options: one of {', '.join(_RECORDED)}, and what it needs")
    code = context.find_root().command.main([*words, "--record", str(out)], standalone_mode=False)
    raise typer.Exit(code or 0)


@recording_app.command()
def replay(
    file: RecordingFile,
    robot: Annotated[
        str | None,
        typer.Option("--robot", help="Replay for this robot, or profile file, in place of the one that was recorded."),
    ] = None,
) -> None:
    """Feed a recording through estimator and controller: where would today's code have commanded otherwise?"""
    from linewalker.console.replay_command import replay_recording

    raise typer.Exit(replay_recording(file, robot))
