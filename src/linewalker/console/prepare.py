"""``linewalker prepare``."""

from __future__ import annotations

from linewalker.cachefolder import cache_folder, forget_unused
from linewalker.console.terminal import terminal
from linewalker.station.warm_up import prepare


def prepare_machine() -> None:
    """Build the vehicle models and compile the kernels, saying what is going on."""
    console = terminal()
    with console.status("preparing ..."):
        for step in prepare():
            console.print(f"  {step}")
    forget_unused()
    console.print(f"ready; kept in {cache_folder()}", soft_wrap=True)
