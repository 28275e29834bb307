"""Checks of a robot's body, built from its profile and stood up on flat ground, each with the fix."""

from __future__ import annotations

from collections.abc import Iterator

import mujoco
import numpy as np

from linewalker.limbs.checks.finding import Finding, error, warning
from linewalker.limbs.checks.standing_body import HANDS, StandingBody, arm_reach_m, seen_points
from linewalker.limbs.model.robot_model import ENDLESS_RAD, SOLES, effort_limits, robot_spec
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.model.urdf_spec import read_shapes
from linewalker.limbs.profile import RobotProfile

SIDES = ("left", "right")
LIGHTEST_KG, HEAVIEST_KG = 5.0, 250.0
FLAT_RAD, AHEAD_RAD = np.radians(1.0), np.radians(3.0)
LARGEST_PART_M, SMALLEST_PART_M = 2.5, 0.0005
LEVEL_M = 0.002
STRAIGHT = 0.02
"""A knee nearer to the line from hip to ankle than this part of the leg is straight."""
SINGULAR = 0.02
"""Least singular value of a leg's Jacobian, lengths measured in legs, below which feet can not be placed."""
FAR_OFF = 0.15
"""A profile whose centre of mass is off by more than this part of its height does not describe this robot."""


def check_posture(profile: RobotProfile) -> list[Finding]:
    """Everything that is wrong with the body and its standing posture.

    Raises:
        InputError: the URDF is wrong, or a mesh is missing or of a format that can not be read.
    """
    try:
        found, body = list(_meshes(profile)), StandingBody(profile)
    except ValueError as problem:
        fix = "Look at the mesh, link or joint it names; masses and inertias must be positive"
        return [error("model", f"MuJoCo can not build the robot: {problem}", fix)]
    if found:
        return found
    rules = (_mass, _sides, _knees, _soles, _balance, _torques, _singular, _symmetry, _foot_shape, _arms)
    return [finding for rule in rules for finding in rule(body)]


def _meshes(profile: RobotProfile) -> Iterator[Finding]:
    """Meshes of a size that parts of a robot have: URDFs are in metres, CAD mostly is not."""
    spec = read_shapes(urdf_path(profile), profile.base)
    files, model = {mesh.name: mesh.file for mesh in spec.meshes}, spec.compile()
    large: list[str] = []
    small: list[str] = []
    for mesh in range(model.nmesh):
        first, count, name = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh], model.mesh(mesh).name
        size_m = float(np.ptp(model.mesh_vert[first : first + count], axis=0).max())
        wrong = large if size_m > LARGEST_PART_M else small if size_m < SMALLEST_PART_M else []
        wrong.append(f"mesh {name} ({files[name]}) measures {size_m:.3g} m")
    if large:
        fix = 'If it is in millimetres, write scale="0.001 0.001 0.001" into its <mesh> in the URDF'
        yield error("meshes", f"{_first(large)}; parts of robots are no larger than {LARGEST_PART_M:g} m", fix)
    if small:
        fix = "Check its scale in the URDF: a mesh in metres needs none"
        yield error("meshes", f"{_first(small)}; parts of robots are no smaller than {SMALLEST_PART_M:g} m", fix)


def _first(texts: list[str]) -> str:
    return texts[0] + (f" ({len(texts) - 1} more like it)" if len(texts) > 1 else "")


def _mass(body: StandingBody) -> Iterator[Finding]:
    if not LIGHTEST_KG <= body.mass_kg <= HEAVIEST_KG:
        yield error("mass", f"the robot weighs {body.mass_kg:.1f} kg", "Check the masses of the URDF: they are in kg")


def _sides(body: StandingBody) -> Iterator[Finding]:
    for what, (left, right) in (("feet", SOLES), ("hands", HANDS)):
        apart = body.site_p(left)[1] - body.site_p(right)[1]
        if apart <= 0.0:
            fix = "Name the left one first; y points to the left, x forward"
            yield error("sides", f"the left of the {what} is {-apart:.3f} m to the right of the other", fix)


def _knees(body: StandingBody) -> Iterator[Finding]:
    """Hip pitch, knee and ankle pitch turn about a sideways axis, and the knee points forward."""
    for side, leg in zip(SIDES, body.profile.legs):
        pitch = [joint for joint in leg.joints if abs(body.axis(joint)[1]) > 0.8]
        if len(pitch) != 3:
            named = ", ".join(pitch) or "none"
            fix = "A leg needs hip, knee and ankle pitch; check the joint axes of the URDF"
            yield warning("knees", f"{len(pitch)} joints of the {side} leg turn about a sideways axis: {named}", fix)
            continue
        hip, knee, ankle = (body.anchor(joint) for joint in pitch)
        along = (ankle - hip) / np.linalg.norm(ankle - hip)
        off = (knee - hip) - ((knee - hip) @ along) * along
        ahead = float(off @ np.array([1.0, 0.0, 0.0]))
        if ahead < STRAIGHT * body.leg_m:
            sign = "+" if body.axis(pitch[1])[1] > 0 else "-"
            where = "is straight" if abs(ahead) < STRAIGHT * body.leg_m else "bends backwards"
            problem = f"standing, the {side} knee {where} ({ahead * 1000:.0f} mm ahead of the line from hip to ankle)"
            fix = f"Bend it under standing: {pitch[1]} to about {sign}0.8 rad, hip and ankle pitch to half of it back"
            yield error("knees", problem, fix)


def _soles(body: StandingBody) -> Iterator[Finding]:
    for side, sole in zip(SIDES, SOLES):
        R = body.site_R(sole)
        tilt, heading = np.arccos(np.clip(R[2, 2], -1.0, 1.0)), abs(np.arctan2(R[1, 0], R[0, 0]))
        if tilt > FLAT_RAD:
            fix = "Choose the ankle angles under standing so that hip, knee and ankle pitch sum to zero, and rolls too"
            yield error("soles", f"standing, the {side} sole is tilted {np.degrees(tilt):.1f} deg", fix)
        elif heading > AHEAD_RAD:
            fix = "Turn the foot frame, or the hip yaw under standing, so that its x points forward"
            yield error("soles", f"standing, the {side} sole is turned {np.degrees(heading):.1f} deg", fix)
    step = body.site_p(SOLES[0]) - body.site_p(SOLES[1])
    if abs(step[2]) > LEVEL_M:
        problem = f"standing, the left sole is {step[2] * 1000:.1f} mm higher than the right one"
        yield error("soles", problem, "Bend both legs alike under standing")
    if abs(step[0]) > 5 * LEVEL_M:
        problem = f"standing, the left sole is {step[0] * 1000:.1f} mm ahead of the right one"
        yield warning("soles", problem, "Bend both legs alike under standing")
    half, wanted = 0.5 * abs(step[1]), body.profile.gait.half_width_m
    if abs(half - wanted) > 0.01:
        problem = f"standing, each sole is {half:.3f} m from the middle; gait.half_width_m is {wanted:.3f} m"
        fix = "Make them equal, by hip and ankle roll under standing or by half_width_m"
        yield warning("soles", problem, fix)
    apart = 2 * (wanted - body.profile.sole_half_width_m)
    if apart < 0.01:
        problem = f"standing, the soles are {apart * 1000:.0f} mm apart"
        yield error("soles", problem, "Widen gait.half_width_m, or check sole.half_width_m")


def _balance(body: StandingBody) -> Iterator[Finding]:
    """The centre of mass stands above the soles, at the height the controller walks with."""
    offset = body.com - body.ground
    half = body.profile.sole_half_length_m
    if abs(offset[0]) > half:
        problem = f"standing, the centre of mass is {abs(offset[0]):.3f} m {_before(offset[0])} the middle of the soles"
        yield error("balance", f"{problem}, outside them", f"Lean: {_lean(offset[0])}")
    elif abs(offset[0]) > 0.3 * half:
        problem = f"standing, the centre of mass is {abs(offset[0]):.3f} m {_before(offset[0])} the middle of the soles"
        yield warning("balance", problem, f"Bring it above the middle: {_lean(offset[0])}")
    if abs(offset[1]) > 0.01:
        problem = f"standing, the centre of mass is {offset[1]:+.3f} m left of the middle"
        yield warning("balance", problem, "Check the masses of the URDF and the arms under standing")
    off_m = abs(offset[2] - body.profile.com_height_m)
    if off_m > 0.03:
        problem = (
            f"standing, the centre of mass is {offset[2]:.3f} m high; com_height_m is {body.profile.com_height_m:g}"
        )
        say = error if off_m > FAR_OFF * body.profile.com_height_m else warning
        yield say("balance", problem, "Bend the knees more or less under standing until the two agree")


def _before(x: float) -> str:
    return "before" if x > 0 else "behind"


def _lean(x: float) -> str:
    return f"shift the hips {'back' if x > 0 else 'forward'} with hip and ankle pitch under standing"


def _torques(body: StandingBody) -> Iterator[Finding]:
    """Torques that hold the standing posture, with the least foot wrenches that carry the robot."""
    data = body.data
    data.qvel[:] = 0.0
    mujoco.mj_forward(body.model, data)
    J = np.vstack([body.jacobian(sole) for sole in SOLES])
    wrench = np.linalg.lstsq(J[:, :6].T, data.qfrc_bias[:6], rcond=None)[0]
    torque = data.qfrc_bias - J.T @ wrench
    for name, limit in zip(body.profile.joints, effort_limits(body.profile)):
        share = abs(torque[body.dof[name]]) / limit
        if share > 1.0:
            problem = f"to stand, joint {name} needs {abs(torque[body.dof[name]]):.0f} N m and has {limit:g}"
            yield error("torques", problem, "Bend it less under standing, or check effort and masses of the URDF")
        elif share > 0.6:
            problem = f"to stand, joint {name} needs {share:.0%} of its torque; on one leg it needs about twice that"
            yield warning("torques", problem, "Bend it less under standing")


def _singular(body: StandingBody) -> Iterator[Finding]:
    for side, leg, sole in zip(SIDES, body.profile.legs, SOLES):
        J = body.jacobian(sole)[:, [body.dof[joint] for joint in leg.joints]]
        J[:3] /= body.leg_m
        least = float(np.linalg.svd(J, compute_uv=False)[-1])
        if least < SINGULAR:
            problem = (
                f"standing, the joints of the {side} leg can not place its foot freely (singular value {least:.3f})"
            )
            yield error("singular", problem, "Bend the knee more under standing; check that the six axes differ")


def _symmetry(body: StandingBody) -> Iterator[Finding]:
    """Right limbs mirror left ones: axes, ranges and where hands and feet go."""
    profile, model = body.profile, body.model
    body.stand(np.zeros(len(profile.joints)))
    signs: dict[str, float] = {}
    for left, right in _pairs(profile):
        mirrored = body.axis(left) * np.array([-1.0, 1.0, -1.0])  # an axis is a pseudo-vector: it mirrors with -S
        agree = float(mirrored @ body.axis(right))
        if abs(agree) < 0.98:
            fix = "Pair the joints of both sides in the same order; check the axes of the URDF"
            yield warning("symmetry", f"the axes of {left} and {right} do not mirror each other", fix)
            continue
        signs[right] = sign = float(np.sign(agree))
        low, high = sorted(sign * model.joint(left).range)
        if not np.allclose(model.joint(right).range, (low, high), atol=0.02):
            fix = "Mirror the limits in the URDF, unless the robot is built like this"
            problem = f"{right} turns {_span(*model.joint(right).range)}, {left} mirrored {_span(low, high)}"
            yield warning("symmetry", problem, fix)
    yield from _mirrored_motion(body, signs)
    body.stand(profile.standing_q())


def _span(low: float, high: float) -> str:
    return "without end" if high >= ENDLESS_RAD else f"{low:g}..{high:g} rad"


def _pairs(profile: RobotProfile) -> list[tuple[str, str]]:
    limbs = (profile.legs, profile.arms)
    return [pair for left, right in limbs for pair in zip(left.joints, right.joints)]


def _mirrored_motion(body: StandingBody, signs: dict[str, float]) -> Iterator[Finding]:
    """Feet and hands at a mirrored posture lie at mirrored places."""
    profile, rng = body.profile, np.random.default_rng(0)
    q = dict.fromkeys(profile.joints, 0.0)
    for left, right in _pairs(profile):
        if right in signs:
            q[left] = rng.uniform(-0.3, 0.3)
            q[right] = signs[right] * q[left]
    body.stand(np.array([q[name] for name in profile.joints]))
    for what, (left, right) in (("foot", SOLES), ("hand", HANDS)):
        miss = float(np.linalg.norm(body.site_p(left) * np.array([1.0, -1.0, 1.0]) - body.site_p(right)))
        if miss > 0.005:
            problem = (
                f"in a mirrored posture the right {what} is {miss * 1000:.0f} mm from where the left one mirrors to"
            )
            yield warning(
                "symmetry", problem, f"Check the {what} frames of the profile and the joint origins of the URDF"
            )


def _foot_shape(body: StandingBody) -> Iterator[Finding]:
    """The sole lies where the foot ends, and its rectangle within the foot."""
    profile = body.profile
    model = robot_spec(profile).compile()
    for side, leg in zip(SIDES, profile.legs):
        points = seen_points(model, leg.end.body)
        if not len(points):
            continue
        local = (points - leg.end.X_BF.p) @ leg.end.X_BF.R
        lowest = float(local[:, 2].min())
        if abs(lowest) > 0.01:
            place = "below" if lowest < 0 else "above"
            problem = f"the {side} foot ends {abs(lowest) * 1000:.0f} mm {place} its sole frame"
            yield error("foot", problem, f"Move the foot frame by {lowest:+.4f} m along its z")
        floor = local[local[:, 2] < lowest + 0.015]
        over = np.array([profile.sole_half_length_m, profile.sole_half_width_m])
        out = np.maximum(over - floor[:, :2].max(axis=0), over + floor[:, :2].min(axis=0))
        if out.max() > 0.005:
            what = ("half_length_m", "half_width_m")[int(np.argmax(out))]
            problem = f"the {side} sole's rectangle stands out of the foot by {out.max() * 1000:.0f} mm"
            yield warning("foot", problem, f"Shrink sole.{what}, or move the foot frame to the middle of the sole")


def _arms(body: StandingBody) -> Iterator[Finding]:
    reach = [arm_reach_m(body, side) for side in (0, 1)]
    for side, arm, far in zip(SIDES, body.profile.arms, reach):
        if len(arm.joints) < 6:
            problem = f"the {side} arm has {len(arm.joints)} joints; six place a sensor freely"
            yield warning("arms", problem, "The waist has to help; expect more seams out of reach")
        if far < 0.3 * body.leg_m:
            problem = f"the {side} hand gets only {far:.2f} m from its shoulder"
            yield error("arms", problem, "Check the hand frame and the limits of the arm")
    if abs(reach[0] - reach[1]) > 0.1 * max(reach):
        problem = f"the hands reach {reach[0]:.2f} and {reach[1]:.2f} m from their shoulders"
        yield warning("arms", problem, "Check the hand frames and the limits of both arms")
    if not body.profile.scanners:
        yield warning("arms", "the robot carries no line scanner, so it measures no seams", "Mount one under scanners")
