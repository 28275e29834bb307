"""Checks of a robot profile against its URDF, each with the fix: ``linewalker doctor --robot FILE``.

First the words: joints, bodies, chains, limits, drives and inertias as the URDF has them. When they hold, the body
itself is built and stood up (`posture_check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from linewalker.errors import InputError
from linewalker.limbs.checks.finding import Finding, Level, error, warning
from linewalker.limbs.checks.posture_check import check_posture
from linewalker.limbs.model.mounting import profile_tree
from linewalker.limbs.model.urdf_tree import MOVABLE, UrdfJoint, UrdfTree
from linewalker.limbs.profile import Limb, Mount, RobotProfile
from linewalker.plantfile import allowed_text

SIDES = ("left", "right")
DEGREES_FROM = 8.0 * np.pi
"""A joint that turns farther than this, rad, may have its limits in degrees."""


def check_profile(profile: RobotProfile) -> tuple[Finding, ...]:
    """Everything that is wrong with a robot; empty for a sound one.

    Raises:
        InputError: the URDF is missing or unreadable.
        MissingPackage: the distribution it ships in is not installed.
    """
    tree = profile_tree(profile)
    found = list(check_words(profile, tree))
    if not any(finding.level is Level.ERROR for finding in found):
        found += check_posture(profile)
    return tuple(found)


def check_words(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    """What can be said without building the robot."""
    yield from _joints(profile, tree)
    yield from _bodies(profile, tree)
    yield from _chains(profile, tree)
    yield from _limits(profile, tree)
    yield from _drives(profile, tree)
    yield from _inertias(profile, tree)


def _joints(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    known = set(tree.movable)
    for name in (*profile.joints, *profile.welded):
        if name in known:
            continue
        if name in tree.joints:
            yield error(
                "joints", f"joint {name} is {tree.joints[name].kind} in the URDF", "Leave it out of the profile"
            )
        else:
            yield error("joints", f"the URDF has no joint {name}", allowed_text(name, tree.movable))
    for name in _repeated(profile.joints):
        yield error("joints", f"joint {name} is named twice", "Name every joint once")
    held = tree.held(profile.welded)
    for name in profile.joints:
        if name in held:
            how = "welded" if name in profile.welded else "a follower (mimic) of a welded joint"
            yield error("joints", f"joint {name} is driven and also {how}", "Take it out of one of the two")
    for name, joint in tree.joints.items():
        if name in held or joint.kind == "fixed":
            continue
        yield from _free_joint(profile, joint)
    for group, names in _groups(profile).items():
        for name in names:
            if name not in profile.joints:
                yield error("joints", f"{group} names {name}, which is not in joints", "Add it to joints")
    for key in ("standing", "lowered", "armature_kg_m2", "effort_nm"):
        for name in getattr(profile, key):
            if name not in profile.joints:
                yield error("joints", f"{key} names {name}", allowed_text(name, profile.joints))


def _free_joint(profile: RobotProfile, joint: UrdfJoint) -> Iterator[Finding]:
    """A joint that is not held: turning, on its own, driven."""
    what = f"joint {joint.name}"
    if joint.name == "root":
        yield error("joints", "joint root has the name of the floating joint that is added", "Give it another name")
    if joint.kind not in MOVABLE:
        fix = "Name what hangs below it as the base, with nothing above it that has mass, or make it fixed"
        yield error("joints", f"{what} is {joint.kind}; the one floating joint is added above the base", fix)
    elif joint.mimic is not None:
        fix = f"Weld {joint.mimic.leader} (welded): it follows; or take out <mimic> if it has a motor of its own"
        yield error("joints", f"{what} has no motor, it follows {joint.mimic.leader} (mimic)", fix)
    elif joint.kind == "prismatic":
        yield error("joints", f"{what} slides; only turning joints are controlled", f"Weld it: welded: [{joint.name}]")
    elif joint.name not in profile.joints:
        fix = "Add it to a leg, an arm, the waist or the head, or weld it (welded) if it is a finger"
        yield error("joints", f"{what} of the URDF is not in the profile", fix)


def _bodies(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    places = {"base": profile.base, "torso": profile.torso}
    places |= {what: mount.body for what, mount in _mounts(profile).items()}
    for what, body in places.items():
        if body not in tree.links:
            yield error("bodies", f"{what}: the URDF has no link {body}", allowed_text(body, tree.links))
    if profile.base in tree.links and profile.base != tree.root:
        yield error("bodies", f"the base {profile.base} hangs from {tree.root}", f"Make {tree.root} the base")
    if profile.base == "world":
        yield error("bodies", "world is what robots stand in, and can not be the base", "Name the link below it")
    for what, mount in _mounts(profile).items():
        R = mount.X_BF.R
        if not np.allclose(R @ R.T, np.eye(3), atol=1e-6) or np.linalg.det(R) < 0:
            yield error("bodies", f"{what}: its axes are not a right-handed frame", "Give x and z, y follows")


def _chains(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    """Limbs follow the tree, from the body outwards."""
    held = tree.held(profile.welded)

    def free(link: str) -> tuple[str, ...]:
        return tuple(name for name in tree.chain(link) if name not in held)

    trunk = free(profile.torso)
    if trunk != profile.waist:
        yield _chain_error("waist", profile.waist, trunk, f"{profile.base} to {profile.torso}")
    for side, leg in zip(SIDES, profile.legs):
        between = free(leg.end.body)
        if between != leg.joints:
            yield _chain_error(f"{side} leg", leg.joints, between, f"{profile.base} to {leg.end.body}")
        elif len(leg.joints) != 6:
            problem = f"the {side} leg has {len(leg.joints)} joints; six are needed to place a foot"
            yield error("chains", problem, "Weld the ones in excess, or choose another robot")
    for side, arm in zip(SIDES, profile.arms):
        between = free(arm.end.body)[len(trunk) :]
        if between != arm.joints:
            yield _chain_error(f"{side} arm", arm.joints, between, f"{profile.torso} to {arm.end.body}")
    for name in profile.head:
        if name in tree.joints and trunk != free(tree.joints[name].child)[: len(trunk)]:
            yield error("chains", f"head joint {name} does not hang from {profile.torso}", "Take it out of head")


def _chain_error(group: str, named: tuple[str, ...], between: tuple[str, ...], span: str) -> Finding:
    if sorted(named) == sorted(between):
        problem = f"the joints of the {group} are not in order from the body outwards: {', '.join(named)}"
        return error("chains", problem, f"Order: {', '.join(between)}")
    wrong = [name for name in named if name not in between]
    missing = [name for name in between if name not in named]
    parts = [f"{', '.join(wrong)} do not belong to it"] if wrong else []
    parts += [f"{', '.join(missing)} are missing"] if missing else []
    return error("chains", f"the {group} runs from {span}: {'; '.join(parts)}", f"Joints: {', '.join(between)}")


def _limits(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    for name in profile.joints:
        joint = tree.joints.get(name)
        if joint is None or joint.kind == "continuous":
            continue
        if not joint.lower_rad < joint.upper_rad:
            problem = f"joint {name} has no range: lower {joint.lower_rad:g}, upper {joint.upper_rad:g} rad"
            yield error("limits", problem, "Give lower and upper in the URDF's <limit>")
            continue
        if max(-joint.lower_rad, joint.upper_rad) > DEGREES_FROM:
            problem = f"joint {name} turns {joint.lower_rad:g}..{joint.upper_rad:g} rad, many times round"
            yield warning("limits", problem, "Limits of a URDF are in rad; if these are in degrees, convert them")
        for key, posture in (("standing", profile.standing), ("lowered", profile.lowered)):
            angle = posture.get(name, 0.0 if key == "standing" else profile.standing.get(name, 0.0))
            if not joint.lower_rad <= angle <= joint.upper_rad:
                problem = f"{key}, joint {name} is at {angle:g} rad, outside {joint.lower_rad:g}..{joint.upper_rad:g}"
                yield error("limits", problem, f"Give it an angle within its range under {key}")


def _drives(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    weak = [
        name
        for name in profile.joints
        if name in tree.joints and not profile.effort_nm.get(name, tree.joints[name].effort_nm) > 0.0
    ]
    if weak:
        fix = "Give effort in the URDF's <limit>, or effort_nm in the profile"
        yield error("drives", f"no torque limit of {', '.join(weak)}", fix)
    bare = [name for name in profile.joints if not profile.armature_kg_m2.get(name, 0.0) > 0.0]
    if bare:
        fix = "Give armature_kg_m2: rotor inertia times gear ratio squared; a simulated joint without it chatters"
        yield warning("drives", f"no rotor inertia of {', '.join(bare)}", fix)


def _inertias(profile: RobotProfile, tree: UrdfTree) -> Iterator[Finding]:
    """A body of real matter has positive principal moments of which no two sum to less than the third."""
    held = tree.held(profile.welded)
    carriers = {tree.root, *(tree.joints[name].child for name in tree.movable if name not in held)}
    heavy = {tree.mounting(link.name, held)[0] for link in tree.links.values() if link.mass_kg > 0.0}
    for name, link in tree.links.items():
        if link.inertia_kg_m2 is None or link.mass_kg == 0.0:
            if name in carriers and name not in heavy:
                yield error("inertias", f"link {name} moves and weighs nothing", "Give it an <inertial>")
            continue
        low, middle, high = np.linalg.eigvalsh(link.inertia_kg_m2)
        point = name not in carriers and not link.inertia_kg_m2.any()  # a point mass on another link
        if not link.mass_kg > 0.0 or not (low > 0.0 or point):
            problem = f"link {name}: mass {link.mass_kg:g} kg, least principal moment {low:g} kg m2"
            yield error("inertias", problem, "Both must be positive; take them from CAD")
        elif low + middle < 0.99 * high:
            problem = f"link {name}: principal moments {low:.3g}, {middle:.3g}, {high:.3g} kg m2 break a + b >= c"
            yield warning("inertias", problem, "No matter has them; check units (kg m2) and signs of ixy, ixz, iyz")


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _groups(profile: RobotProfile) -> dict[str, tuple[str, ...]]:
    limbs: dict[str, Limb] = {f"{side} leg": limb for side, limb in zip(SIDES, profile.legs)}
    limbs |= {f"{side} arm": limb for side, limb in zip(SIDES, profile.arms)}
    return {**{what: limb.joints for what, limb in limbs.items()}, "waist": profile.waist, "head": profile.head}


def _mounts(profile: RobotProfile) -> dict[str, Mount]:
    return {
        "imu": profile.imu,
        **{f"{side} foot": leg.end for side, leg in zip(SIDES, profile.legs)},
        **{f"{side} hand": arm.end for side, arm in zip(SIDES, profile.arms)},
        **{f"camera {name}": mount for name, mount in profile.cameras.items()},
        **{f"scanner {name}": mount for name, mount in profile.scanners.items()},
    }


def require_sound(profile: RobotProfile, file: str) -> RobotProfile:
    """The profile itself, if the robot can work like this.

    Raises:
        InputError: it can not; the message holds the first trouble and its fix.
    """
    broken = [finding for finding in check_profile(profile) if finding.level is Level.ERROR]
    if broken:
        more = f" ({len(broken) - 1} more; linewalker doctor --robot {file})" if len(broken) > 1 else ""
        raise InputError(f"{broken[0].problem}. {broken[0].fix}{more}", file=file)
    return profile
