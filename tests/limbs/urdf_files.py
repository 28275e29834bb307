"""The walker as a robot of one's own: its URDF and profile file, changed as a test likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from linewalker.geometry import Pose, exp_so3
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import Limb, Mount, RobotProfile
from linewalker.limbs.profiles import PROFILES

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_robot.yaml"
Edit = Callable[[str], str]
PLATE = '<link name="{name}"/><joint name="{name}_screw" type="fixed"><parent link="{parent}"/><child link="{name}"/><origin xyz="0.1 -0.2 0.05" rpy="0.3 0 0"/></joint>'  # noqa: E501
X_LP = Pose(p=np.array([0.1, -0.2, 0.05]), R=exp_so3(np.array([0.3, 0.0, 0.0])))


def as_it_is(text: str) -> str:
    """No change."""
    return text


def own_robot(folder: Path, urdf: Edit = as_it_is, profile: Edit = as_it_is) -> Path:
    """Write URDF and profile into a folder; the path of the profile."""
    source = urdf_path(PROFILES["walker"])
    text = source.read_text(encoding="utf-8").replace("package://linewalker/limbs/designs/walker/", "")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "meshes").exists():
        (folder / "meshes").symlink_to(source.parent / "meshes")
    (folder / "robot.urdf").write_text(urdf(text), encoding="utf-8")
    words = EXAMPLE.read_text(encoding="utf-8")
    words = words.replace("package: linewalker", "#").replace("limbs/designs/walker/walker.urdf", "robot.urdf")
    (folder / "robot.yaml").write_text(profile(words), encoding="utf-8")
    return folder / "robot.yaml"


def replaced(*pairs: tuple[str, str]) -> Edit:
    """Texts for texts, each of which must be there."""

    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return edit


def on_plates(profile: RobotProfile, folder: Path) -> RobotProfile:
    """The same robot, each of its frames on a massless plate that is screwed to the body the frame stood on."""
    plates: list[str] = []

    def plated(mount: Mount) -> Mount:
        name = f"plate{len(plates)}"
        plates.append(PLATE.format(name=name, parent=mount.body))
        return replace(mount, body=name, X_BF=X_LP.inverse() @ mount.X_BF)

    def limbs(pair: tuple[Limb, Limb]) -> tuple[Limb, Limb]:
        return replace(pair[0], end=plated(pair[0].end)), replace(pair[1], end=plated(pair[1].end))

    changed = replace(
        profile,
        imu=plated(profile.imu),
        legs=limbs(profile.legs),
        arms=limbs(profile.arms),
        cameras={name: plated(mount) for name, mount in profile.cameras.items()},
        scanners={name: plated(mount) for name, mount in profile.scanners.items()},
    )
    own_robot(folder, replaced(("</robot>", "".join(plates) + "</robot>")))
    return replace(changed, package="", urdf=str(folder / "robot.urdf"))
