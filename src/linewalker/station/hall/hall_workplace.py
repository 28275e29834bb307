"""Puts together a station without cars, over whatever robot: orders are proved and carried out among visitors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linewalker.brain.inspector import CarInspector
from linewalker.brain.memory.journal import Entry, Journal
from linewalker.brain.operator import Operator
from linewalker.brain.skills.skills import SkillSet
from linewalker.station.acting.certified_errand import Proving
from linewalker.station.acting.errand_maker import ErrandMaker, Premises
from linewalker.station.acting.errand_runner import ErrandRunner
from linewalker.station.acting.log_book import LogBook
from linewalker.station.acting.workplace import SETTLES, Workplace, walks_round
from linewalker.station.hall.crowd import Crowd
from linewalker.station.hall.hall import Hall
from linewalker.station.pace import WallPace
from linewalker.station.program import Crew
from linewalker.station.run_folder import JOURNAL_FILE


@dataclass(frozen=True, kw_only=True, eq=False)
class Company:
    """Who is in a hall.

    Attributes:
        operator, skills: the robot.
        crowd: the visitors.
        listen: hears every entry of the journal.
        voice: says what the robot says.
        real_time: hold the pace of the wall clock, and keep the robot standing between orders.
    """

    operator: Operator
    skills: SkillSet
    crowd: Crowd
    listen: Callable[[Entry], None] = lambda _: None
    voice: Callable[[str], None] = lambda _: None
    real_time: bool = False


def hall_workplace(hall: Hall, folder: Path, company: Company) -> Workplace:
    """What a performer works with.

    Args:
        hall: where.
        folder: for the journal.
        company: who is there; they walk from now on.
    """
    operator, skills, crowd = company.operator, company.skills, company.crowd
    start_s = operator.now_s
    log = LogBook(Journal(folder / JOURNAL_FILE), lambda: operator.now_s - start_s, company.listen)
    inspector = CarInspector(operator, skills, hall.home)
    inspector.navigator.obstacles = lambda: (*hall.solids, *crowd.seen())
    skills.equipment.group, skills.equipment.voice = crowd.group, company.voice
    operator.on_tick.append(lambda: crowd.tick(operator.now_s, operator.motion.middle_W[:2].copy()))
    if company.real_time:
        operator.on_tick.append(WallPace(lambda: operator.now_s))
    nobody: Any = None  # no car ever comes
    crew = Crew(operator=operator, inspector=inspector, job_of=nobody, plant=nobody)
    return Workplace(
        robot=operator.motion.profile.name,
        plan_fingerprint="",
        operator=operator,
        maker=ErrandMaker(Premises(skills=skills, places=hall.places, catalogues={})),
        proving=Proving(
            home=hall.home,
            walk=walks_round(hall.solids, operator.motion.profile.gait),
            cost_s=lambda _: 0.0,
            settles=SETTLES,
        ),
        runner=ErrandRunner(crew, skills, hall.home, None, log),
        log=log,
        balances=company.real_time,
    )
