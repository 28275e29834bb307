"""From a robot profile to MuJoCo models: a body with motors, sensors and contacts, and a geom-free one for control."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.geometry import Pose, quat_from_rotation, rotation_x
from linewalker.limbs.model.link_capsules import link_capsules
from linewalker.limbs.model.mounting import mounted, profile_tree
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.model.urdf_spec import read_urdf
from linewalker.limbs.model.urdf_tree import UrdfTree
from linewalker.limbs.profile import CameraMount, Mount, RobotProfile
from linewalker.physics.contacts import CONTACT_SOLREF, ROBOT_BIT, SELF_BIT, WORLD_BIT, add_floor, set_physics_options
from linewalker.physics.geom_groups import GeomGroup

SOLES = ("left_sole", "right_sole")
"""Sites at the sole centres."""
SOLE_BALL_M = 0.005
ENDLESS_RAD = 1e3
"""What stands for the limits of a joint that turns without end."""
NEIGHBOUR_HINGES = 3
"""Links with at most so many hinges between them are kept apart by the joint limits, not by contacts."""
PRIMITIVES = (mujoco.mjtGeom.mjGEOM_SPHERE, mujoco.mjtGeom.mjGEOM_BOX, mujoco.mjtGeom.mjGEOM_CYLINDER)


def effort_limits(profile: RobotProfile) -> NDArray[np.float64]:
    """Torque limit of each joint of the profile, (n,), N m: the profile's own, else the URDF's."""
    joints = profile_tree(profile).joints
    return np.array([profile.effort_nm.get(name, joints[name].effort_nm) for name in profile.joints])


def _mounts(profile: RobotProfile) -> dict[str, Mount]:
    """Every named frame of the robot: its site in each model."""
    return {
        "imu": profile.imu,
        **{sole: leg.end for sole, leg in zip(SOLES, profile.legs)},
        **{hand: arm.end for hand, arm in zip(("left_hand", "right_hand"), profile.arms)},
        **profile.cameras,
        **profile.scanners,
    }


def _skeleton(profile: RobotProfile, tree: UrdfTree) -> mujoco.MjSpec:
    """The URDF with a floating base, rotor inertias and one site per mount; geoms as the URDF has them.

    Args:
        profile: the robot, `mounted`.
        tree: its URDF.
    """
    spec, held = read_urdf(tree.path, profile.base), tree.held(profile.welded)
    spec.compiler.fusestatic = True
    spec.body(profile.base).add_freejoint(name="root")
    for joint in list(spec.joints):
        if joint.name in held:
            if at := held[joint.name]:
                X_PC = tree.joints[joint.name].pose(at)
                joint.parent.pos, joint.parent.quat = X_PC.p, quat_from_rotation(X_PC.R)
            spec.delete(joint)
        elif joint.name in profile.joints:
            joint.armature = profile.armature_kg_m2.get(joint.name, 0.0)
            if tree.joints[joint.name].kind == "continuous":
                joint.limited, joint.range = mujoco.mjtLimited.mjLIMITED_FALSE, [-ENDLESS_RAD, ENDLESS_RAD]
        elif joint.name != "root":
            raise InputError(
                f"robot {profile.name}: joint {joint.name} of the URDF is not in the profile", file=tree.path
            )
    for name, mount in _mounts(profile).items():
        quat = quat_from_rotation(mount.X_BF.R)
        spec.body(mount.body).add_site(name=name, pos=mount.X_BF.p, quat=quat, group=5, size=[0.005] * 3)
    carrier, _ = tree.mounting(profile.torso, held)
    if carrier != profile.torso:  # what something names stays a body
        spec.add_exclude(bodyname1=carrier, bodyname2=profile.torso)
    return spec


def build_control_model(profile: RobotProfile) -> mujoco.MjModel:
    """The robot without geoms, actuators and contacts: floating base first, then its joints; one site per mount."""
    tree = profile_tree(profile)
    spec = _skeleton(mounted(profile, tree), tree)
    for body in spec.bodies:
        for geom in list(body.geoms):
            spec.delete(geom)
    return spec.compile()


def robot_spec(
    profile: RobotProfile,
    *,
    visual: bool = True,
    friction: float = 0.8,
    joint_friction_nm: float = 0.2,
    self_collision: bool = False,
) -> mujoco.MjSpec:
    """The robot as physics knows it: motors, sensors, capsules that touch, balls at the corners of the soles.

    Args:
        profile: the robot.
        visual: with the meshes that cameras see; without them the model loads faster.
        friction: of the soles against the floor.
        joint_friction_nm: dry friction in every joint.
        self_collision: links also touch one another.
    """
    tree = profile_tree(profile)
    profile = mounted(profile, tree)
    spec = _skeleton(profile, tree)
    feet = {leg.end.body for leg in profile.legs}
    for body in spec.bodies:
        for geom in list(body.geoms):
            if visual and geom.contype == 0 and geom.meshname not in profile.replaced_meshes:
                geom.group, geom.conaffinity, geom.mass = int(GeomGroup.VISUAL), 0, 0.0
            elif geom.contype and geom.type in PRIMITIVES and body.name not in feet:
                _keep_primitive(geom, self_collision)
            else:
                spec.delete(geom)
    for joint in spec.joints:
        if joint.name != "root":
            joint.frictionloss = joint_friction_nm
    _add_capsules(spec, profile, self_collision)
    _add_soles(spec, profile, friction, self_collision)
    _add_tools(spec, profile)
    _add_motors(spec, profile)
    _add_sensors(spec, profile)
    set_physics_options(spec)
    if self_collision:
        _excuse_neighbours(spec, profile)
    return spec


def floor_model(profile: RobotProfile, **options: float | bool) -> mujoco.MjModel:
    """The robot of `robot_spec` (same options) on an endless floor: the scene of tests and benchmarks."""
    spec = robot_spec(profile, **options)  # type: ignore[arg-type]
    add_floor(spec)
    return spec.compile()


def attach(scene: mujoco.MjSpec, profile: RobotProfile, prefix: str = "", **options: float | bool) -> None:
    """Put the robot of `robot_spec` (same options) into a scene of one's own, whose physics options become its.

    `MujocoBody`, `SimulatedRobot` and `SimulatedOptics` find it by the prefix; `MujocoBody.place` says where it stands.
    Robots touch each other if they are built with ``self_collision``.

    Args:
        scene: gets the robot, and the options of `set_physics_options`.
        profile: the robot.
        prefix: goes before all its names, for example ``left/``; every robot of a scene needs its own.

    Raises:
        InputError: the scene has such names already.
    """
    if scene.joint(f"{prefix}root") is not None or scene.body(f"{prefix}{profile.base}") is not None:
        raise InputError(
            f"the scene has a robot, or a body {prefix}{profile.base}, with the prefix {prefix!r} already; "
            "give each robot a prefix of its own"
        )
    set_physics_options(scene)
    robot = robot_spec(profile, **options)  # type: ignore[arg-type]
    robot.fuse_static()
    scene.attach(robot, frame=scene.worldbody.add_frame(), prefix=prefix)


def _add_capsules(spec: mujoco.MjSpec, profile: RobotProfile, self_collision: bool) -> None:
    feet = {leg.end.body for leg in profile.legs}
    for link in link_capsules(urdf_path(profile), profile.base):
        if link.body in feet or link.mesh in profile.replaced_meshes:
            continue
        capsule = link.capsule
        geom = spec.body(link.body).add_geom(
            type=mujoco.mjtGeom.mjGEOM_CAPSULE,
            fromto=[*capsule.start, *capsule.end],
            size=[capsule.radius_m, 0.0, 0.0],
            mass=0.0,
        )
        _make_collider(geom, self_collision)


def _keep_primitive(geom: mujoco.MjsGeom, self_collision: bool) -> None:
    """A sphere, box or cylinder of the URDF; a cylinder becomes a capsule of the same length, which touches faster."""
    if geom.type == mujoco.mjtGeom.mjGEOM_CYLINDER:
        radius, half = geom.size[:2]
        geom.type, geom.size = mujoco.mjtGeom.mjGEOM_CAPSULE, [radius, max(half - radius, 0.001), 0.0]
    geom.mass = 0.0
    _make_collider(geom, self_collision)


def _make_collider(geom: mujoco.MjsGeom, self_collision: bool) -> None:
    own = SELF_BIT if self_collision else 0
    geom.group, geom.condim, geom.rgba = int(GeomGroup.COLLIDER), 3, [0.4, 0.6, 0.9, 0.4]
    geom.contype, geom.conaffinity = ROBOT_BIT | own, WORLD_BIT | own
    geom.solref = CONTACT_SOLREF


def _add_soles(spec: mujoco.MjSpec, profile: RobotProfile, friction: float, self_collision: bool) -> None:
    """Balls at the four corners of each sole, the contact rectangle the controller reckons with, and a box above."""
    for leg in profile.legs:
        half = [profile.sole_half_length_m + 0.01, profile.sole_half_width_m + 0.01, 0.02]
        X_BF, body = leg.end.X_BF, spec.body(leg.end.body)
        quat = quat_from_rotation(X_BF.R)
        box = body.add_geom(type=mujoco.mjtGeom.mjGEOM_BOX, pos=X_BF.apply([0, 0, 0.035]), quat=quat, size=half, mass=0)
        _make_collider(box, self_collision)
        for sx in (-1, 1):
            for sy in (-1, 1):
                corner = [sx * profile.sole_half_length_m, sy * profile.sole_half_width_m, SOLE_BALL_M]
                ball = spec.body(leg.end.body).add_geom(
                    type=mujoco.mjtGeom.mjGEOM_SPHERE, pos=leg.end.X_BF.apply(corner), size=[SOLE_BALL_M, 0, 0], mass=0
                )
                _make_collider(ball, self_collision=False)
                ball.friction, ball.priority = [friction, 0.005, 0.0001], 1


def _add_tools(spec: mujoco.MjSpec, profile: RobotProfile) -> None:
    """Housings of the scanners, and the cameras."""
    for mount in profile.scanners.values():
        half = np.array(mount.housing_m)
        X_BH = mount.X_BF @ Pose(p=np.array([0.0, 0.0, -half[2]]))
        for group in (GeomGroup.VISUAL, GeomGroup.COLLIDER):
            box = spec.body(mount.body).add_geom(
                type=mujoco.mjtGeom.mjGEOM_BOX, size=half, pos=X_BH.p, quat=quat_from_rotation(X_BH.R), mass=0.0
            )
            if group is GeomGroup.COLLIDER:
                _make_collider(box, self_collision=False)
            else:
                box.group, box.contype, box.conaffinity, box.rgba = int(group), 0, 0, [0.10, 0.11, 0.13, 1.0]
    for name, camera in profile.cameras.items():
        _add_camera(spec, name, camera)


def _add_camera(spec: mujoco.MjSpec, name: str, mount: CameraMount) -> None:
    """MuJoCo's cameras look along -z with y up; ours along z with y down."""
    quat = quat_from_rotation(mount.X_BF.R @ rotation_x(np.pi))
    spec.body(mount.body).add_camera(name=name, pos=mount.X_BF.p, quat=quat, fovy=np.degrees(mount.fov_y_rad))


def _excuse_neighbours(spec: mujoco.MjSpec, profile: RobotProfile) -> None:
    """Links do not touch where few hinges lie between them, or where their simplified shapes overlap when standing."""
    model = spec.copy().compile()
    data = mujoco.MjData(model)
    for joint, angle in profile.standing.items():
        data.qpos[model.joint(joint).qposadr[0]] = angle
    mujoco.mj_forward(model, data)
    overlapping = model.geom_bodyid[data.contact.geom[: data.ncon]].tolist()
    near = [
        (body, _ancestor(model, body, up)) for body in range(1, model.nbody) for up in range(2, NEIGHBOUR_HINGES + 1)
    ]
    for first, second in sorted({(min(pair), max(pair)) for pair in [*overlapping, *near] if 0 not in pair}):
        spec.add_exclude(bodyname1=model.body(first).name, bodyname2=model.body(second).name)


def _ancestor(model: mujoco.MjModel, body: int, up: int) -> int:
    for _ in range(up):
        body = int(model.body_parentid[body])
    return body


def _add_motors(spec: mujoco.MjSpec, profile: RobotProfile) -> None:
    """One drive per joint: force = control - kp q - kd dq, with kp and kd written at every command; clipped."""
    for joint, effort in zip(profile.joints, effort_limits(profile)):
        motor = spec.add_actuator(name=joint, target=joint, trntype=mujoco.mjtTrn.mjTRN_JOINT)
        motor.gaintype, motor.biastype = mujoco.mjtGain.mjGAIN_FIXED, mujoco.mjtBias.mjBIAS_AFFINE
        motor.forcelimited, motor.forcerange = True, [-effort, effort]


def _add_sensors(spec: mujoco.MjSpec, profile: RobotProfile) -> None:
    site = mujoco.mjtObj.mjOBJ_SITE
    spec.add_sensor(name="gyro", type=mujoco.mjtSensor.mjSENS_GYRO, objtype=site, objname="imu")
    spec.add_sensor(name="accelerometer", type=mujoco.mjtSensor.mjSENS_ACCELEROMETER, objtype=site, objname="imu")
    for sole, leg in zip(SOLES, profile.legs):
        reach = [profile.sole_half_length_m + 0.02, profile.sole_half_width_m + 0.02, 0.015]
        spec.body(leg.end.body).add_site(
            name=f"{sole}_load",
            type=mujoco.mjtGeom.mjGEOM_BOX,
            size=reach,
            pos=leg.end.X_BF.p,
            quat=quat_from_rotation(leg.end.X_BF.R),
            group=5,
        )
        spec.add_sensor(name=sole, type=mujoco.mjtSensor.mjSENS_TOUCH, objtype=site, objname=f"{sole}_load")
