"""Frames of a robot on the bodies that carry them: links behind fixed or welded joints are no bodies in physics."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from linewalker.errors import InputError
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.model.urdf_reader import read_urdf_tree
from linewalker.limbs.model.urdf_tree import UrdfTree
from linewalker.limbs.profile import Mount, RobotProfile
from linewalker.plantfile import allowed_text

M = TypeVar("M", bound=Mount)


def profile_tree(profile: RobotProfile) -> UrdfTree:
    """The URDF of a robot from its base on.

    Raises:
        InputError: the URDF is missing or wrong.
        MissingPackage: the distribution it ships in is not installed.
    """
    return read_urdf_tree(urdf_path(profile), profile.base)


def mounted(profile: RobotProfile, tree: UrdfTree | None = None) -> RobotProfile:
    """The same robot with every foot, hand and sensor given in the body that carries it; where it stands is the same.

    Only the torso keeps its own frame, for fixes speak of that; models keep it as a body wherever it is fixed. What
    stands on a body already is not touched, and a profile of which all does is given back as it is.

    Raises:
        InputError: a frame stands on a link that the URDF has not.
    """
    tree = tree if tree is not None else profile_tree(profile)
    held, limbs = tree.held(profile.welded), (*profile.legs, *profile.arms)

    def carried(mount: M) -> M:
        if mount.body not in tree.links:
            hint = allowed_text(mount.body, tree.links)
            raise InputError(f"robot {profile.name}: the URDF has no link {mount.body}; {hint}", file=tree.path)
        body, X_BL = tree.mounting(mount.body, held)
        return mount if body == mount.body else replace(mount, body=body, X_BF=X_BL @ mount.X_BF)

    mounts = (profile.imu, *(limb.end for limb in limbs), *profile.cameras.values(), *profile.scanners.values())
    if all(carried(mount) is mount for mount in mounts):
        return profile
    left_leg, right_leg, left_arm, right_arm = (replace(limb, end=carried(limb.end)) for limb in limbs)
    return replace(
        profile,
        imu=carried(profile.imu),
        legs=(left_leg, right_leg),
        arms=(left_arm, right_arm),
        cameras={name: carried(mount) for name, mount in profile.cameras.items()},
        scanners={name: carried(mount) for name, mount in profile.scanners.items()},
    )
