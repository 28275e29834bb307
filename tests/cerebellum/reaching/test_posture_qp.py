"""One step of posture finding: its derivatives are derivatives, its step is the best there is."""

import numpy as np
import pytest

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.kinematics import Figure
from linewalker.cerebellum.reaching.posture import PostureRules, Tolerance
from linewalker.cerebellum.reaching.posture_qp import (
    _COM_WEIGHT_M2,
    _REMAINDER_WEIGHT,
    _SLACK_WEIGHT,
    BALANCE,
    DISTANCE,
    LEG,
    TORQUE,
    PostureProgram,
)
from linewalker.geometry import Pose, exp_so3, log_so3
from linewalker.limbs.profiles import PROFILES, load_profile

WALL = Obstacles.pack(
    [Prism(outline_m=np.array([[0.3, -1.0], [1.3, -1.0], [1.3, 1.0], [0.3, 1.0]]), bottom_m=0.2, top_m=1.3)]
)
STEP = 1e-6


@pytest.fixture(scope="module", params=sorted(PROFILES))
def program(request):
    profile = load_profile(request.param)
    return PostureProgram(Figure(profile), profile.scanners["right_wrist"], PostureRules())


@pytest.fixture
def stance(program):
    """The robot stands on it, then every joint and the pelvis are a little elsewhere."""
    half = program.figure.profile.gait.half_width_m
    stance = Stance.about(Pose.planar(0.3, -0.2, 0.4), half)
    program.stand(stance)
    rng = np.random.default_rng(2)
    program.figure.move(0.03 * rng.normal(size=program.figure.model.nv))
    return stance


def sensor_target(program, scale=1.0):
    X_WF = program.figure.pose_of(program.mount)
    return Pose(
        p=X_WF.p + scale * np.array([0.03, -0.02, 0.04]), R=X_WF.R @ exp_so3([0.2 * scale, -0.1 * scale, 0.3 * scale])
    )


def difference(program, tangent, value):
    """Central difference of ``value()`` along a tangent direction."""
    figure = program.figure
    before, ends = figure.data.qpos.copy(), []
    for sign in (1, -1):
        figure.data.qpos[:] = before
        figure.move(sign * STEP * tangent)
        ends.append(value())
    figure.data.qpos[:] = before
    figure.move(np.zeros(figure.model.nv))
    return (ends[0] - ends[1]) / (2 * STEP)


def test_standing_is_level_balanced_and_on_both_soles(program):
    profile = program.figure.profile
    X_WM = Pose.planar(1.0, 2.0, -0.7)
    stance = Stance.about(X_WM, profile.gait.half_width_m)
    program.stand(stance)
    com = X_WM.inverse().apply(program.figure.com())
    assert com[:2] == pytest.approx(program.rules.com_preferred_m, abs=1e-6)
    assert pytest.approx(X_WM.R, abs=1e-9) == program.figure.X_WB.R
    for leg, X_WS in zip(profile.legs, (stance.X_WL, stance.X_WR)):
        sole = program.figure.pose_of(leg.end)
        assert sole.p == pytest.approx(X_WS.p, abs=1e-5)
        assert np.linalg.norm(log_so3(sole.R.T @ X_WS.R)) < 1e-5


def test_the_unknowns_leave_the_soles_where_they_are_and_the_rest_brings_them_back(program, stance):
    figure = program.figure
    N, v0 = program._closure(stance)
    soles = [figure.jacobian(leg.end) for leg in figure.profile.legs]
    for J, leg, X_WS in zip(soles, figure.profile.legs, (stance.X_WL, stance.X_WR)):
        assert pytest.approx(0.0, abs=1e-9) == J @ N
        assert J @ v0 == pytest.approx(program._sole_error(leg, X_WS), abs=1e-9)
    for _ in range(4):  # Newton
        figure.move(program._closure(stance)[1])
    assert figure.pose_of(figure.profile.legs[0].end).p == pytest.approx(stance.X_WL.p, abs=1e-9)


@pytest.mark.usefixtures("stance")
@pytest.mark.parametrize(("scale", "within"), [(1.0, 1e-5), (2.4e-3, 1e-6)])  # the latter where a series stands in
def test_the_error_shrinks_as_its_jacobian_says(program, scale, within):
    X_WF = sensor_target(program, scale)
    J = program.error_jacobian(program.error(X_WF))
    rng = np.random.default_rng(5)
    for _ in range(6):
        tangent = rng.normal(size=J.shape[1])
        assert -J @ tangent == pytest.approx(difference(program, tangent, lambda: program.error(X_WF)), abs=within)


def test_rules_change_as_their_rows_say(program, stance):
    """Row by row: A is how fast the room left, -b, grows."""
    com = stance.X_WM.R.T @ (program.figure.com() - stance.X_WM.p)
    A, b, labels = program._rule_rows(stance, com[:2], WALL)
    assert {LEG, BALANCE, TORQUE, DISTANCE} >= set(labels[:, 0]) >= {LEG, BALANCE, DISTANCE}
    rows = {}
    for k, label in enumerate(map(tuple, labels.tolist())):
        rows.setdefault(label, []).append(k)

    def room():
        com = stance.X_WM.R.T @ (program.figure.com() - stance.X_WM.p)
        _, b, found = program._rule_rows(stance, com[:2], WALL)
        seen = {}
        for value, label in zip(b, map(tuple, found.tolist())):
            seen.setdefault(label, []).append(-value)
        return np.array([value for label in rows for value in seen.get(label, [np.nan] * len(rows[label]))])

    order = [k for numbers in rows.values() for k in numbers]
    rng = np.random.default_rng(6)
    for _ in range(4):
        tangent = rng.normal(size=A.shape[1])
        slope, expected = difference(program, tangent, room), A[order] @ tangent
        told = np.isfinite(slope)  # a distance may come into sight meanwhile
        inside = (labels[order, 0] == DISTANCE) & (b[order] > 0.02)  # within one another the direction jumps
        assert told.mean() > 0.9
        assert slope[told & ~inside] == pytest.approx(expected[told & ~inside], abs=3e-3, rel=1e-3)


def test_no_step_nearby_is_better_than_the_one_found(program, stance):
    """The program's own cost, written out: posture, what is left of the error beyond the tolerance, broken rules."""
    tolerance = Tolerance(position_m=(1e-3, 2e-3, 0.0), rotation_rad=(0.02, 0.0, 0.01))
    pelvis_m = float(program.figure.X_WB.p[2])
    local = program.linearise(sensor_target(program), stance, pelvis_m, tolerance, WALL)
    damping, u = 1e-2, program.unknowns
    step = program.step(local, tolerance, damping)
    y = np.concatenate((step.tangent[:6], step.tangent[program._columns]))
    assert step.size == pytest.approx(np.abs(y).max())
    assert step.tangent == pytest.approx(local.v0 + local.N @ y)
    assert (y >= local.lower - 1e-6).all()
    assert (y <= local.upper + 1e-6).all()

    def cost(y):
        left = np.maximum(np.abs(local.e - local.J @ y) - tolerance.per_axis, 0.0)
        broken = max((local.b - local.A @ y).max(), 0.0)
        smooth = 0.5 * y @ (local.H + damping * np.eye(u)) @ y + local.f @ y
        return smooth + 0.5 * _REMAINDER_WEIGHT @ left**2 + 0.5 * _SLACK_WEIGHT * broken**2

    best, rng = cost(y), np.random.default_rng(7)
    for size in (1e-2, 1e-3, 1e-4):
        for _ in range(40):
            near = np.clip(y + size * rng.normal(size=u), local.lower, local.upper)
            assert cost(near) >= best - 1e-6 * abs(best)


def test_a_step_lowers_the_merit_and_a_wall_that_comes_too_near_raises_it(program, stance):
    figure, target = program.figure, sensor_target(program)
    pelvis_m, X_WB, q = float(figure.X_WB.p[2]), figure.X_WB, figure.q_rad
    before = program.linearise(target, stance, pelvis_m, Tolerance(), Obstacles.pack())
    figure.move(program.step(before, Tolerance(), 1e-2).tangent)
    assert program.linearise(target, stance, pelvis_m, Tolerance(), Obstacles.pack()).merit < 0.3 * before.merit
    figure.place(X_WB, q)
    distances, _, pairs = figure.clearances(WALL, 1.0)
    nearest = float(distances[pairs[:, 1] < 0].min())
    merits = []
    for gap in (0.05, -0.01, -0.03):  # nearer and nearer, along the car
        corners = WALL.corners + [gap - nearest, 0.0] if nearest > 0 else WALL.corners + [gap, 0.0]
        wall = Obstacles(corners, WALL.first, WALL.heights)
        merits.append(program.linearise(target, stance, pelvis_m, Tolerance(), wall).merit)
    assert merits[0] < merits[1] < merits[2]


def test_the_cost_of_a_posture_is_least_standing_and_its_slope_is_that_of_the_program(program, stance):
    figure = program.figure
    pelvis_m = float(figure.X_WB.p[2])
    local = program.linearise(figure.pose_of(program.mount), stance, pelvis_m, Tolerance(), Obstacles.pack())
    for k in (0, 1, 2, *range(6, program.unknowns)):  # the pelvis' own rotation is not small here
        slope = difference(program, local.N[:, k], lambda: program.effort(stance, pelvis_m))
        com_rows = (stance.X_WM.R.T @ figure.com_jacobian())[:2]
        back = 2 * _COM_WEIGHT_M2 * (com_rows @ local.N[:, k]) @ (com_rows @ local.v0)
        assert 2 * local.f[k] - back == pytest.approx(slope, abs=1e-3)


def test_reasons_are_named_by_what_they_are_about(program, stance):
    pelvis_m = float(program.figure.X_WB.p[2])
    local = program.linearise(sensor_target(program), stance, pelvis_m, Tolerance(), WALL)
    needed = np.full(len(program.figure.profile.joints), 1e3)
    names = program.names_of(local, needed)
    assert len(names) == program.unknowns + len(local.b)
    assert names[2] == "pelvis height at its limit"
    assert names[6] == f"{program.moving[0]} at its limit"
    said = dict(zip(local.labels[:, 0].tolist(), names[program.unknowns :]))
    assert said[BALANCE] == "balance"
    assert said[LEG].removesuffix(" at its limit") in program.figure.profile.joints
    assert "close to" in said[DISTANCE]
    if TORQUE in said:
        assert "would need 1e+03" in said[TORQUE]
