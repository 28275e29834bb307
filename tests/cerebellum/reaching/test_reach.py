"""Reaching: free ways, references that do not jump, and a sensor that arrives in physics."""

import mujoco
import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, log_so3, rotation_z
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.sensors import PERFECT
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot

AT_ORIGIN = Stance.about(Pose(), 0.1)
AHEAD = Pose.from_axes([0.25, -0.15, 0.75], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])
ABOVE = Pose.from_axes([0.30, -0.25, 1.0], x=[0.0, 1.0, 0.0], z=[0.5, 0.0, -0.87])


def box(x, y, bottom, top):
    (x0, x1), (y0, y1) = x, y
    outline = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)
    return Obstacles.pack([Prism(outline_m=outline, bottom_m=bottom, top_m=top)])


# -- in physics --------------------------------------------------------------------------------------------------------


class Station:
    """A robot on a floor, and what its wrist really does."""

    def __init__(self, ik, noise=None, ticks=500):
        profile = load_profile("g1")
        self.model = floor_model(profile)
        self.data = mujoco.MjData(self.model)
        self.robot = SimulatedRobot(self.model, self.data, profile, seed=3, noise=noise)
        self.robot.place(0.0, 0.0, 0.0)
        self.motion = MotionController(profile)
        self.references = []
        for _ in range(ticks):
            self.tick()
        self.reach = Reach(self.motion, "right_wrist", ik=ik)

    def tick(self):
        self.robot.act(self.motion.tick(self.robot.sense()))

    def run(self, skill):
        for _ in skill:
            self.tick()
            self.references.append(self.motion.upper_body.q.copy())

    def true_pose(self):
        site = self.model.site("right_wrist").id
        return Pose(p=self.data.site_xpos[site].copy(), R=self.data.site_xmat[site].reshape(3, 3).copy())

    def miss(self, X_WF):
        is_at = self.true_pose()
        return np.linalg.norm(is_at.p - X_WF.p), np.linalg.norm(log_so3(is_at.R.T @ X_WF.R))


@pytest.fixture(scope="module")
def station(scanner_ik):
    return Station(scanner_ik, noise=PERFECT)


def test_a_reach_of_a_robot_that_has_not_ticked_yet_waits_until_it_stands(scanner_ik):
    fresh = Station(scanner_ik, noise=PERFECT, ticks=0)
    fresh.run(fresh.reach.go_to(AHEAD))
    assert fresh.miss(AHEAD)[0] < 0.004


def test_a_walking_robot_does_not_reach(scanner_ik):
    walker = Station(scanner_ik, noise=PERFECT, ticks=1)
    walker.motion.walk(0.2, 0.0, 0.0)
    with pytest.raises(UnreachableError, match="when it stands"):
        walker.run(walker.reach.go_to(AHEAD))


def test_reaches_moves_a_little_and_comes_back(station):
    station.run(station.reach.go_to(AHEAD))
    assert station.reach.extended
    assert station.reach.error()[0] < 0.0011
    off_m, off_rad = station.miss(AHEAD)
    assert off_m < 0.004
    assert off_rad < np.radians(0.5)

    aside = Pose(p=AHEAD.p + [0.0, 0.015, 0.01], R=AHEAD.R @ rotation_z(0.08))
    before_s = station.data.time
    station.run(station.reach.move_to(aside))
    assert station.data.time - before_s < 1.5
    assert station.miss(aside)[0] < 0.004
    assert station.reach.target.p == pytest.approx(aside.p, abs=1e-3)

    station.run(station.reach.hold(0.2))
    station.run(station.reach.retract())
    assert not station.reach.extended
    assert station.motion.state.steps == 0
    jumps = np.abs(np.diff(station.references, axis=0)).max()
    assert jumps < 0.005  # 2.5 rad/s


def test_out_of_reach_is_refused_before_anything_moves(station):
    before = len(station.references)
    with pytest.raises(UnreachableError, match="short of the target"):
        station.run(station.reach.go_to(Pose(p=AHEAD.p + [1.0, 0.0, 0.0], R=AHEAD.R)))
    assert len(station.references) > before + 10  # it thought it over, a piece per tick
    assert np.ptp(station.references[before:], axis=0).max() < 0.005


def test_with_noisy_sensors_the_wrist_is_within_millimetres(scanner_ik):
    station = Station(scanner_ik)
    station.run(station.reach.go_to(AHEAD))
    off_m, off_rad = station.miss(AHEAD)
    assert off_m < 0.010
    assert off_rad < np.radians(1.5)
    assert station.reach.error()[0] < 0.003


def test_without_a_free_way_back_it_goes_the_way_it_came(station):
    station.run(station.reach.go_to(AHEAD))
    station.reach.obstacles = box((0.12, 0.16), (-2.0, 2.0), 0.0, 2.0)  # a wall that has grown through the forearm
    station.run(station.reach.retract())
    station.reach.obstacles = Obstacles.pack()
    carried = station.motion.profile.standing_q()
    assert not station.reach.extended
    assert station.motion.estimate.q_rad[15:] == pytest.approx(carried[15:], abs=0.03)


@pytest.mark.parametrize(("robot", "place"), [("walker", [0.42, -0.2, 0.9]), ("talos", [0.5, -0.25, 1.3])])
def test_other_robots_reach_too(robot, place):
    """Talos carries its IMU above the waist, which turns while it reaches."""
    rig = Rig(1, robot)
    reach = Reach(rig.motion, "right_wrist")
    rig.run(0.3)
    X_WF = Pose.from_axes(place, x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])
    for _ in reach.go_to(X_WF):
        rig.run(0.002)
    assert reach.error()[0] < 0.002
    assert np.linalg.norm(rig.data.site("right_wrist").xpos - X_WF.p) < 0.010
    assert rig.state.steps == 0
