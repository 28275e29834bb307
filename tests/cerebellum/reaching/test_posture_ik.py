"""Postures keep every rule, reach what forward kinematics proves reachable, and say why when they can not."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.posture import PostureUnreachable, Tolerance
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.errors import InputError, UnreachableError
from linewalker.geometry import Pose, log_so3, rotation_z
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profiles import load_profile

AT_ORIGIN = Stance.about(Pose(), 0.1)
SEAM_AHEAD = Pose.from_axes([0.25, -0.15, 0.75], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])


def wall_from(x: float) -> Obstacles:
    outline = np.array([[x, -2.0], [x + 1.0, -2.0], [x + 1.0, 2.0], [x, 2.0]])
    return Obstacles.pack([Prism(outline_m=outline, bottom_m=0.1, top_m=1.4)])


def missed(posture, X_WF):
    return np.linalg.norm(posture.X_WF.p - X_WF.p), np.linalg.norm(log_so3(posture.X_WF.R.T @ X_WF.R))


def assert_keeps_the_rules(ik, posture, stance, obstacles=None, slack=1.6e-3):
    figure, rules, profile = ik.figure, ik.rules, ik.profile
    figure.place(posture.X_WB, posture.q_rad)
    assert (posture.q_rad >= figure.lower + rules.joint_margin_rad - slack).all()
    assert (posture.q_rad <= figure.upper - rules.joint_margin_rad + slack).all()
    for leg, X_WS in zip(profile.legs, (stance.X_WL, stance.X_WR)):
        sole = figure.pose_of(leg.end)
        assert sole.p == pytest.approx(X_WS.p, abs=slack)
        assert np.linalg.norm(log_so3(sole.R.T @ X_WS.R)) < 2 * slack
    com = stance.X_WM.R.T @ (figure.com() - stance.X_WM.p)
    assert posture.com_m == pytest.approx(com, abs=1e-6)
    assert abs(com[0]) < rules.com_fore_aft_m + slack
    assert abs(com[1]) < rules.com_sideways_m + slack
    distances, _, pairs = figure.clearances(obstacles or Obstacles.pack(), 0.2)
    assert (distances > ik.program.least_distances(pairs) - slack).all()
    shares = ik.program.torques.at(stance)[0] / effort_limits(profile)
    assert np.abs(shares).max() == pytest.approx(posture.torque_share)
    assert posture.torque_share < rules.torque_share + slack


def test_standing_is_level_in_balance_and_as_high_as_the_profile_says(scanner_ik):
    standing = scanner_ik.stand(AT_ORIGIN)
    assert_keeps_the_rules(scanner_ik, standing, AT_ORIGIN)
    assert standing.com_m[:2] == pytest.approx([0, 0], abs=1e-4)
    assert pytest.approx(np.eye(3), abs=1e-6) == standing.X_WB.R


@given(
    arm=st.lists(st.floats(-0.6, 0.6), min_size=7, max_size=7),
    waist=st.lists(st.floats(-0.2, 0.2), min_size=3, max_size=3),
    crouch=st.floats(-0.06, 0.02),
)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
def test_reaches_what_forward_kinematics_reaches(scanner_ik, arm, waist, crouch):
    ik, profile = scanner_ik, scanner_ik.profile
    standing = ik.stand(AT_ORIGIN)
    q = standing.q_rad.copy()
    for names, values in ((profile.arms[1].joints, arm), (profile.waist, waist)):
        index = [profile.joints.index(name) for name in names]
        half = 0.5 * (ik.figure.upper - ik.figure.lower)[index]
        q[index] = 0.5 * (ik.figure.upper + ik.figure.lower)[index] + np.array(values) * half
    X_WB = Pose(p=standing.X_WB.p + [0, 0, crouch], R=standing.X_WB.R)
    ik.figure.place(X_WB, q)
    assume(ik.figure.clearances(Obstacles.pack(), 0.05)[0].min(initial=1.0) > 0.011)
    target = ik.figure.pose_of(ik.mount)
    posture = ik.solve(target, AT_ORIGIN, starts=6)
    off_m, off_rad = missed(posture, target)
    assert off_m < 2e-4
    assert off_rad < 1e-3
    assert_keeps_the_rules(ik, posture, AT_ORIGIN)


def test_a_target_ahead_is_reached_and_the_record_tells_the_truth(scanner_ik):
    posture = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN)
    assert max(missed(posture, SEAM_AHEAD)) < 5e-4
    scanner_ik.figure.place(posture.X_WB, posture.q_rad)
    assert scanner_ik.figure.pose_of(scanner_ik.mount).p == pytest.approx(posture.X_WF.p, abs=1e-9)
    assert 0.0 < posture.limit_margin < 1.0
    assert posture.effort > 0.0


@given(x=st.floats(-3, 3), y=st.floats(-3, 3), yaw=st.floats(-3, 3))
@settings(max_examples=8, deadline=None)
def test_moving_robot_and_target_together_changes_no_joint(scanner_ik, x, y, yaw):
    X_WA = Pose.planar(x, y, yaw)
    here = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN)
    there = scanner_ik.solve(X_WA @ SEAM_AHEAD, Stance.about(X_WA, 0.1))
    assert there.q_rad == pytest.approx(here.q_rad, abs=2e-3)
    assert there.X_WB.p == pytest.approx(here.moved(X_WA).X_WB.p, abs=2e-3)


def test_a_tolerance_is_used_and_not_overdrawn(scanner_ik):
    tolerance = Tolerance(position_m=(0.0, 0.0, 0.03), rotation_rad=(0.1, 0.1, 0.1))
    exact = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN)
    loose = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN, tolerance=tolerance)
    error = loose.X_WF.R.T @ (SEAM_AHEAD.p - loose.X_WF.p)
    assert np.abs(error[:2]).max() < 2e-4
    assert abs(error[2]) < 0.0302
    assert loose.effort < exact.effort


def test_starting_from_a_neighbour_gives_a_neighbour(scanner_ik):
    here = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN)
    shifted = Pose(p=SEAM_AHEAD.p + [0.0, 0.01, 0.01], R=SEAM_AHEAD.R @ rotation_z(0.05))
    there = scanner_ik.solve(shifted, AT_ORIGIN, start=here, starts=0)
    assert np.abs(there.q_rad - here.q_rad).max() < 0.25


def test_obstacles_are_kept_clear_of(scanner_ik):
    obstacles = wall_from(0.40)
    posture = scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN, obstacles=obstacles)
    scanner_ik.figure.place(posture.X_WB, posture.q_rad)
    distances, _, labels = scanner_ik.figure.clearances(obstacles, 0.5)
    to_wall = distances[labels[:, 1] < 0]
    assert to_wall.min() > scanner_ik.rules.arm_clearance_m - 1.6e-3
    assert_keeps_the_rules(scanner_ik, posture, AT_ORIGIN, obstacles)


def test_out_of_reach_says_how_far_and_gives_the_nearest_posture(scanner_ik):
    target = Pose(p=SEAM_AHEAD.p + [0.6, 0.0, 0.0], R=SEAM_AHEAD.R)
    with pytest.raises(PostureUnreachable, match=r"right_wrist stays \d+ mm.* short of the target") as caught:
        scanner_ik.solve(target, AT_ORIGIN)
    miss = caught.value.miss
    assert 0.02 < miss.position_m < 0.5
    assert miss.because
    assert_keeps_the_rules(scanner_ik, miss.nearest, AT_ORIGIN, slack=5e-3)
    assert isinstance(caught.value, UnreachableError)


def test_an_obstacle_in_the_way_is_named(scanner_ik):
    with pytest.raises(PostureUnreachable, match="obstacle"):
        scanner_ik.solve(SEAM_AHEAD, AT_ORIGIN, obstacles=wall_from(0.2))


def test_the_head_camera_moves_with_waist_and_pelvis():
    ik = WholeBodyIK(load_profile("g1"), "head")
    X_WC = ik.stand(AT_ORIGIN).X_WF
    down = Pose(p=X_WC.p + [0.03, 0.0, -0.06], R=X_WC.R)
    posture = ik.solve(down, AT_ORIGIN, tolerance=Tolerance(rotation_rad=(0.1, 0.1, 0.1)))
    assert posture.X_WF.p == pytest.approx(down.p, abs=2e-4)
    arms = [i for i, name in enumerate(ik.profile.joints) if "elbow" in name]
    assert posture.q_rad[arms] == pytest.approx(ik.profile.standing_q()[arms])


def test_a_sensor_that_is_not_there_is_an_error_that_names_those_that_are():
    with pytest.raises(InputError, match="right_wrist"):
        WholeBodyIK(load_profile("g1"), "left_wrist")


@pytest.mark.parametrize("robot", ["walker", "talos"])
def test_other_robots_reach_with_the_same_code(robot):
    profile = load_profile(robot)
    ik = WholeBodyIK(profile, "right_wrist")
    stance = Stance.about(Pose(), profile.gait.half_width_m)
    rest = ik.stand(stance).X_WF
    target = Pose(p=rest.p + [0.15, -0.05, 0.20], R=rest.R)
    posture = ik.solve(target, stance)
    assert max(missed(posture, target)) < 1e-3
    assert_keeps_the_rules(ik, posture, stance)


def test_a_weak_joint_is_spared():
    strong = WholeBodyIK(load_profile("walker"), "right_wrist")
    stance = Stance.about(Pose(), strong.profile.gait.half_width_m)
    target = Pose.from_axes([0.6, -0.3, 1.2], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])
    elbow, most_nm = "right_elbow_pitch_joint", 2.0
    strong.solve(target, stance)
    k = strong.profile.joints.index(elbow)
    assert abs(strong.program.torques.at(stance)[0][k]) > 1.2 * most_nm
    limit_nm = most_nm / strong.rules.torque_share
    weak = WholeBodyIK(replace(strong.profile, effort_nm={**strong.profile.effort_nm, elbow: limit_nm}), "right_wrist")
    posture = weak.solve(target, stance)
    assert max(missed(posture, target)) < 1e-3
    assert_keeps_the_rules(weak, posture, stance)


def test_a_tool_too_heavy_for_a_target_is_refused_and_the_joint_named(scanner_ik, tmp_path):
    target = Pose.from_axes([0.35, -0.5, 0.95], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])
    scanner_ik.solve(target, AT_ORIGIN)
    heavy = WholeBodyIK(with_tool(scanner_ik.profile, scanner_ik.mount.body, 5.0, tmp_path), "right_wrist")
    with pytest.raises(
        PostureUnreachable, match=r"waist_roll_joint \(would need \d\d[.\d]*, may use 28 of its 35 N m\)"
    ):
        heavy.solve(target, AT_ORIGIN)


def with_tool(profile, link, kg, folder):
    """The robot with a link of another mass."""
    path = urdf_path(profile)
    text = path.read_text(encoding="utf-8").replace('filename="meshes/', f'filename="{path.parent}/meshes/')
    mass = re.compile(rf'(<link name="{link}">.*?<mass value=")[^"]+', re.S)
    (folder / "heavy.urdf").write_text(mass.sub(rf"\g<1>{kg}", text, count=1), encoding="utf-8")
    return replace(profile, package="", urdf=str(folder / "heavy.urdf"))
