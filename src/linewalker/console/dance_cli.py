"""Commands about music: ``linewalker beats`` and ``linewalker dance``. Rooms are imported inside them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, file_to_write, folder_to_write
from linewalker.console.options import ConsoleOption, RecordOption, RobotOption, SeedOption, VideoOption

dance_app = typer.Typer()

ClipOption = Annotated[
    Path | None,
    typer.Option("--clip", callback=file_to_read, help="Motion capture to dance: CSV or NPZ of a G1, BVH, SMPL (NPZ)."),
]
FpsOption = Annotated[float | None, typer.Option("--fps", help="Frames a second of the clip; default: as it says.")]


@dance_app.command()
def beats(
    music: Annotated[Path, typer.Argument(metavar="FILE", callback=file_to_read, help="Music: WAV, FLAC or OGG.")],
    form: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
    click: Annotated[
        Path | None,
        typer.Option("--click", callback=file_to_write, help="Write the music with clicks on its beats (WAV)."),
    ] = None,
) -> None:
    """Say where the beats of a music fall, which of them begin a bar, and how fast it goes."""
    from linewalker.console.beats_command import show_beats

    raise typer.Exit(show_beats(music, form, click))


@dance_app.command()
def dance(
    music: Annotated[
        Path | None, typer.Option("--music", callback=file_to_read, help="Music: WAV, FLAC or OGG.")
    ] = None,
    clip: ClipOption = None,
    fps: FpsOption = None,
    choreography: Annotated[
        Path | None,
        typer.Option(
            "--choreography", callback=file_to_read, help="Choreography (YAML, docs/dance.md); default: composed."
        ),
    ] = None,
    robot: RobotOption = "g1",
    seconds: Annotated[float | None, typer.Option("--seconds", help="Of the music, at most.")] = None,
    no_localisation: Annotated[
        bool, typer.Option("--no-localisation", help="No tracker sees the robot; it trusts its own steps.")
    ] = False,
    push: Annotated[
        list[str] | None,
        typer.Option("--push", metavar="AT_S,N_S,DEG", help="Push at the torso, 0 from behind. May be given again."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", callback=lambda path: path and folder_to_write(path), help="Folder for tables and a report."
        ),
    ] = None,
    seed: SeedOption = 0,
    record: RecordOption = None,
    video: VideoOption = None,
    console: ConsoleOption = False,
) -> None:
    """Dance to a music, or a clip, in physics, on noisy sensors, and print how well."""
    from linewalker.console.audience import Audience, console_recording, recording_in_full
    from linewalker.console.dance_command import Wish
    from linewalker.console.dance_command import dance as dance_to_music

    audience = Audience(
        video=video,
        console=console_recording(console, out or Path("out/dance"), robot),
        record=recording_in_full(record, robot, seed),
    )
    wish = Wish(
        music=music,
        choreography=choreography,
        robot=robot,
        seed=seed,
        localised=not no_localisation,
        pushes=tuple(push or ()),
        seconds=seconds,
        out=out,
        clip=clip,
        clip_rate_hz=fps,
    )
    raise typer.Exit(dance_to_music(wish, audience))
