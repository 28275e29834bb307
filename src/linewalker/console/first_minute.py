"""The first minute: a small project to begin with, and a shift that can be looked at right away."""

from __future__ import annotations

from pathlib import Path

from linewalker.console.commands import RunOptions, run_shift
from linewalker.console.web.beside import console_beside
from linewalker.console.web.web_command import ConsoleOptions, serve_console
from linewalker.errors import InputError
from linewalker.messages.catalogue import say
from linewalker.messages.language import Language, language, speaking
from linewalker.station.run_folder import clear_folder
from linewalker.station.shift_files import ShiftFiles
from linewalker.wholefile import write_whole

PROJECT = Path(__file__).parent / "project"
RECORDED = Path(__file__).parent / "recorded"
"""The first of the demo's cars, inspected by an earlier run: to look at until the next one has begun."""
_FILES = ("shift.csv", "plan.yaml", "world.yaml")


def write_project(folder: Path, asked: Language | None = None) -> None:
    """``linewalker init``: a shift, a plan, a world and a page that says what to do with them.

    Raises:
        InputError: one of the files is there already.
    """
    spoken = asked or language()
    readme = PROJECT / ("README.zh-CN.md" if spoken is Language.ZH else "README.md")
    contents = {**{name: PROJECT / name for name in _FILES}, "README.md": readme}
    for name in contents:
        if (folder / name).exists():
            raise InputError("is there already; choose another folder", file=folder / name)
    for name, source in contents.items():
        write_whole(folder / name, source.read_bytes())
    with speaking(spoken):
        print(say(f"a project to begin with is in {folder}; README.md says what to do"))


def show_demo(out: Path, *, opens: bool) -> int:
    """``linewalker demo``: work the example's shift at the pace of the wall, with a page to look at; it stays after.

    Raises:
        StationFault: as `run_shift`.
    """
    shift, plan, world = (PROJECT / name for name in _FILES)
    files = ShiftFiles(shift=shift, plan=plan, world=world, robot="g1", seed=0)
    clear_folder(out)
    with console_beside(out, True, opens=opens, bridge=RECORDED):  # it is there before models are loaded
        code = run_shift(files, RunOptions(folder=out, real_time=True))
    print(say("the shift is over; the page stays, to go back to any moment"))
    serve_console(ConsoleOptions(folders=[out]))
    return code
