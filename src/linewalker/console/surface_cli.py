"""``linewalker surface``: learn good surfaces, find others. Rooms are imported inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, file_to_write, folder_to_write

surface_app = typer.Typer(
    help="Defects of surfaces, learned from pictures of good ones only (docs/surface.md).",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
PicturesFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder with train/good or good, and test.")]
LearnerOption = Annotated[str, typer.Option("--learner", help="filters, or what an installed package offers.")]


@surface_app.command()
def train(
    folder: PicturesFolder,
    model: Annotated[
        Path | None, typer.Option("--model", callback=file_to_write, help="File to write; default: DIR/surface.npz.")
    ] = None,
    learner: LearnerOption = "filters",
) -> None:
    """Learn from the pictures of good surfaces; every fourth is held out and sets the threshold."""
    from linewalker.console.surface_command import train_surface

    raise typer.Exit(train_surface(folder, model or folder / "surface.npz", learner))


@surface_app.command()
def score(
    folder: PicturesFolder,
    model: Annotated[
        Path | None, typer.Option("--model", callback=file_to_read, help="What was learned; default: DIR/surface.npz.")
    ] = None,
    heat: Annotated[
        Path | None, typer.Option("--heat", metavar="FOLDER", help="Write pictures with what is unusual marked.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    learner: LearnerOption = "filters",
) -> None:
    """Score the pictures below test: image AUROC where some are good, and what lies above the threshold."""
    from linewalker.console.surface_command import score_surface

    place = None if heat is None else folder_to_write(heat)
    raise typer.Exit(score_surface(folder, model or folder / "surface.npz", place, as_json, learner))
