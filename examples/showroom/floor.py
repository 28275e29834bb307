"""The hall in physics: a robot with noisy sensors, exhibits that stand fast, and visitors it can bump into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mujoco
import numpy as np
from examples.showroom.crowd import RADIUS_M, Crowd
from examples.showroom.guide import Guide, guide_at_work
from examples.showroom.hall import Hall

from linewalker.brain.operator import Operator
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skills import SkillSet
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.contacts import ROBOT_BIT, WORLD_BIT, add_floor
from linewalker.physics.geom_groups import GeomGroup
from linewalker.station.bench import add_obstacles

_FIRST_STAND_S = 1.0
_TALL_M, _OUT_OF_SIGHT_M = 1.7, -10.0
_LOOK_EVERY_TICKS, _FARTHEST_M = 50, 5.0


@contextmanager
def guide_in_physics(hall: Hall, folder: Path, seed: int, robot: str = "g1") -> Iterator[Guide]:
    """A guide in simulated physics, who stands at home when the block begins."""
    profile, crowd = load_profile(robot), Crowd(hall.visitors, seed)
    spec = robot_spec(profile, visual=False, self_collision=True)
    add_floor(spec)
    solids = add_obstacles(spec, hall.solids)
    people = [_add_person(spec, f"visitor {i}") for i in range(len(hall.visitors))]
    model = spec.compile()
    data = mujoco.MjData(model)
    body = SimulatedRobot(model, data, profile, seed)
    body.watch(model.geom(name).id for name in (*solids, *people))
    body.place(*hall.home.pose)
    scene = _Scene(model, data, crowd, people)
    scene.tick()
    operator = Operator(body, SafeMotion(MotionController(profile)))
    skills = SkillSet(Equipment(profile, operator))
    with guide_at_work(hall, operator, skills, crowd, folder, gap_m=scene.gap_m) as guide:
        operator.on_tick.append(scene.tick)
        operator.run(operator.wait(_FIRST_STAND_S))
        yield guide


def _add_person(spec: mujoco.MjSpec, name: str) -> str:
    """Somebody as wide as a person, who is where he is put and gives way to nothing; returns the name of the geom."""
    person = spec.worldbody.add_body(name=name, mocap=True, pos=[0.0, 0.0, _OUT_OF_SIGHT_M])
    half_m = 0.5 * _TALL_M
    geom = person.add_geom(
        name=name, type=mujoco.mjtGeom.mjGEOM_CYLINDER, size=[RADIUS_M, half_m, 0.0], pos=[0.0, 0.0, half_m]
    )
    geom.group, geom.contype, geom.conaffinity = int(GeomGroup.HALL), WORLD_BIT, ROBOT_BIT
    return name


class _Scene:
    """Puts people where they are, and measures how near the robot comes to them."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, crowd: Crowd, people: list[str]):
        self._model, self._data, self._crowd = model, data, crowd
        self._mocap = [int(model.body(name).mocapid[0]) for name in people]
        self._people = [int(model.geom(name).id) for name in people]
        self._robot = [int(i) for i in np.flatnonzero(model.geom_contype & ROBOT_BIT)]
        self._ticks, self._gap_m = 0, np.inf

    def tick(self) -> None:
        for mocap, at in zip(self._mocap, self._crowd.at):
            self._data.mocap_pos[mocap] = (0.0, 0.0, _OUT_OF_SIGHT_M) if at is None else (*at, 0.0)

    def gap_m(self) -> float | None:
        """From the surface of the robot to that of the nearest person, m, at ten instants a second."""
        self._ticks += 1
        if self._ticks % _LOOK_EVERY_TICKS == 1:
            there = [geom for geom, at in zip(self._people, self._crowd.at) if at is not None]
            self._gap_m = min(
                (
                    mujoco.mj_geomDistance(self._model, self._data, one, other, _FARTHEST_M, None)
                    for one in self._robot
                    for other in there
                ),
                default=np.inf,
            )
        return None if np.isinf(self._gap_m) else self._gap_m
