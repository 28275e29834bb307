"""Commands about recordings in full: ``record``, ``replay`` and ``health``. Rooms are imported inside them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, file_to_write, recording_to_write
from linewalker.errors import InputError
from linewalker.messages.catalogue import say
from linewalker.messages.language import language

recording_app = typer.Typer()
_RECORDED = ("walk", "reach", "dance", "exercise")


@recording_app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}
)
def record(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", callback=recording_to_write, help="File to write (MCAP).")
    ],
    net: Annotated[
        str | None,
        typer.Option("--net", metavar="IFACE", help="Listen to the wire of a Unitree G1 at this interface instead."),
    ] = None,
    domain: Annotated[int, typer.Option("--domain", min=0, max=232, help="Of DDS; a real robot's is 0.")] = 0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="How long to listen; default: until interrupted.")
    ] = None,
) -> None:
    """Record a command in full: linewalker record --out run.mcap walk --goal 1,0,0. See docs/recordings.md."""
    words = context.args
    if net is not None and not words:
        from linewalker.console.record_wire_command import record_the_wire

        raise typer.Exit(record_the_wire(out, net, domain, seconds))
    if not words or words[0] not in _RECORDED:
        raise InputError(f"say what to record, after the options: one of {', '.join(_RECORDED)}, and what it needs")
    code = context.find_root().command.main([*words, "--record", str(out)], standalone_mode=False)
    raise typer.Exit(code or 0)


@recording_app.command()
def replay(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Recordings (MCAP).")],
    robot: Annotated[
        str | None,
        typer.Option("--robot", help="Replay for this robot, or profile file, in place of the one that was recorded."),
    ] = None,
    lerobot: Annotated[
        Path | None,
        typer.Option("--lerobot", metavar="DIR", help="Write them as a dataset of LeRobot (v3) here, and replay none."),
    ] = None,
) -> None:
    """Feed a recording through estimator and controller: where would today's code have commanded otherwise?"""
    recordings = [file_to_read(path) or path for path in files]
    if lerobot is not None:
        from linewalker.console.lerobot_dataset import write_lerobot

        frames = write_lerobot(recordings, lerobot)
        typer.echo(say(f"{frames} frames of {len(recordings)} episodes in {lerobot}"))
        return
    from linewalker.console.replay_command import replay_recording

    raise typer.Exit(max(replay_recording(path, robot) for path in recordings))


@recording_app.command()
def health(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Recordings of one robot (MCAP); each by those before it.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="HTML", callback=file_to_write, help="Write a page with plots here."),
    ] = None,
) -> None:
    """Say which joints are not as they were: friction, bias, temperature, tracking, play, encoders, losses."""
    from linewalker.console.health_command import tell_health

    code = tell_health([file_to_read(path) or path for path in files], language().value, as_json=as_json, report=report)
    raise typer.Exit(code)
