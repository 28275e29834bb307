"""``linewalker health``: how the joints of a robot are, by its recordings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from linewalker.console.capability.page import write_page
from linewalker.console.capability.show import show_sheet
from linewalker.console.health_sheet import health_sheet
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.messages.catalogue import say
from linewalker.station.health.joint_effort import LEAST_READINGS
from linewalker.station.health.judgement import judge
from linewalker.station.health.measures import RunMeasures, measure
from linewalker.station.recording.replay import read_recorded

AS_EVER, OUT_OF_THE_WAY = 0, 1


def tell_health(
    files: Sequence[Path],
    language: str,
    *,
    as_json: bool = False,
    report: Path | None = None,
    console: Console | None = None,
) -> int:
    """Measure every recording, judge each by those before it, and tell of the newest; returns the exit code.

    Raises:
        InputError: a file is no recording, is too short, or is of another robot than the first.
    """
    console = console or terminal()
    robots: dict[str, Path] = {}
    runs: list[RunMeasures] = []
    with waiting(f"measuring {len(files)} recordings", console):
        for path in files:
            recorded = read_recorded(path)
            session = recorded.session
            if len(recorded.readings) < LEAST_READINGS:
                raise InputError(f"is too short to tell anything: {len(recorded.readings)} ticks", file=path)
            first = robots.setdefault(session.profile.name, path)
            if len(robots) > 1:
                raise InputError(f"is of a {session.profile.name}; {next(iter(robots.values()))} is not", file=first)
            runs.append(measure(recorded, path.stem))
    runs.sort(key=lambda run: run.opened_at)
    found = judge(runs)
    sheet = health_sheet(next(iter(robots)), runs, found)
    show_sheet(sheet, language, as_json=as_json, console=console)
    if report is not None:
        write_page(sheet, report, language)
        if not as_json:
            console.print(say(f"report: {report}"), soft_wrap=True)
    return OUT_OF_THE_WAY if found[-1] else AS_EVER
