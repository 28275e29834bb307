"""The first minute: a small project to begin with, and a shift that can be looked at right away."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from linewalker.console.commands import RunOptions, run_shift
from linewalker.console.web.beside import console_beside
from linewalker.console.web.web_command import ConsoleOptions, serve_console
from linewalker.errors import InputError
from linewalker.station.run_folder import clear_folder
from linewalker.station.shift_files import ShiftFiles
from linewalker.wholefile import write_whole

PROJECT = Path(__file__).parent / "project"
RECORDED = Path(__file__).parent / "recorded"
"""The first of the demo's cars, inspected by an earlier run: to look at until the next one has begun."""
_FILES = ("shift.csv", "plan.yaml", "world.yaml")
LANGUAGES = ("en", "zh")


def spoken_language(environment: Mapping[str, str] | None = None) -> str:
    """The language of whoever is at the terminal, as the system says."""
    given = os.environ if environment is None else environment
    said = next((given[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if given.get(name)), "")
    return "zh" if said.lower().startswith("zh") else "en"


def write_project(folder: Path, language: str | None) -> None:
    """``linewalker init``: a shift, a plan, a world and a page that says what to do with them.

    Raises:
        InputError: one of the files is there already, or the language is none we speak.
    """
    language = spoken_language() if language is None else language
    if language not in LANGUAGES:
        raise InputError(f"'{language}' is no language of ours; expected {' or '.join(LANGUAGES)}", key="--lang")
    readme = PROJECT / ("README.zh-CN.md" if language == "zh" else "README.md")
    contents = {**{name: PROJECT / name for name in _FILES}, "README.md": readme}
    for name in contents:
        if (folder / name).exists():
            raise InputError("is there already; choose another folder", file=folder / name)
    for name, source in contents.items():
        write_whole(folder / name, source.read_bytes())
    said = {
        "en": f"a project to begin with is in {folder}; README.md says what to do",
        "zh": f"项目已写入 {folder}，下一步见 README.md",
    }
    print(said[language])


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
    print("the shift is over; the page stays, to go back to any moment; 班次结束，网页仍可回看")
    serve_console(ConsoleOptions(folders=[out]))
    return code
