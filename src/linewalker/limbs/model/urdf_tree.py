"""What a URDF says, read plainly: links, joints and who hangs from whom. No meshes, no physics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from linewalker.geometry import Array, Pose, exp_so3

MOVABLE = ("revolute", "continuous", "prismatic")
KINDS = (*MOVABLE, "fixed", "floating", "planar")


@dataclass(frozen=True, kw_only=True)
class UrdfLink:
    """A link; mass 0 and no inertia where the URDF gives none.

    Attributes:
        name: of the link.
        mass_kg: mass.
        inertia_kg_m2: about the centre of mass, (3, 3), or None.
        empty: it weighs nothing, and nothing of it is seen or touched.
    """

    name: str
    mass_kg: float = 0.0
    inertia_kg_m2: Array | None = None
    empty: bool = True


@dataclass(frozen=True, kw_only=True)
class Mimic:
    """A joint without a motor: its angle is that of its leader times the multiplier, plus the offset."""

    leader: str
    multiplier: float = 1.0
    offset_rad: float = 0.0


@dataclass(frozen=True, kw_only=True)
class UrdfJoint:
    """A joint; limits are NaN and the effort 0 where the URDF gives none, infinite for a continuous one.

    Attributes:
        name, kind, parent, child: as in the URDF.
        X_PC: where the child stands in the parent when the joint is at zero.
        axis: that it turns about or slides along, in the child, (3,), a unit vector; of a fixed one it says nothing.
        lower_rad, upper_rad, effort_nm: its limits; of a sliding joint m and N.
        mimic: what it follows, or None.
    """

    name: str
    kind: str
    parent: str
    child: str
    X_PC: Pose = field(default_factory=Pose)
    axis: Array = field(default_factory=lambda: np.array([1.0, 0.0, 0.0]))
    lower_rad: float
    upper_rad: float
    effort_nm: float
    mimic: Mimic | None = None

    def pose(self, at: float) -> Pose:
        """X_PC with the joint at an angle (rad), or a way (m) of a sliding one."""
        if self.kind == "prismatic":
            return self.X_PC @ Pose(p=at * self.axis)
        return self.X_PC @ Pose(R=exp_so3(at * self.axis))


@dataclass(frozen=True, kw_only=True)
class UrdfTree:
    """Links and joints by name."""

    path: Path
    links: Mapping[str, UrdfLink]
    joints: Mapping[str, UrdfJoint]

    @cached_property
    def movable(self) -> tuple[str, ...]:
        """Joints that move, in the order of the file."""
        return tuple(name for name, joint in self.joints.items() if joint.kind in MOVABLE)

    @cached_property
    def root(self) -> str:
        """The link that hangs from no other."""
        return next(link for link in self.links if link not in self.carrier)

    @cached_property
    def carrier(self) -> dict[str, UrdfJoint]:
        """The joint that every link hangs from, but for the root."""
        return {joint.child: joint for joint in self.joints.values()}

    def chain(self, link: str) -> tuple[str, ...]:
        """Movable joints between the root and a link, from the root outwards."""
        found: list[str] = []
        while link in self.carrier:
            joint = self.carrier[link]
            if joint.kind in MOVABLE:
                found.append(joint.name)
            link = joint.parent
        return tuple(reversed(found))

    def held(self, welded: Collection[str]) -> dict[str, float]:
        """Joints that stand still if these are welded, with their angles: they at zero, and what follows them."""
        angles = dict.fromkeys(welded, 0.0)
        for _ in self.joints:
            for name, joint in self.joints.items():
                if joint.mimic is not None and name not in angles and joint.mimic.leader in angles:
                    angles[name] = joint.mimic.multiplier * angles[joint.mimic.leader] + joint.mimic.offset_rad
        return angles

    def mounting(self, link: str, held: Mapping[str, float]) -> tuple[str, Pose]:
        """The link that moves, or the root, that a link is fixed to, itself perhaps, and where in it: X_BL.

        Args:
            link: its name.
            held: joints that stand still, with their angles.
        """
        X_BL = Pose()
        while (joint := self.carrier.get(link)) is not None and (joint.kind == "fixed" or joint.name in held):
            X_BL, link = joint.pose(held.get(joint.name, 0.0)) @ X_BL, joint.parent
        return link, X_BL
