"""What commands ordinarily print, on 80 columns, in both languages: whole, and as it was looked at.

A text that is meant to change is looked at and written anew with ``python -m tests.console.test_narrow_terminal``.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from linewalker.console.doctor import Check, Health
from linewalker.console.hostile_command import show_scenarios
from linewalker.console.progress import ShiftProgress
from linewalker.console.score_table import show_score
from linewalker.console.summary import show_cars, show_outcomes
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.handshake.signals import LineResult
from linewalker.inspection.verdict import Verdict
from linewalker.messages.language import Language, speaking
from tests.console.test_score_table import SCORE
from tests.console.visits import visit_report
from tests.factory.samples import VINS, bad_car, build_order, fallen_car, good_car, missing_car

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 80
OUTCOMES = [
    CarOutcome(sequence=1, vin=VINS[0], result=LineResult.OK, cause=Cause.JUDGED, reason=""),
    CarOutcome(
        sequence=2,
        vin=VINS[1],
        result=LineResult.NOT_DECIDABLE,
        cause=Cause.STATION_FAULT,
        reason="the robot fell at 31.0 s of robot time; its limbs are compliant now",
    ),
]


def _cars(console: Console) -> None:
    show_cars([good_car(0), bad_car(1), fallen_car(), missing_car(2)], console)


def _doctor(console: Console) -> None:
    from linewalker.console import doctor

    found = [
        Check(name="Python", health=Health.GOOD, found="3.11.7 at /opt/linewalker/bin/python"),
        Check(name="packages", health=Health.GOOD, found="all 21"),
        Check(
            name="memory",
            health=Health.ADVICE,
            found="2.1 GB, 3 GB wanted",
            remedy="close other programs while it runs",
        ),
    ]
    looked, doctor.doctor = doctor.doctor, lambda: found
    try:
        doctor.run_doctor(None, console)
    finally:
        doctor.doctor = looked


def _progress(console: Console) -> None:
    seconds = itertools.count()
    with ShiftProgress([build_order(i) for i in range(2)], console, clock=lambda: 3.0 * next(seconds)) as progress:
        for car in (good_car(0), bad_car(1)):
            progress.car_begins(car.order, 8)
            for _ in range(8):
                progress.visit_done(visit_report(Verdict.OK, Verdict.NOK))
            progress.car_done(car)


SHOWN: dict[str, Callable[[Console], object]] = {
    "cars": _cars,
    "outcomes": lambda console: show_outcomes(OUTCOMES, console),
    "score": lambda console: show_score(SCORE, console=console),
    "progress": _progress,
    "scenarios": show_scenarios,
    "doctor": _doctor,
}


def printed(name: str, language: Language) -> str:
    stream = io.StringIO()
    with speaking(language):
        SHOWN[name](Console(file=stream, width=WIDTH, markup=False, emoji=False, highlight=False))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SHOWN)
def test_it_is_as_it_was_looked_at_and_fits(name: str, language: Language) -> None:
    text = printed(name, language)
    assert text == (GOLDEN / f"{name}-{language}.txt").read_text(encoding="utf-8")
    assert max(map(cell_len, text.splitlines())) <= WIDTH or name in ("progress", "cars")  # a sentence may be wrapped
    assert not any(line.endswith("…") for line in text.splitlines())


if __name__ == "__main__":
    for each in SHOWN:
        for spoken in Language:
            (GOLDEN / f"{each}-{spoken}.txt").write_text(printed(each, spoken), encoding="utf-8")
