"""Writes a URDF: links with mass, looks and collision shapes, and the joints between them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from linewalker.limbs.designs.mesh import Array, MassProperties


@dataclass(frozen=True, kw_only=True)
class MeshLook:
    """A mesh one sees: its file as a ``package://`` address, its colour, and whether y is mirrored."""

    address: str
    material: str
    mirrored: bool = False


@dataclass(frozen=True, kw_only=True)
class Cylinder:
    """A collision cylinder about its z axis; ``rpy_rad`` are the fixed-axis angles of URDF."""

    radius_m: float
    length_m: float
    centre_m: tuple[float, float, float]
    rpy_rad: tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Sphere:
    """A collision sphere."""

    radius_m: float
    centre_m: tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Joint:
    """A revolute joint; ``axis`` is x, y or z of the parent."""

    name: str
    parent: str
    axis: str
    origin_m: tuple[float, float, float]
    lower_rad: float
    upper_rad: float
    effort_nm: float
    velocity_rad_s: float


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link, and the joint that carries it; the base has none."""

    name: str
    inertial: MassProperties
    looks: tuple[MeshLook, ...]
    collisions: tuple[Cylinder | Sphere, ...] = ()
    joint: Joint | None = None


def urdf_text(name: str, links: list[Link], materials: dict[str, tuple[float, ...]], remark: str) -> str:
    """The robot as URDF.

    Args:
        name: of the robot.
        links: parents first.
        materials: colour (red, green, blue) by name.
        remark: a comment at the top.
    """
    lines = ['<?xml version="1.0"?>', f"<!-- {remark} -->", f"<robot name={quoteattr(name)}>"]
    for material, rgb in materials.items():
        lines.append(f'  <material name="{material}"><color rgba="{_numbers(rgb)} 1"/></material>')
    for link in links:
        lines += _link(link)
        if link.joint is not None:
            lines += _joint(link.joint, link.name)
    return "\n".join([*lines, "</robot>", ""])


def _link(link: Link) -> list[str]:
    inertial, J = link.inertial, link.inertial.inertia_kg_m2
    moments = {"ixx": J[0, 0], "ixy": J[0, 1], "ixz": J[0, 2], "iyy": J[1, 1], "iyz": J[1, 2], "izz": J[2, 2]}
    lines = [
        f'  <link name="{link.name}">',
        "    <inertial>",
        f'      <origin xyz="{_numbers(inertial.centre_m)}"/>',
        f'      <mass value="{_number(inertial.mass_kg)}"/>',
        "      <inertia " + " ".join(f'{key}="{_number(value, 8)}"' for key, value in moments.items()) + "/>",
        "    </inertial>",
    ]
    for look in link.looks:
        scale = ' scale="1 -1 1"' if look.mirrored else ""
        lines.append(
            f'    <visual><geometry><mesh filename="{look.address}"{scale}/></geometry>'
            f'<material name="{look.material}"/></visual>'
        )
    for shape in link.collisions:
        if isinstance(shape, Cylinder):
            origin = f'<origin xyz="{_numbers(shape.centre_m)}" rpy="{_numbers(shape.rpy_rad)}"/>'
            body = f'<cylinder radius="{_number(shape.radius_m)}" length="{_number(shape.length_m)}"/>'
        else:
            origin = f'<origin xyz="{_numbers(shape.centre_m)}"/>'
            body = f'<sphere radius="{_number(shape.radius_m)}"/>'
        lines.append(f"    <collision>{origin}<geometry>{body}</geometry></collision>")
    return [*lines, "  </link>"]


def _joint(joint: Joint, child: str) -> list[str]:
    axis = {"x": "1 0 0", "y": "0 1 0", "z": "0 0 1"}[joint.axis]
    return [
        f'  <joint name="{joint.name}" type="revolute">',
        f'    <parent link="{joint.parent}"/><child link="{child}"/>',
        f'    <origin xyz="{_numbers(joint.origin_m)}"/><axis xyz="{axis}"/>',
        f'    <limit lower="{_number(joint.lower_rad)}" upper="{_number(joint.upper_rad)}" '
        f'effort="{_number(joint.effort_nm)}" velocity="{_number(joint.velocity_rad_s)}"/>',
        "  </joint>",
    ]


def _number(value: float, digits: int = 6) -> str:
    return f"{round(float(value), digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")


def _numbers(values: Array | tuple[float, ...]) -> str:
    return " ".join(_number(value) for value in values)
