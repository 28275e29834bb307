"""One's own robot: a profile written as YAML beside its URDF (docs/robots.md has a worked example).

Lengths in m, angles in rad, as in the URDF. Names are checked against the URDF by ``linewalker doctor --robot FILE``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from pathlib import Path

import numpy as np

from linewalker.geometry import Pose
from linewalker.limbs.profile import CameraMount, Gait, Limb, Mount, RobotProfile, ScannerMount
from linewalker.plantfile import Node, PlantFile

_REQUIRED = ("name", "urdf", "base", "torso", "legs", "arms", "sole", "com_height_m", "standing_rad", "imu")
_OPTIONAL = (
    "title",
    "package",
    "waist",
    "head",
    "gait",
    "lowered_rad",
    "armature_kg_m2",
    "effort_nm",
    "cameras",
    "scanners",
    "replaced_meshes",
    "welded",
)
_MOUNT = ("x", "z")
_GAIT = tuple(field.name for field in fields(Gait))
_SCANNER = ("width_mm", "pitch_mm", "near_mm", "far_mm", "noise_mm")


def read_profile(path: Path | str) -> RobotProfile:
    """Read a profile file. Relative paths of URDFs start at its folder; with ``package`` they start in that one.

    Raises:
        InputError: something in the file is wrong; the message names line, key and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys(_REQUIRED, _OPTIONAL)
    package, urdf = _text(top, "package"), top["urdf"].text()
    legs, arms = _limbs(top["legs"], "foot"), _limbs(top["arms"], "hand")
    waist, head = _names(top, "waist"), _names(top, "head")
    sole = top["sole"]
    sole.expect_keys(("half_length_m", "half_width_m"))
    name = top["name"].text()
    zh, en = _titles(top, name)
    return RobotProfile(
        name=name,
        title_zh=zh,
        title_en=en,
        package=package,
        urdf=urdf if package else str((Path(path).parent / urdf).resolve()),
        base=top["base"].text(),
        torso=top["torso"].text(),
        joints=(*legs[0].joints, *legs[1].joints, *waist, *arms[0].joints, *arms[1].joints, *head),
        legs=legs,
        arms=arms,
        waist=waist,
        head=head,
        sole_half_length_m=sole["half_length_m"].number(low=0.01, high=0.5, unit="m"),
        sole_half_width_m=sole["half_width_m"].number(low=0.005, high=0.3, unit="m"),
        com_height_m=top["com_height_m"].number(low=0.1, high=2.5, unit="m"),
        gait=_gait(top["gait"]) if "gait" in top else Gait(),
        standing=_numbers(top, "standing_rad", "rad"),
        lowered=_numbers(top, "lowered_rad", "rad"),
        armature_kg_m2=_numbers(top, "armature_kg_m2", "kg m2", low=0.0),
        effort_nm=_numbers(top, "effort_nm", "N m", low=0.0),
        imu=_mount(top["imu"]),
        cameras={key: _camera(node) for key, node in top["cameras"].items()} if "cameras" in top else {},
        scanners={key: _scanner(node) for key, node in top["scanners"].items()} if "scanners" in top else {},
        replaced_meshes=_names(top, "replaced_meshes"),
        welded=_names(top, "welded"),
    )


def _text(node: Node, key: str) -> str:
    return node[key].text() if key in node else ""


def _titles(top: Node, name: str) -> tuple[str, str]:
    if "title" not in top:
        return name, name
    title = top["title"]
    title.expect_keys((), ("zh", "en"))
    english = _text(title, "en") or name
    return _text(title, "zh") or english, english


def _names(node: Node, key: str) -> tuple[str, ...]:
    return tuple(entry.text() for entry in node[key].one_or_more()) if key in node else ()


def _numbers(top: Node, key: str, unit: str, low: float = -1000.0) -> dict[str, float]:
    if key not in top:
        return {}
    return {name: node.number(low=low, high=1e4, unit=unit) for name, node in top[key].items()}


def _limbs(node: Node, end: str) -> tuple[Limb, Limb]:
    node.expect_keys(("left", "right"))
    return _limb(node["left"], end), _limb(node["right"], end)


def _limb(node: Node, end: str) -> Limb:
    node.expect_keys(("joints", end))
    return Limb(joints=_names(node, "joints"), end=_mount(node[end]))


def _mount(node: Node, required: Collection[str] = (), optional: Collection[str] = ()) -> Mount:
    """``body``, ``xyz_m`` and, where the frame is not parallel to the body, the directions of its ``x`` and ``z``."""
    node.expect_keys(("body", "xyz_m", *required), (*_MOUNT, *optional))
    p = _vector(node["xyz_m"])
    if "x" not in node and "z" not in node:
        return Mount(body=node["body"].text(), X_BF=Pose(p=p))
    if not ("x" in node and "z" in node):
        raise node.error("give both x and z (their directions in the body), or neither")
    x, z = _vector(node["x"]), _vector(node["z"])
    if np.linalg.norm(np.cross(x, z)) < 0.1 * np.linalg.norm(x) * np.linalg.norm(z) or not x.any() or not z.any():
        raise node["x"].error("x and z must be two different directions, at right angles as nearly as may be")
    return Mount(body=node["body"].text(), X_BF=Pose.from_axes(p, x=x, z=z))


def _vector(node: Node) -> np.ndarray:
    entries = node.entries()
    if len(entries) != 3:
        raise node.error(f"expected three numbers, found {len(entries)}")
    return np.array([entry.number(low=-10.0, high=10.0) for entry in entries])


def _camera(node: Node) -> CameraMount:
    mount = _mount(node, ("width_px", "height_px", "fov_y_deg"))
    return CameraMount(
        body=mount.body,
        X_BF=mount.X_BF,
        width_px=node["width_px"].integer(low=16, high=8192),
        height_px=node["height_px"].integer(low=16, high=8192),
        fov_y_rad=float(np.radians(node["fov_y_deg"].number(low=1.0, high=150.0, unit="deg"))),
    )


def _scanner(node: Node) -> ScannerMount:
    mount = _mount(node, optional=(*_SCANNER, "housing_m"))
    given = {key: node[key].number(low=0.0, high=10000.0, unit="mm") for key in _SCANNER if key in node}
    housing = ScannerMount.housing_m
    if "housing_m" in node:
        x, y, z = (float(half) for half in _vector(node["housing_m"]))
        housing = (x, y, z)
    return ScannerMount(body=mount.body, X_BF=mount.X_BF, housing_m=housing, **given)


def _gait(node: Node) -> Gait:
    node.expect_keys((), _GAIT)
    given = {key: value.number(low=0.0, high=10.0) for key, value in node.items()}
    try:
        return Gait(**given)
    except ValueError as error:
        raise node.error(f"{error}; what is not given keeps its default") from None
