"""The camera among the boards: rendered, found, and as sure of its place as it says."""

import copy
from pathlib import Path

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.geometry import Pose, log_so3
from linewalker.limbs.localisation.tag_boards import TagBoard, add_boards, read_boards
from linewalker.limbs.localisation.tag_localisation import TagEye, TagLocalisedRobot, TagTuning
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import RgbdImage
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole

K = Pinhole.matrix(640, 480, np.radians(60.0))


def board(number: int, x: float, y: float, z: float, faces_deg: float) -> TagBoard:
    out = np.array([np.cos(np.radians(faces_deg)), np.sin(np.radians(faces_deg)), 0.0])
    return TagBoard(number=number, X_WM=Pose.from_axes([x, y, z], x=np.cross([0, 0, 1], out), z=out), size_m=0.3)


BOARDS = (board(3, 2.5, 0.8, 1.0, 200.0), board(17, 2.2, -0.7, 1.3, 150.0), board(101, 3.0, 0.0, 0.5, 180.0))
X_WC = Pose.from_axes([0.1, 0.05, 1.2], x=[0.05, -1.0, 0.0], z=[1.0, 0.05, -0.15])


@pytest.fixture(scope="module")
def image() -> RgbdImage:
    spec = mujoco.MjSpec()
    add_boards(spec, BOARDS)
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    pinhole = Pinhole(X_WC=X_WC, K=K, width_px=640, height_px=480)
    picture = ModelView(model, (GeomGroup.HALL,)).take(data, pinhole, fine=3)
    return RgbdImage(time_s=0.0, rgb=picture.rgb, depth_m=picture.depth_m, K=K)


def test_the_camera_finds_itself_in_a_rendered_picture(image: RgbdImage) -> None:
    seen = TagEye(BOARDS).locate(image)
    assert seen is not None
    sigma = np.sqrt(np.diag(seen.covariance))
    assert (np.abs(seen.X_WF.p - X_WC.p) < 3.0 * sigma[:3]).all()
    assert (np.abs(log_so3(seen.X_WF.R @ X_WC.R.T)) < 3.0 * sigma[3:]).all()
    assert sigma[:3].max() < 0.02


@pytest.mark.parametrize("known", [BOARDS[:1], (board(5, 2.5, 0.8, 1.0, 200.0), BOARDS[1])])
def test_with_fewer_than_two_known_boards_it_says_nothing(image: RgbdImage, known: tuple[TagBoard, ...]) -> None:
    assert TagEye(known).locate(image) is None


def test_a_board_that_hangs_elsewhere_than_surveyed_is_left_out_named_and_no_harm(image: RgbdImage) -> None:
    eye = TagEye((*BOARDS[:2], board(101, 3.0, 0.03, 0.5, 180.0)))
    for _ in range(3):
        seen = eye.locate(image)
        assert seen is not None
        assert np.linalg.norm(seen.X_WF.p - X_WC.p) < 0.01
    (displaced,) = eye.survey.displaced
    assert displaced.number == 101
    np.testing.assert_allclose(displaced.off_W, [0.0, -0.03, 0.0], atol=0.005)


def test_two_boards_that_contradict_each_other_give_no_fix(image: RgbdImage) -> None:
    assert TagEye((BOARDS[0], board(17, 2.2, -0.6, 1.3, 150.0))).locate(image) is None


def test_a_robot_among_boards_knows_its_place_though_late() -> None:
    profile, boards = load_profile("g1"), read_boards(Path(__file__).parents[3] / "examples" / "boards.yaml")
    spec = robot_spec(profile, visual=False)
    add_floor(spec)
    add_boards(spec, boards)
    model = spec.compile()
    data = mujoco.MjData(model)
    simulated = SimulatedRobot(model, data, profile, seed=2, optics=SimulatedOptics(model, profile, seed=2))
    simulated.place(0.3, -0.2, 0.4)
    robot, motion, fixes, torsos = TagLocalisedRobot(simulated, "head", boards), MotionController(profile), [], {}
    while len(fixes) < 3:
        readings = robot.sense()
        assert readings.tool_fixes == ()  # a tracker stands beside it and must not help
        torsos[readings.time_s] = data.body(profile.torso).xpos.copy()
        robot.act(motion.tick(readings))
        if readings.fix is not None:
            fixes.append((readings.time_s, readings.fix))
    for arrived_s, fix in fixes:
        assert arrived_s - fix.taken_s == pytest.approx(TagTuning().latency_s, abs=1e-9)
        assert fix.covariance is not None
        off = fix.X_WT.p - torsos[fix.taken_s]
        assert off @ np.linalg.solve(fix.covariance[:3, :3], off) < 16.0  # chi-square of three, once in a thousand
    assert motion.estimate.localised
    mujoco.mj_resetData(model, data)
    simulated.place(0.3, -0.2, 0.4)
    twin = copy.deepcopy(robot)
    fixes_again = [[r.sense().fix for _ in range(100)] for r in (robot, twin)]
    assert any(fix is not None for fix in fixes_again[0])
    for fix, twins in zip(*fixes_again):
        assert (fix is None) is (twins is None)
        if fix is not None:
            np.testing.assert_array_equal(twins.X_WT.p, fix.X_WT.p)
