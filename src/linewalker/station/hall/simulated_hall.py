"""A hall in physics: a robot with noisy sensors, exhibits that stand fast, and visitors it can bump into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import mujoco
import numpy as np

from linewalker.brain.memory.journal import Entry
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
from linewalker.station.acting.workplace import Workplace
from linewalker.station.bench import FLOOR_RGBA, add_obstacles
from linewalker.station.hall.crowd import RADIUS_M, Crowd
from linewalker.station.hall.hall import Hall
from linewalker.station.hall.hall_workplace import Company, hall_workplace
from linewalker.station.run_folder import make_folder, sole_lease

_FIRST_STAND_S = 1.0
_OUT_OF_SIGHT_M = -10.0
_LOOK_EVERY_TICKS, _FARTHEST_M = 50, 5.0
_COATS = ((0.20, 0.36, 0.62), (0.66, 0.25, 0.22), (0.28, 0.50, 0.34), (0.50, 0.34, 0.58), (0.75, 0.58, 0.24))
_SKIN, _TROUSERS = (0.87, 0.68, 0.55), (0.18, 0.19, 0.23)
# of a person: radius, half height and middle above the floor of legs, trunk and head, m
_LEGS, _TRUNK, _HEAD = (0.15, 0.42, 0.42), (RADIUS_M, 0.33, 1.12), (0.11, 0.0, 1.59)


@dataclass(frozen=True, kw_only=True)
class HallOptions:
    """How a hall is simulated.

    Attributes:
        robot: name of the robot, or its file.
        seed: of the noise of all sensors.
        real_time: hold the pace of the wall clock, and keep the robot standing between orders.
        visual: whether it can be looked at.
        listen: hears every entry of the journal.
        voice: says what the robot says.
    """

    robot: str = "g1"
    seed: int = 0
    real_time: bool = False
    visual: bool = False
    listen: Callable[[Entry], None] = lambda _: None
    voice: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedHall:
    """A hall with its robot.

    Attributes:
        workplace: where orders are carried out.
        crowd: who is there.
        model, data: physics.
        gap_m: from the robot to the nearest visitor; None: nobody is near. For scoring alone.
    """

    workplace: Workplace
    crowd: Crowd
    model: mujoco.MjModel
    data: mujoco.MjData
    gap_m: Callable[[], float | None]


@contextmanager
def simulated_hall(hall: Hall, folder: Path, options: HallOptions) -> Iterator[SimulatedHall]:
    """A hall in simulated physics, whose robot stands at home when the block begins.

    Raises:
        InputError: the folder can not be used.
    """
    make_folder(folder)
    profile, crowd = load_profile(options.robot), Crowd(hall.visitors, options.seed, hall.solids, hall.marks)
    spec = robot_spec(profile, visual=options.visual, self_collision=True)
    add_floor(spec)
    solids = add_obstacles(spec, hall.solids)
    people = [_add_person(spec, f"visitor {i}", _COATS[i % len(_COATS)]) for i in range(len(hall.visitors))]
    model = spec.compile()
    model.geom("floor").rgba = FLOOR_RGBA
    data = mujoco.MjData(model)
    body = SimulatedRobot(model, data, profile, options.seed)
    body.watch(model.geom(name).id for name in (*solids, *people))
    body.place(*hall.home.pose)
    scene = _Scene(model, data, crowd, people)
    scene.tick()
    with sole_lease(folder):
        operator = Operator(body, SafeMotion(MotionController(profile)))
        operator.run(operator.wait(_FIRST_STAND_S))
        company = Company(
            operator=operator,
            skills=SkillSet(Equipment(profile, operator)),
            crowd=crowd,
            listen=options.listen,
            voice=options.voice,
            real_time=options.real_time,
        )
        workplace = hall_workplace(hall, folder, company)
        operator.on_tick.append(scene.tick)
        with body:
            yield SimulatedHall(workplace=workplace, crowd=crowd, model=model, data=data, gap_m=scene.gap_m)


def _add_person(spec: mujoco.MjSpec, name: str, coat: tuple[float, float, float]) -> str:
    """Somebody who is where he is put and gives way to nothing; returns the name of what the robot can touch."""
    person = spec.worldbody.add_body(name=name, mocap=True, pos=[0.0, 0.0, _OUT_OF_SIGHT_M])
    cylinder, ball = mujoco.mjtGeom.mjGEOM_CYLINDER, mujoco.mjtGeom.mjGEOM_SPHERE
    for kind, (radius_m, half_m, above_m), colour in (
        (cylinder, _LEGS, _TROUSERS),
        (cylinder, _TRUNK, coat),
        (ball, _HEAD, _SKIN),
    ):
        geom = person.add_geom(type=kind, size=[radius_m, half_m, 0.0], pos=[0.0, 0.0, above_m], rgba=[*colour, 1.0])
        geom.group, geom.contype, geom.conaffinity = int(GeomGroup.HALL), 0, 0
    solid_m = 0.5 * (_HEAD[2] + _HEAD[0])
    solid = person.add_geom(name=name, type=cylinder, size=[RADIUS_M, solid_m, 0.0], pos=[0.0, 0.0, solid_m])
    solid.group, solid.contype, solid.conaffinity = int(GeomGroup.COLLIDER), WORLD_BIT, ROBOT_BIT
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
