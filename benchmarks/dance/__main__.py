"""``python -m benchmarks.dance``: how beats are heard, and danced to."""

from __future__ import annotations

import argparse

from benchmarks.dance.dances import dances, pushed, tick
from benchmarks.dance.hearing import beats_heard, meters_heard
from benchmarks.table import Sheet
from linewalker.console.streams import steady_output

MEASUREMENTS = {
    "beats": (beats_heard, 60),
    "meters": (meters_heard, 18),
    "dances": (dances, 30),
    "pushed": (pushed, 1),
    "tick": (tick, 1),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dance", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(MEASUREMENTS)}; default all"
    )
    parser.add_argument("--trials", type=int, help="of each")
    parser.add_argument("--seed", type=int, default=0, help="of the first trial")
    given = parser.parse_args()
    if strangers := [name for name in given.names if name not in MEASUREMENTS]:
        parser.error(f"no measurement is called {', '.join(strangers)}; there are {', '.join(MEASUREMENTS)}")
    sheet = Sheet()
    for name in given.names or MEASUREMENTS:
        rows, trials = MEASUREMENTS[name]
        trials = given.trials or trials
        command = f"python -m benchmarks.dance {name} --trials {trials} --seed {given.seed}"
        sheet.show(f"{rows.__doc__}", rows(trials, given.seed), command)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
