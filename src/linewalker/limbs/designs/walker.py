"""Puts the walker together: parts of both sides, mass properties, URDF and meshes.

``python -m linewalker.limbs.designs.walker`` writes the files beside this module anew after a change of the numbers.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from linewalker.limbs.designs.cover import Finish
from linewalker.limbs.designs.mesh import Mesh, join, mass_properties, write_obj
from linewalker.limbs.designs.urdf import Cylinder, Joint, Link, MeshLook, Sphere, urdf_text
from linewalker.limbs.designs.walker_arms import arm_parts
from linewalker.limbs.designs.walker_frame import ANKLE_M, BONES, HULLS, SOLE_CENTRE_M, SOLE_HALF_M, Bone, Hull
from linewalker.limbs.designs.walker_legs import leg_parts
from linewalker.limbs.designs.walker_trunk import trunk_parts

FOLDER = Path(__file__).parent / "walker"
ADDRESS = "package://linewalker/limbs/designs/walker/meshes/"
REMARK = "Written by linewalker.limbs.designs.walker: change the numbers there, not here. Apache-2.0."
SOLE_BALL_M = 0.005

Shapes = dict[str, dict[Finish, Mesh]]


def walker_shapes() -> Shapes:
    """One mesh per link and finish; of links that exist twice only the left one, unless the right one differs."""
    found: dict[str, dict[Finish, list[Mesh]]] = defaultdict(lambda: defaultdict(list))
    for part in (*trunk_parts(), *leg_parts(), *arm_parts()):
        found[part.link][part.finish].append(part.mesh)
    return {link: {finish: join(meshes) for finish, meshes in looks.items()} for link, looks in found.items()}


def walker_urdf(shapes: Shapes) -> str:
    """The whole robot as URDF."""
    links = [_link(bone, shapes) for bone in BONES]
    return urdf_text("walker", links, {finish.name.lower(): finish.value for finish in Finish}, REMARK)


def write_walker(folder: Path = FOLDER) -> None:
    """Write ``walker.urdf`` and ``meshes/*.obj``; meshes that are no longer used are removed."""
    shapes = walker_shapes()
    meshes = folder / "meshes"
    meshes.mkdir(parents=True, exist_ok=True)
    for old in meshes.glob("*.obj"):
        old.unlink()
    for link, looks in shapes.items():
        for finish, mesh in looks.items():
            write_obj(mesh, meshes / _file(link, finish))
    (folder / "walker.urdf").write_text(walker_urdf(shapes), encoding="utf-8")


def _file(link: str, finish: Finish) -> str:
    return f"{link}_{finish.name.lower()}.obj"


def _link(bone: Bone, shapes: Shapes) -> Link:
    source = bone.link if bone.link in shapes else bone.link.replace("right_", "left_")
    right = source != bone.link
    whole = join(shapes[source].values())
    if right:
        whole = whole.mirrored()
    return Link(
        name=bone.link,
        inertial=mass_properties(whole, bone.mass_kg),
        looks=tuple(
            MeshLook(address=ADDRESS + _file(source, finish), material=finish.name.lower(), mirrored=right)
            for finish in shapes[source]
        ),
        collisions=_sole_balls() if source == "left_foot" else _hulls(bone.link),
        joint=_joint(bone),
    )


def _joint(bone: Bone) -> Joint | None:
    if not bone.joint:
        return None
    return Joint(
        name=bone.joint,
        parent=bone.parent,
        axis=bone.axis,
        origin_m=bone.origin_m,
        lower_rad=bone.lower_rad,
        upper_rad=bone.upper_rad,
        effort_nm=bone.drive.effort_nm,
        velocity_rad_s=bone.drive.velocity_rad_s,
    )


def _hulls(link: str) -> tuple[Cylinder, ...]:
    if link in HULLS:
        return tuple(_cylinder(hull) for hull in HULLS[link])
    return tuple(_cylinder(hull.mirrored()) for hull in HULLS.get(link.replace("right_", "left_"), ()))


def _cylinder(hull: Hull) -> Cylinder:
    """A cylinder as long and thick as the capsule of a hull: URDF knows no capsules."""
    start, end = np.array(hull.start_m), np.array(hull.end_m)
    length = float(np.linalg.norm(end - start))
    x, y, z = (end - start) / length
    middle = 0.5 * (start + end)
    return Cylinder(
        radius_m=hull.radius_m,
        length_m=length + 2 * hull.radius_m,
        centre_m=(float(middle[0]), float(middle[1]), float(middle[2])),
        rpy_rad=(float(-np.arcsin(y)), float(np.arctan2(x, z)), 0.0),
    )


def _sole_balls() -> tuple[Sphere, ...]:
    """Balls at the corners of the sole, as the G1's URDF has them."""
    return tuple(
        Sphere(
            radius_m=SOLE_BALL_M,
            centre_m=(SOLE_CENTRE_M + sx * SOLE_HALF_M[0], sy * SOLE_HALF_M[1], SOLE_BALL_M - ANKLE_M),
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    )


if __name__ == "__main__":
    write_walker()
