"""A bench: one robot on an empty floor, with obstacles if wanted, and the loop that ticks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import mujoco
import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.body.feet import middle_of, on_floor
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import RobotFell
from linewalker.geometry import Array, Pose
from linewalker.limbs.localisation.tag_boards import TagBoard, add_boards
from linewalker.limbs.localisation.tag_localisation import TagLocalisedRobot
from linewalker.limbs.localisation.tag_survey import DisplacedBoard
from linewalker.limbs.model.robot_model import SOLES, robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, Robot
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.limbs.simulated.wear import Wear
from linewalker.physics.contacts import ROBOT_BIT, WORLD_BIT, add_floor
from linewalker.physics.geom_groups import GeomGroup

FIRST_STAND_S = 1.0
HEIGHT_M = 1.0
"""Of obstacles."""
FLOOR_RGBA = (0.66, 0.67, 0.69, 1.0)
OBSTACLE_RGBA = (0.80, 0.52, 0.20, 1.0)


class Floor:
    """One robot with noisy sensors and without foot sensors, its controller, and the loop that ticks them.

    Args:
        profile: the robot.
        seed: of its sensors.
        visual: whether it can be looked at.
        obstacles: outlines of what stands on the floor, each (k, 2), m.
        boards: AprilTag boards its first camera finds its place from; without any, a sensor of the station sees it.
        hung: where they hang in truth, if not there.
        wear: what of the robot is worn.

    Attributes:
        motion: the controller.
        touched: whether the robot has touched an obstacle.
        model, data: physics.
        robot: what is sensed and commanded.
        on_tick: called after every tick.
    """

    def __init__(
        self,
        profile: RobotProfile,
        seed: int,
        *,
        visual: bool,
        obstacles: Sequence[Array] = (),
        boards: Sequence[TagBoard] = (),
        hung: Sequence[TagBoard] = (),
        wear: Sequence[Wear] = (),
    ):
        spec = robot_spec(profile, visual=visual, self_collision=True)
        add_floor(spec)
        solids = add_obstacles(spec, obstacles)
        add_boards(spec, hung or boards)
        self.model = spec.compile()
        self.model.geom("floor").rgba = FLOOR_RGBA
        self.data = mujoco.MjData(self.model)
        self.touched = False
        optics = SimulatedOptics(self.model, profile, seed) if boards else None
        robot = SimulatedRobot(self.model, self.data, profile, seed, optics=optics, tracker=not boards, wear=wear)
        robot.watch(self.model.geom(name).id for name in solids)
        robot.place(0.0, 0.0, 0.0)
        self._tagged = TagLocalisedRobot(robot, next(iter(profile.cameras)), boards) if boards else None
        self.robot: Robot = self._tagged or robot
        self.motion = SafeMotion(MotionController(profile))
        self.on_tick: list[Callable[[], None]] = []

    @property
    def displaced(self) -> tuple[DisplacedBoard, ...]:
        """Boards that hang elsewhere than their file says."""
        return () if self._tagged is None else self._tagged.displaced

    @property
    def now_s(self) -> float:
        """Robot time."""
        return float(self.data.time)

    def tick(self) -> None:
        """One turn of the loop.

        Raises:
            RobotFell: it lies.
        """
        self.touched |= sense_think_act(self.robot, self.motion.tick).touched
        for watch in self.on_tick:
            watch()
        if self.motion.stop_state is StopState.FALLEN:
            raise RobotFell(f"the robot fell at {self.now_s:.2f} s of robot time")

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Tick until something happens, at most for so long; returns whether it happened."""
        for _ in range(round(seconds / CONTROL_PERIOD_S)):
            if until():
                return True
            self.tick()
        return until()

    def true_pose(self, site: str) -> Pose:
        """Where a frame of the profile truly is."""
        frame = self.data.site(site)
        return Pose(p=frame.xpos.copy(), R=frame.xmat.reshape(3, 3).copy())

    def true_middle(self) -> Array:
        """Where the robot truly stands: x, y, yaw midway between the soles."""
        left, right = (on_floor(self.true_pose(sole)) for sole in SOLES)
        return middle_of(left, right)


def add_obstacles(spec: mujoco.MjSpec, outlines: Sequence[Array]) -> list[str]:
    """Stand prisms on the floor, which the robot can touch; returns the names of their geoms."""
    names = []
    for i, outline in enumerate(outlines):
        for k, part in enumerate(_convex_parts(Polygon(outline))):
            name = f"obstacle {i} {k}"
            _add_prism(spec, name, part)
            geom = spec.worldbody.add_geom(
                name=name, type=mujoco.mjtGeom.mjGEOM_MESH, meshname=name, rgba=OBSTACLE_RGBA
            )
            geom.group, geom.contype, geom.conaffinity = int(GeomGroup.HALL), WORLD_BIT, ROBOT_BIT
            names.append(name)
    return names


def _add_prism(spec: mujoco.MjSpec, name: str, outline: Array) -> None:
    """A mesh with flat faces: bottom, top, and a side for every edge, whose corners are its own."""
    low, high = (np.column_stack((outline, np.full(len(outline), z))) for z in (0.0, HEIGHT_M))
    sides = [np.array([low[i - 1], low[i], high[i], high[i - 1]]) for i in range(len(outline))]
    vertices: list[Array] = []
    normals: list[Array] = []
    faces: list[tuple[int, int, int]] = []
    for face in (low[::-1], high, *sides):
        normal = np.cross(face[1] - face[0], face[2] - face[1])
        faces += [(len(vertices), len(vertices) + k, len(vertices) + k + 1) for k in range(1, len(face) - 1)]
        vertices += list(face)
        normals += [normal / np.linalg.norm(normal)] * len(face)
    mesh = spec.add_mesh(name=name, uservert=np.ravel(vertices), usernormal=np.ravel(normals))
    mesh.userface = mesh.userfacenormal = np.ravel(faces)


def _convex_parts(polygon: Polygon) -> Iterator[Array]:
    """Corners (k, 2), anticlockwise, of convex pieces: MuJoCo takes the hull of a mesh for what touches."""
    hull = polygon.convex_hull
    pieces = [hull] if hull.area - polygon.area < 1e-9 else shapely.constrained_delaunay_triangles(polygon).geoms
    for piece in pieces:
        yield np.array(orient(piece).exterior.coords[:-1])
