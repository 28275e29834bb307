"""Goals found by AprilTag boards that the robot's own camera sees, without a sensor at the station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.motion.walking import goal_rows, walk_to
from benchmarks.rig import Rig
from benchmarks.table import Row
from linewalker.limbs.localisation.tag_boards import add_boards, read_boards
from linewalker.limbs.localisation.tag_localisation import TagLocalisedRobot
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.physics.contacts import add_floor

BOARDS = Path(__file__).parents[2] / "examples" / "boards.yaml"


def boards(setting: Setting) -> Iterator[Row]:
    """Random goals up to 1.5 m away, inside the ring of the example's boards."""
    profile, hung = setting.profile, read_boards(BOARDS)
    spec = robot_spec(profile, visual=False, self_collision=True)
    add_floor(spec)
    add_boards(spec, hung)
    model, arrivals = spec.compile(), []
    for seed in setting.seeds:
        rig = Rig(seed, setting.robot, model, tracker=False, optics=SimulatedOptics(model, profile, seed))
        rig.robot = TagLocalisedRobot(rig.robot, next(iter(profile.cameras)), hung)
        rig.run(1.0)
        rng = np.random.default_rng(seed)
        distance, bearing, yaw = rng.uniform(0.3, 1.5), *rng.uniform(-np.pi, np.pi, 2)
        arrivals.append(walk_to(rig, np.array([distance * np.cos(bearing), distance * np.sin(bearing), yaw])))
    yield from goal_rows(f"{setting.trials} goals of {setting.robot} by AprilTag boards", arrivals)
