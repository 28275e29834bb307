"""A robot on an empty floor: the stage of ``linewalker walk`` and ``linewalker reach``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.console.obstacles import add_obstacles
from linewalker.console.video import Film, film_path
from linewalker.errors import InputError, RobotFell
from linewalker.geometry import Pose, wrap_angle
from linewalker.limbs.localisation.tag_boards import TagBoard, add_boards
from linewalker.limbs.localisation.tag_localisation import TagLocalisedRobot
from linewalker.limbs.localisation.tag_survey import DisplacedBoard
from linewalker.limbs.model.robot_model import SOLES, robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.contacts import add_floor
from linewalker.rendering.light import Lamp, Lighting
from linewalker.station.pace import WallPace

Array = NDArray[np.float64]
FIRST_STAND_S = 1.0
_LAMPS = tuple(
    Lamp(p_W=(x, y, 4.2), half_length_m=2.5, half_width_m=0.3, radiance=9.0) for x in (-3.0, 3.0) for y in (-2.5, 2.5)
)
LIGHTING = Lighting(lamps=_LAMPS, middle_W=(0.0, 0.0), reach_m=6.0, softness_m=0.08)
_FLOOR_RGBA = (0.66, 0.67, 0.69, 1.0)


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who watches.

    Attributes:
        video: film to write.
        view: a window, at wall pace.
    """

    video: Path | None = None
    view: bool = False

    def __post_init__(self) -> None:
        screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if self.view and not screen:
            raise InputError("--view needs a display, and there is none; --video FILE films instead")


class BesideRobot:
    """A film camera that goes along with the robot, ahead of it and to its right, softly."""

    SETTLING_S = 0.8
    FROM_ROBOT_W = np.array([1.5, -1.7, 1.2])
    LOOK_AT_M = 0.72

    def __init__(self) -> None:
        self._beside: Array | None = None

    def aim(self, robot_W: Array, step_s: float) -> tuple[Array, Array]:
        """Eye and target, (3,) each, ``step_s`` after the last call, for a robot at robot_W (3,)."""
        here = np.array([*robot_W[:2], 0.0])
        if self._beside is None:
            self._beside = here
        self._beside = self._beside + (1.0 - np.exp(-step_s / self.SETTLING_S)) * (here - self._beside)
        return self._beside + self.FROM_ROBOT_W, self._beside + [0.0, 0.0, self.LOOK_AT_M]


class Floor:
    """One robot with noisy sensors and without foot sensors, its controller, and the loop that ticks them.

    Args:
        profile: the robot.
        seed: of its sensors.
        visual: whether it can be looked at.
        obstacles: outlines of what stands on the floor, each (k, 2), m.
        boards: AprilTag boards its first camera finds its place from; without any, a sensor of the station sees it.
        hung: where they hang in truth, if not there.

    Attributes:
        motion: the controller.
        touched: whether the robot has touched an obstacle.
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
    ):
        spec = robot_spec(profile, visual=visual, self_collision=True)
        add_floor(spec)
        solids = add_obstacles(spec, obstacles)
        add_boards(spec, hung or boards)
        self._model = spec.compile()
        self._model.geom("floor").rgba = _FLOOR_RGBA
        self._data = mujoco.MjData(self._model)
        self.touched = False
        optics = SimulatedOptics(self._model, profile, seed) if boards else None
        robot = SimulatedRobot(self._model, self._data, profile, seed, optics=optics, tracker=not boards)
        robot.watch(self._model.geom(name).id for name in solids)
        robot.place(0.0, 0.0, 0.0)
        self._robot = TagLocalisedRobot(robot, next(iter(profile.cameras)), boards) if boards else robot
        self.motion = SafeMotion(profile)
        self._watchers: list[Callable[[], None]] = []

    @property
    def displaced(self) -> tuple[DisplacedBoard, ...]:
        """Boards that hang elsewhere than their file says."""
        return self._robot.displaced if isinstance(self._robot, TagLocalisedRobot) else ()

    @property
    def now_s(self) -> float:
        """Robot time."""
        return float(self._data.time)

    def tick(self) -> None:
        """One turn of the loop.

        Raises:
            RobotFell: it lies.
        """
        readings = self._robot.sense()
        self.touched |= readings.touched
        self._robot.act(self.motion.tick(readings))
        for watch in self._watchers:
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
        frame = self._data.site(site)
        return Pose(p=frame.xpos.copy(), R=frame.xmat.reshape(3, 3).copy())

    def true_middle(self) -> Array:
        """Where the robot truly stands: x, y, yaw midway between the soles."""
        left, right = (self.true_pose(sole) for sole in SOLES)
        return np.array([*(0.5 * (left.p + right.p))[:2], left.yaw + 0.5 * wrap_angle(right.yaw - left.yaw)])

    @contextmanager
    def watched(self, audience: Audience) -> Iterator[None]:
        """Film, or show in a window, what happens inside."""
        with ExitStack() as stack:
            if audience.video is not None:
                base, path = self.motion.profile.base, film_path(audience.video)
                film = Film(self._model, base, path, speed=1.0, fine=2, follower=BesideRobot(), lighting=LIGHTING)
                stack.enter_context(film)
                self._watchers.append(lambda: film.tick(self._data))
            if audience.view:
                from mujoco import viewer  # opens a connection to the display

                window = stack.enter_context(viewer.launch_passive(self._model, self._data))
                self._watchers += [window.sync, WallPace(lambda: self.now_s)]
            yield
