"""``python -m benchmarks.motion``: measure and print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks import motion
from benchmarks.motion.registry import MEASUREMENTS
from benchmarks.motion.setting import HOURS, Setting
from benchmarks.table import Sheet
from linewalker.console.streams import steady_output
from linewalker.limbs.profiles import PROFILES
from linewalker.wholefile import write_whole

ROBOT = "g1"


def whole(least: int) -> Callable[[str], int]:
    """Reads a whole number that is not below ``least``."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"{text}: expected a whole number, at least {least}")
        return value

    return read


def positive(text: str) -> float:
    """Reads a number above zero."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1e3:
        raise argparse.ArgumentTypeError(f"{text}: expected a number above 0, for example 0.5")
    return value


def read_arguments(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    listed = "\n".join(f"  {name:14}{m.rows.__doc__} ({m.trials})" for name, m in MEASUREMENTS.items())
    about = f"{motion.__doc__}\nMeasurements, and in how many trials if nobody says:\n{listed}"
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.motion",
        description=f"{about}\n\nWithout a name all but {', '.join(_asked())} run.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure")
    parser.add_argument("--robot", default=ROBOT, choices=sorted(PROFILES))
    parser.add_argument("--trials", type=whole(1), help="default: as listed above")
    parser.add_argument("--seed", type=whole(0), default=0, help="of the first trial")
    parser.add_argument("--foot-sensors", action="store_true", help="feet report their normal force")
    parser.add_argument("--hours", type=positive, default=HOURS, help="robot time of each long run")
    parser.add_argument("--numbers", type=Path, metavar="FILE", help="write all numbers into it, too (JSON)")
    given = parser.parse_args(words)
    strangers = [name for name in given.names if name not in MEASUREMENTS]
    if strangers:
        parser.error(f"no measurement is called {', '.join(strangers)}; there are {', '.join(MEASUREMENTS)}")
    return given


def _asked() -> list[str]:
    return [name for name, measurement in MEASUREMENTS.items() if not measurement.unasked]


def command_line(name: str, setting: Setting) -> str:
    """What measures this again; options at their defaults are left out."""
    words = ["python -m benchmarks.motion", name]
    words += [f"--robot {setting.robot}"] * (setting.robot != ROBOT)
    words += [f"--trials {setting.trials}"] * (setting.trials != MEASUREMENTS[name].trials)
    words += [f"--seed {setting.seed}"] * (setting.seed != 0) + ["--foot-sensors"] * setting.foot_sensors
    words += [f"--hours {setting.hours:g}"] * (setting.hours != HOURS)
    return " ".join(words)


def main() -> None:
    """Run the measurements named on the command line and print a table of each."""
    given = read_arguments()
    sheet = Sheet()
    for name in given.names or [name for name in MEASUREMENTS if name not in _asked()]:
        measurement = MEASUREMENTS[name]
        trials = given.trials or measurement.trials
        setting = Setting(
            robot=given.robot, trials=trials, seed=given.seed, foot_sensors=given.foot_sensors, hours=given.hours
        )
        print(f"measuring: {command_line(name, setting)}", file=sys.stderr, flush=True)
        sheet.show(name, measurement.rows(setting), command_line(name, setting))
    sheet.close()
    if given.numbers is not None:
        write_whole(given.numbers, json.dumps([asdict(row) for row in sheet.rows], default=float))


if __name__ == "__main__":
    with steady_output():
        main()
