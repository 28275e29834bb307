"""Static torques against MuJoCo's inverse dynamics, finite differences and levers of known mass."""

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.kinematics import Figure
from linewalker.cerebellum.body.static_torque import StaticTorques
from linewalker.geometry import Pose, exp_so3
from linewalker.limbs.profiles import load_profile

G_M_S2 = 9.81


@pytest.fixture(scope="module", params=["g1", "walker", "talos"])
def figure(request):
    return Figure(load_profile(request.param))


def take_up(figure, seed):
    """A random posture, with soles wherever the feet are; returns them."""
    rng = np.random.default_rng(seed)
    q = figure.profile.standing_q() + rng.normal(0.0, 0.15, len(figure.profile.joints))
    figure.place(Pose(p=np.array([0.1, 0.2, 0.75]), R=exp_so3(rng.normal(0.0, 0.2, 3))), q)
    left, right = (Pose(p=figure.pose_of(leg.end).p) for leg in figure.profile.legs)
    return Stance(X_WL=left, X_WR=right)


def gravity_force(figure):
    """What it takes to hold every degree of freedom of a robot that nothing touches, (6 + h,)."""
    force = np.zeros(figure.model.nv)
    figure.data.qvel[:] = 0.0
    mujoco.mj_comVel(figure.model, figure.data)
    mujoco.mj_rne(figure.model, figure.data, 0, force)
    return force


def pushed_at(figure, leg, p):
    """What a unit force upwards at a point of a foot does to every degree of freedom, (6 + h,)."""
    J = np.zeros((3, figure.model.nv))
    mujoco.mj_jac(figure.model, figure.data, J, None, p, figure.model.body(leg.end.body).id)
    return J[2]


@pytest.mark.parametrize("seed", range(3))
def test_equal_inverse_dynamics_with_upright_forces_that_balance_the_body(figure, seed):
    stance = take_up(figure, seed)
    soles, com = (stance.X_WL.p, stance.X_WR.p), figure.com()
    across = (soles[1] - soles[0])[:2]
    right = float((com - soles[0])[:2] @ across / (across @ across))
    aside = com - (1.0 - right) * soles[0] - right * soles[1]
    weight_n = figure.model.body_subtreemass[1] * G_M_S2
    force = gravity_force(figure)
    for leg, sole, share in zip(figure.profile.legs, soles, (1.0 - right, right)):
        force -= share * weight_n * pushed_at(figure, leg, sole + aside)
    assert force[:6] == pytest.approx(0.0, abs=1e-9)  # nothing is left to hold the base
    assert StaticTorques(figure).at(stance)[0] == pytest.approx(force[figure.column], abs=1e-9)


def test_gradients_equal_finite_differences(figure):
    stance, torques = take_up(figure, 7), StaticTorques(figure)
    qpos, step = figure.data.qpos.copy(), 1e-6
    _, gradient = torques.at(stance)
    for k in range(figure.model.nv):
        ends = []
        for sign in (1, -1):
            tangent = np.zeros(figure.model.nv)
            tangent[k] = sign * step
            figure.data.qpos[:] = qpos
            figure.move(tangent)
            ends.append(torques.at(stance)[0])
        assert gradient[:, k] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-5)


def test_a_leg_beside_the_centre_of_mass_holds_only_itself(figure):
    stance = take_up(figure, 1)
    com = figure.com()
    over_left = Stance(X_WL=Pose(p=np.array([com[0], com[1], 0.0])), X_WR=stance.X_WR)
    leg = [figure.profile.joints.index(name) for name in figure.profile.legs[1].joints]
    alone = gravity_force(figure)[figure.column]
    assert StaticTorques(figure).at(over_left)[0][leg] == pytest.approx(alone[leg], abs=1e-9)


def test_an_arm_stretched_forward_needs_its_masses_times_their_levers():
    figure = Figure(load_profile("walker"))
    profile, model, data = figure.profile, figure.model, figure.data
    q = dict(zip(profile.joints, profile.standing_q())) | dict.fromkeys(profile.arms[1].joints, 0.0)
    shoulder, elbow = "right_shoulder_pitch_joint", "right_elbow_pitch_joint"
    figure.place(Pose(p=np.array([0.0, 0.0, 0.8])), np.array(list((q | {shoulder: -np.pi / 2}).values())))
    torque = StaticTorques(figure).at(Stance.about(Pose(), 0.11))[0]
    links = [body for body in range(1, model.nbody) if model.body(body).name.startswith("right_")]
    ahead = {body: data.xpos[body][0] + (data.xmat[body].reshape(3, 3) @ model.body_ipos[body])[0] for body in links}
    for joint in (shoulder, elbow):
        beyond = [body for body in links if model.joint(joint).bodyid[0] in _chain(model, body)]
        anchor = data.xanchor[model.joint(joint).id][0]
        lever_nm = G_M_S2 * sum(model.body_mass[body] * (ahead[body] - anchor) for body in beyond)
        assert lever_nm > 3.0
        assert abs(torque[profile.joints.index(joint)]) == pytest.approx(lever_nm, rel=1e-6)


def _chain(model, body):
    """A body and those it hangs on."""
    chain = [body]
    while chain[-1]:
        chain.append(int(model.body_parentid[chain[-1]]))
    return chain


def test_only_joints_near_their_limit_are_told():
    figure = Figure(load_profile("talos"))
    stance, torques = take_up(figure, 3), StaticTorques(figure)
    every, gradient = torques.at(stance)
    shares = every / torques.limits_nm
    near, told, change = torques.near_limit(stance, 0.2)
    assert 0 < len(near) < len(every)
    assert set(near) == set(np.flatnonzero(np.abs(shares) >= 0.2))
    assert told == pytest.approx(shares[near])
    assert change == pytest.approx((gradient / torques.limits_nm[:, None])[near])
