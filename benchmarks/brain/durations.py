"""``python -m benchmarks.brain.durations``: walks and missions in physics, against what was said of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.rig import Rig
from benchmarks.table import Row, Sheet, one
from linewalker.brain.inspector import CarJob
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import TravelTime
from linewalker.console.streams import steady_output
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.limbs.profiles import load_profile
from linewalker.station.inputs import load_models, read_inspection_plan
from linewalker.station.pictures import OrderPictures
from linewalker.station.simulated_station import build_station
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import World

PLAN = Path(__file__).parents[2] / "examples" / "plan.yaml"
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


def missions(robot: str, count: int, seed: int) -> Iterator[Duration]:
    """Random cars with all of the example plan or 1 to 5 characteristics of it, from home to home."""
    rng, models = np.random.default_rng(seed), load_models()
    plan, names = read_inspection_plan(PLAN, models), sorted(models.catalogues)
    station = build_station(load_profile(robot), models, names, plan, World(), seed)
    operator, inspector = station.operator, station.inspector
    for i in range(count):
        model = names[i % len(names)]
        options = {name: str(rng.choice(values)) for name, values in models.catalogues[model].options.items()}
        order = BuildOrder(sequence=i + 1, vin=f"LWK00000000{i + 1:06d}", model=model, options=options)
        wanted = plan.applicable(model, options)
        if i % 4 < 2:
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


def rows(what: str, durations: Sequence[Duration]) -> Iterator[Row]:
    """How far they were off."""
    off = np.array([duration.off for duration in durations])
    yield one(f"{what}: said against taken, mean of {len(off)}", 100.0 * float(off.mean()), "%", digits=1)
    yield one(f"{what}: off by, 90 % within", 100.0 * float(np.percentile(np.abs(off), 90)), "%", must=10.0, digits=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brain.durations", description=__doc__)
    parser.add_argument("--walks", type=int, default=20, help="of each robot")
    parser.add_argument("--missions", type=int, default=8, help="of the G1")
    parser.add_argument("--seed", type=int, default=1, help="of everything random")
    parser.add_argument("--verbose", action="store_true", help="print every one")
    options = parser.parse_args()
    sheet = Sheet()
    parts = {f"walks of {robot}": walks(robot, options.walks, options.seed) for robot in ("g1", "walker", "talos")}
    parts["missions of g1"] = missions("g1", options.missions, options.seed)
    for what, measuring in parts.items():
        durations = list[Duration]()
        for duration in measuring:
            durations.append(duration)
            if options.verbose:
                print(f"  {what}: said {duration.said_s:.1f} s, took {duration.took_s:.1f} s", flush=True)
        if durations:
            sheet.show(what, rows(what, durations), "python -m benchmarks.brain.durations")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
