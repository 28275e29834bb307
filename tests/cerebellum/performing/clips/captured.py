"""Clips of our own: a person who marches on the spot and waves (BVH), and a short dance of a G1 (CSV, NPZ)."""

from functools import cache
from pathlib import Path

import numpy as np

from linewalker.cerebellum.performing.clips.clip_file import read_clip
from linewalker.cerebellum.performing.clips.figure import Figure
from linewalker.geometry import Array
from tests.cerebellum.performing.short_dance import short_plan, staging

BEAT_S, FPS = 0.55, 60
_LIMBS = (
    ("LeftUpLeg", (9, -4, 0), ("LeftLeg", (0, -42, 0)), ("LeftFoot", (0, -42, 0)), ("LeftToeBase", (0, -7, 14))),
    ("RightUpLeg", (-9, -4, 0), ("RightLeg", (0, -42, 0)), ("RightFoot", (0, -42, 0)), ("RightToeBase", (0, -7, 14))),
    ("LeftArm", (18, 48, 0), ("LeftForeArm", (28, 0, 0)), ("LeftHand", (25, 0, 0))),
    ("RightArm", (-18, 48, 0), ("RightForeArm", (-28, 0, 0)), ("RightHand", (-25, 0, 0))),
)


def march(seconds: float = 6.0) -> str:
    """A BVH file, in centimetres, y up."""
    lines = ["HIERARCHY", "ROOT Hips", "{", "OFFSET 0 0 0", "CHANNELS 6 Xposition Yposition Zposition " + _TURNS]
    names = []
    for first, offset, *others in _LIMBS:
        for name, at in ((first, offset), *others):
            lines += [f"JOINT {name}", "{", "OFFSET {} {} {}".format(*at), f"CHANNELS 3 {_TURNS}"]
            names.append(name)
        lines += ["End Site", "{", "OFFSET 0 0 6", "}", *["}"] * (1 + len(others))]
    lines += ["}", "MOTION"]
    n = int(seconds * FPS)
    phase = np.pi * np.arange(n) / FPS / BEAT_S
    turns = {name: np.zeros((n, 3)) for name in names}
    for side, off, sign in (("Left", 0.0, 1.0), ("Right", np.pi, -1.0)):
        lift = np.maximum(0.0, np.sin(phase + off)) ** 2
        turns[f"{side}UpLeg"][:, 1] = -12 - 45 * lift
        turns[f"{side}Leg"][:, 1] = 24 + 70 * lift
        turns[f"{side}Foot"][:, 1] = -12 - 25 * lift
        turns[f"{side}Arm"][:, 0] = sign * (-30 + 35 * np.sin(phase))
        turns[f"{side}ForeArm"][:, 2] = -sign * (60 + 25 * np.cos(2 * phase))
    root = np.column_stack((-4 * np.sin(phase), np.full(n, 93.2), np.zeros((n, 4))))
    rows = np.hstack([root, *turns.values()])
    lines += [f"Frames: {n}", f"Frame Time: {1 / FPS:.6f}"]
    return "\n".join(lines + [" ".join(f"{value:.4f}" for value in row) for row in rows]) + "\n"


_TURNS = "Zrotation Xrotation Yrotation"


def dance_rows(order: str = "xyzw") -> Array:
    """Our short dance of a G1 at 50 Hz: x, y, z, quaternion, joints in the order of its maker."""
    plan, body = short_plan(), staging().body
    joints = [body.model.joint(name).qposadr[0] for name in body.profile.joints]
    quat = plan.q[:, [4, 5, 6, 3] if order == "xyzw" else [3, 4, 5, 6]]
    return np.column_stack((plan.q[:, :3], quat, plan.q[:, joints]))[::2]


def write_dance(path: Path, order: str = "xyzw") -> Path:
    np.savetxt(path, dance_rows(order), delimiter=",", fmt="%.6f")
    return path


def write_march(path: Path) -> Path:
    path.write_text(march())
    return path


@cache
def figure(kind: str) -> Figure:
    """ "march" or "dance", read."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / ("march.bvh" if kind == "march" else "dance_50hz.csv")
        (write_march if kind == "march" else write_dance)(made)
        return read_clip(made, staging().body, staging().pelvis_height_m)
