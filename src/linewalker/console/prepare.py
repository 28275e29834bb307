"""``linewalker prepare``."""

from __future__ import annotations

from linewalker.cachefolder import cache_folder, forget_unused
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.messages.catalogue import say
from linewalker.station.warm_up import prepare


def prepare_machine() -> None:
    """Build the vehicle models and compile the kernels, saying what is going on."""
    console = terminal()
    steps = prepare()
    step = next(steps, None)
    while step is not None:
        console.print(f"  {say(step)}")
        with waiting(step, console):
            step = next(steps, None)
    forget_unused()
    console.print(say(f"ready; kept in {cache_folder()}"), soft_wrap=True)
