"""``python -m benchmarks.brain.durations``: walks, missions and errands in physics, against what was said of them.

A mission is a car of the station's own program; an errand is an order in words, planned with a certificate. With
several ``--seeds`` everything is drawn and done anew for each.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.rig import Rig
from benchmarks.table import Row, Sheet, one
from linewalker.brain.inspector import CarJob
from linewalker.brain.language.goal import Goal
from linewalker.brain.planning.problem import Case
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import TravelTime
from linewalker.console.streams import steady_output
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.limbs.profiles import load_profile
from linewalker.station.acting.certified_errand import CertifiedErrand
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.inputs import load_models, read_inspection_plan
from linewalker.station.pictures import OrderPictures
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import SimulatedShift, build_station, read_simulated_shift
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import World

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAN = EXAMPLES / "plan.yaml"
WALK_LIMIT_S = 90.0


@dataclass(frozen=True, kw_only=True)
class Duration:
    """What was said and what it came to, s of robot time."""

    said_s: float
    took_s: float

    @property
    def off(self) -> float:
        """Relative error."""
        return self.said_s / self.took_s - 1.0


def walks(robot: str, count: int, seed: int) -> Iterator[Duration]:
    """Walks from a stand along random routes of one to four waypoints on an empty floor, one after the other."""
    rng, travel, rig = np.random.default_rng(seed), TravelTime(load_profile(robot).gait), Rig(seed=seed, robot=robot)
    rig.run(1.5)
    for _ in range(count):
        start = Waypoint.at(rig.motion.middle_W)
        route, at = list[Waypoint](), np.array(start.pose)
        for _ in range(int(rng.integers(1, 5))):
            heading = at[2] + rng.uniform(-1.2, 1.2)
            way = rng.uniform(0.3, 2.0) * np.array([np.cos(heading), np.sin(heading)])
            at = np.array([*(at[:2] + way), heading + rng.uniform(-0.6, 0.6)])
            route.append(Waypoint.at(at))
        rig.motion.follow([waypoint.pose for waypoint in route])
        took_s = rig.run(WALK_LIMIT_S, lambda: rig.state.arrived)
        yield Duration(said_s=travel.duration_s(start, route), took_s=took_s)
        rig.run(0.6)


def missions(robot: str, count: int, seed: int, *, whole: bool) -> Iterator[Duration]:
    """Random cars with all of the example plan, or with 1 to 5 characteristics of it, from home to home."""
    rng, models = np.random.default_rng(seed), load_models()
    plan, names = read_inspection_plan(PLAN, models), sorted(models.catalogues)
    station = build_station(load_profile(robot), models, names, plan, World(), seed)
    operator, inspector = station.operator, station.inspector
    for i in range(count):
        model = names[i % len(names)]
        options = {name: str(rng.choice(values)) for name, values in models.catalogues[model].options.items()}
        order = BuildOrder(sequence=i + 1, vin=f"LWK00000000{i + 1:06d}", model=model, options=options)
        wanted = plan.applicable(model, options)
        if not whole:
            chosen = rng.choice(len(wanted), size=int(rng.integers(1, 6)), replace=False)
            wanted = tuple(wanted[k] for k in sorted(chosen))
        mission = station.planner.mission_for(model, wanted)
        pictures = OrderPictures(NominalView(models.vehicles[model]), order)
        operator.run(station.plant.bring(order))
        job = CarJob(catalogue=models.catalogues[model], options=options, mission=mission, pictures=pictures)
        began_s = operator.now_s
        operator.run(inspector.inspect(job, inspector.begin(job)))
        yield Duration(said_s=mission.duration_s, took_s=operator.now_s - began_s)
        station.plant.take_away()


def errands(robot: str, count: int, seed: int) -> Iterator[Duration]:
    """Random orders of one to three goals, one after the other, from wherever the one before it ended."""
    shift = read_simulated_shift(
        ShiftFiles(shift=EXAMPLES / "shift.csv", plan=PLAN, world=EXAMPLES / "world.yaml", robot=robot, seed=seed)
    )
    rng = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory() as folder, simulated_workplace(shift, Path(folder)) as place:
        for _ in range(count):
            goals = [_goal(shift, rng) for _ in range(rng.integers(1, 4))]
            found = place.certified(goals, Waypoint.at(place.operator.motion.middle_W))
            assert isinstance(found, CertifiedErrand), found
            began_s = place.operator.now_s
            place.runner.run(found.errand)
            said_s = found.plan.certificate.way_to_end[Case.EXPECTED].ends_s
            yield Duration(said_s=said_s, took_s=place.operator.now_s - began_s)


def _goal(shift: SimulatedShift, rng: np.random.Generator) -> Goal:
    """Something that one asks of a robot beside a car: every second time to inspect a part of the plan."""
    skill = rng.choice(("inspect", "go_to", "look", "wait", "bow", "home"), p=(0.5, 0.2, 0.1, 0.1, 0.05, 0.05))
    order = shift.orders[rng.integers(len(shift.orders))]
    slots: dict[str, object] = {}
    if skill == "inspect":
        wanted = shift.plan.applicable(order.model, order.options)
        chosen = rng.choice(len(wanted), size=int(rng.integers(1, 6)), replace=False)
        slots = {"ids": tuple(wanted[k].id for k in sorted(chosen)), "vin": order.vin}
    elif skill == "go_to":
        slots = {"place": str(rng.choice(("front", "rear", "left", "right")))}
    elif skill == "look":
        slots = {"part": str(rng.choice(sorted(shift.models.catalogues[order.model].parts))), "vin": order.vin}
    elif skill == "wait":
        slots = {"seconds": float(rng.integers(2, 20))}
    return Goal(skill=str(skill), slots=slots)


Measuring = Callable[..., Iterator[Duration]]
"""Takes a seed."""


def rows(what: str, durations: Sequence[Duration]) -> Iterator[Row]:
    """How far they were off."""
    off = np.array([duration.off for duration in durations])
    yield one(f"{what}: said against taken, mean of {len(off)}", 100.0 * float(off.mean()), "%", digits=1)
    yield one(f"{what}: off by, 90 % within", 100.0 * float(np.percentile(np.abs(off), 90)), "%", must=10.0, digits=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brain.durations", description=__doc__)
    parser.add_argument("--walks", type=int, default=20, help="of each robot")
    parser.add_argument("--missions", type=int, default=4, help="of the G1: so many whole cars, and parts of as many")
    parser.add_argument("--errands", type=int, default=8, help="of the G1")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], metavar="SEED", help="of everything random")
    parser.add_argument("--verbose", action="store_true", help="print every one")
    options = parser.parse_args()
    parts: dict[str, Measuring] = {
        f"walks of {robot}": partial(walks, robot, options.walks) for robot in ("g1", "walker", "talos")
    }
    parts["whole cars of g1"] = partial(missions, "g1", options.missions, whole=True)
    parts["parts of cars of g1"] = partial(missions, "g1", options.missions, whole=False)
    parts["errands of g1"] = partial(errands, "g1", options.errands)
    sheet = Sheet()
    for what, measuring in parts.items():
        durations = list[Duration]()
        for duration in (duration for seed in options.seeds for duration in measuring(seed=seed)):
            durations.append(duration)
            if options.verbose:
                print(f"  {what}: said {duration.said_s:.1f} s, took {duration.took_s:.1f} s", flush=True)
        if durations:
            sheet.show(what, rows(what, durations), "python -m benchmarks.brain.durations")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
