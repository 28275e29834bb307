"""Puts together a simulated station that orders can be given to: robot, cars of a shift, records, journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from linewalker.brain.memory.journal import Entry, Journal
from linewalker.brain.places import places_round
from linewalker.brain.planning.problem import Span
from linewalker.brain.scope import Members, just_itself
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skills import SkillSet
from linewalker.brain.visit import Visit
from linewalker.factory.records.records import Records
from linewalker.factory.records.results_file import ResultsFile
from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.station.acting.certified_errand import Proving
from linewalker.station.acting.errand_maker import ErrandMaker, Premises
from linewalker.station.acting.errand_runner import Archive, ErrandRunner
from linewalker.station.acting.log_book import LogBook
from linewalker.station.acting.workplace import SETTLES, Workplace, walks_past, walks_round
from linewalker.station.acts import ActsHeard
from linewalker.station.inputs import fingerprint
from linewalker.station.plant import HOME, ROLL_IN_S
from linewalker.station.run_folder import JOURNAL_FILE, RECORDS_FILE, RESULTS_FILE, make_folder, sole_lease
from linewalker.station.run_shift import TAKT_LIMIT_S, crew_of, write_outcome
from linewalker.station.simulated_station import MissionPlanner, SimulatedShift, Station, build

_OVER = Title(zh="对话已结束", en="the dialogue ended before it")


@contextmanager
def simulated_workplace(
    shift: SimulatedShift,
    folder: Path,
    *,
    real_time: bool = False,
    members: Members = just_itself,
    listen: Callable[[Entry], None] = lambda _: None,
    voice: Callable[[str], None] = lambda _: None,
) -> Iterator[Workplace]:
    """A station at work as long as the block lasts; whatever ends it, everything is on disk.

    Results gather in the folder, whoever gave orders there before; nothing in it is written over.

    Args:
        shift: its cars, plan and world.
        folder: for records, evidence, pictures and the journal.
        real_time: hold the pace of the wall clock, and keep the robot standing between orders.
        members: what groups of parts are made of.
        listen: hears every entry of the journal.
        voice: says what the robot says.

    Raises:
        InputError: the folder can not be used.
    """
    folder = folder.resolve()
    make_folder(folder)
    with sole_lease(folder), Records(folder / RECORDS_FILE) as book:
        records = book.begin_run(shift.header, resume=True)
        station = build(shift)
        station.skills.equipment.voice = voice
        start_s = station.operator.now_s
        log = LogBook(Journal(folder / JOURNAL_FILE), lambda: station.operator.now_s - start_s, listen)
        station.operator.on_tick.append(ActsHeard(folder, station.operator.motion).tick)
        with station.operator.robot:
            try:
                with ResultsFile(folder / RESULTS_FILE, records) as results:
                    archive = Archive(
                        folder=folder, plan=shift.plan, records=records, results=results, takt_limit_s=TAKT_LIMIT_S
                    )
                    yield _workplace(shift, station, archive, log, members, real_time=real_time)
            finally:
                records.end(_OVER)
                write_outcome(station, records, folder)


def _workplace(
    shift: SimulatedShift,
    station: Station,
    archive: Archive,
    log: LogBook,
    members: Members,
    *,
    real_time: bool,
) -> Workplace:
    outline = _outline(shift)
    own = SkillSet(Equipment(shift.profile))  # its figure is moved by planning alone, whatever the robot does
    crew = crew_of(station, real_time=real_time)
    runner = ErrandRunner(crew, station.skills, HOME, archive, log)
    premises = Premises(
        skills=own,
        places=places_round(outline, HOME),
        plan=shift.plan,
        orders=shift.orders,
        catalogues=shift.models.catalogues,
        planner=MissionPlanner(shift.plan, shift.models, own),
        present=lambda: runner.in_place,
        members=members,
    )

    def cost_s(visit: Visit) -> float:
        return sum(own[call.skill].cost_s(call.values) for call in visit.calls)

    return Workplace(
        robot=shift.profile.name,
        plan_fingerprint=fingerprint(shift.files.plan),
        operator=station.operator,
        maker=ErrandMaker(premises),
        proving=Proving(
            home=HOME,
            walk=walks_round([outline], shift.profile.gait),
            cost_s=cost_s,
            passing=walks_past([outline], shift.profile.gait),
            comes_in=Span.exactly(ROLL_IN_S),
            settles=SETTLES,
        ),
        runner=runner,
        log=log,
        balances=real_time,
    )


def _outline(shift: SimulatedShift) -> Array:
    """Of the largest car that may come, as it stands nominally: a perfectly parked car's axes are those of W."""
    models = {order.model for order in shift.orders} or set(shift.plan.models)
    footprints = [shift.models.catalogues[model].footprint_mm for model in sorted(models)]
    return 1e-3 * max(footprints, key=lambda corners: float(np.ptp(corners[:, 0])))
