"""``linewalker prepare``."""

from __future__ import annotations

from rich.console import Console

from linewalker.station.prepare import prepare


def prepare_machine() -> None:
    """Build the vehicle models and compile the kernels, saying what is going on."""
    console = Console()
    with console.status("preparing ..."):
        for step in prepare():
            console.print(f"  {step}", highlight=False)
    console.print("ready")
