"""Messages in the schemas of Foxglove, in JSON, https://docs.foxglove.dev/docs/sdk/schemas, and two of our own.

Frames are ``station``, ``odometry`` and the bodies of the robot's URDF; a viewer that is given the URDF draws the robot
by its joint states.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linewalker.geometry import Array, Pose, quat_from_rotation, rotation_z
from linewalker.station.recording.recording_file import Topic

STATION, ODOMETRY = "station", "odometry"
INFO, WARNING, ERROR = 2, 3, 4
"""Levels of a log."""
_DIGITS = 5
_NUMBER, _TEXT, _FLAG = {"type": "number"}, {"type": "string"}, {"type": "boolean"}
_WHOLE, _BYTES = {"type": "integer"}, {"type": "string", "contentEncoding": "base64"}


def _object(title: str = "", /, **properties: Any) -> dict[str, Any]:
    return {**({"title": title} if title else {}), "type": "object", "properties": properties}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TIME = _object(sec=_WHOLE, nsec=_WHOLE)
_VECTOR = _object(x=_NUMBER, y=_NUMBER, z=_NUMBER)
_TURN = _object(x=_NUMBER, y=_NUMBER, z=_NUMBER, w=_NUMBER)
_COLOUR = _object(r=_NUMBER, g=_NUMBER, b=_NUMBER, a=_NUMBER)
_POSE = _object(position=_VECTOR, orientation=_TURN)
_JOINT = _object(name=_TEXT, position=_NUMBER, velocity=_NUMBER, effort=_NUMBER)
_TRANSFORM = _object(timestamp=_TIME, parent_frame_id=_TEXT, child_frame_id=_TEXT, translation=_VECTOR, rotation=_TURN)
_SHAPES = _list(_object(pose=_POSE, size=_VECTOR, color=_COLOUR))
_ENTITY = _object(
    timestamp=_TIME, frame_id=_TEXT, id=_TEXT, lifetime=_TIME, frame_locked=_FLAG, metadata=_list(_object()),
    arrows=_list(_object()), cubes=_SHAPES, spheres=_SHAPES, cylinders=_list(_object()), lines=_list(_object()),
    triangles=_list(_object()), texts=_list(_object()), models=_list(_object()),
)  # fmt: skip
_NOTHING: tuple[str, ...] = (
    "metadata",
    "arrows",
    "cubes",
    "spheres",
    "cylinders",
    "lines",
    "triangles",
    "texts",
    "models",
)


def _topic(name: str, schema: str, /, **properties: Any) -> Topic:
    return Topic(name, schema, "json", "jsonschema", json.dumps(_object(schema, **properties)).encode())


JOINT_STATES = _topic("/joint_states", "foxglove.JointStates", timestamp=_TIME, joints=_list(_JOINT))
TRANSFORMS = _topic("/transforms", "foxglove.FrameTransforms", transforms=_list(_TRANSFORM))
SCENE = _topic("/scene", "foxglove.SceneUpdate", deletions=_list(_object()), entities=_list(_ENTITY))
LOG = _topic("/log", "foxglove.Log", timestamp=_TIME, level=_WHOLE, message=_TEXT, name=_TEXT, file=_TEXT, line=_WHOLE)
BALANCE = _topic(
    "/balance", "linewalker.Balance", timestamp=_TIME, com=_VECTOR, dcm=_VECTOR, left_sole=_POSE, right_sole=_POSE,
    steps=_WHOLE, off_balance_m=_NUMBER,
)  # fmt: skip
VERDICTS = _topic("/verdicts", "linewalker.Verdict", timestamp=_TIME, characteristic=_TEXT, verdict=_TEXT, reason=_TEXT)


def picture_topic(camera: str) -> Topic:
    """Where the pictures of a camera go."""
    return _topic(
        f"/camera/{camera}", "foxglove.CompressedImage", timestamp=_TIME, frame_id=_TEXT, data=_BYTES, format=_TEXT
    )


def stamp(time_ns: int) -> dict[str, int]:
    """A time as the schemas have it."""
    return {"sec": time_ns // 1_000_000_000, "nsec": time_ns % 1_000_000_000}


def joint_states(time_ns: int, names: Sequence[str], q_rad: Array, dq_rad_s: Array, tau_nm: Array) -> bytes:
    """Angles, speeds and torques, (n,)."""
    numbers = zip(names, _round(q_rad), _round(dq_rad_s), _round(tau_nm))
    joints = [{"name": name, "position": q, "velocity": dq, "effort": tau} for name, q, dq, tau in numbers]
    return _json({"timestamp": stamp(time_ns), "joints": joints})


def transforms(time_ns: int, frames: Iterable[tuple[str, str, Pose]]) -> bytes:
    """Parent, child, and the child's pose in the parent."""
    time = stamp(time_ns)
    entries = [
        {"timestamp": time, "parent_frame_id": parent, "child_frame_id": child}
        | {"translation": _vector(X.p), "rotation": _turn(X)}
        for parent, child, X in frames
    ]
    return _json({"transforms": entries})


def log(time_ns: int, level: int, message: str) -> bytes:
    """Something that happened."""
    time = stamp(time_ns)
    return _json({"timestamp": time, "level": level, "message": message, "name": "linewalker", "file": "", "line": 0})


def picture(time_ns: int, frame: str, jpeg: bytes) -> bytes:
    """A picture."""
    data = base64.b64encode(jpeg).decode()
    return _json({"timestamp": stamp(time_ns), "frame_id": frame, "data": data, "format": "jpeg"})


def balance(time_ns: int, numbers: Array, steps: int, off_balance_m: float) -> bytes:
    """How it stands: numbers as `balance_of` has them, (13,), and touchdowns so far."""
    left, right = (_pose(X) for X in soles(numbers))
    told = {"timestamp": stamp(time_ns), "com": _vector(numbers[:3]), "dcm": _vector([*numbers[3:5], numbers[7]])}
    return _json(
        told | {"left_sole": left, "right_sole": right, "steps": steps, "off_balance_m": round(off_balance_m, _DIGITS)}
    )


def soles(numbers: Array) -> tuple[Pose, Pose]:
    """Of the numbers of `balance_of`: the left one and the right one, in the station."""
    left, right = (Pose(p=numbers[k : k + 3], R=rotation_z(numbers[k + 3])) for k in (5, 9))
    return left, right


def scene(time_ns: int, entities: Mapping[str, Mapping[str, Any]], lifetime_ns: int = 0) -> bytes:
    """Things drawn in the station, by their ids; made of `cube` and `sphere`."""
    drawn = [
        {"timestamp": stamp(time_ns), "frame_id": STATION, "id": name, "lifetime": stamp(lifetime_ns)}
        | {"frame_locked": False, **{kind: [] for kind in _NOTHING}, **shapes}
        for name, shapes in entities.items()
    ]
    return _json({"deletions": [], "entities": drawn})


def shape(X: Pose, size_m: Sequence[float], rgba: Sequence[float]) -> dict[str, Any]:
    """A cube, or a sphere."""
    return {"pose": _pose(X), "size": _vector(size_m), "color": dict(zip("rgba", rgba))}


def _pose(X: Pose) -> dict[str, Any]:
    return {"position": _vector(X.p), "orientation": _turn(X)}


def _turn(X: Pose) -> dict[str, float]:
    return dict(zip("wxyz", _round(quat_from_rotation(X.R))))


def _vector(p: Sequence[float] | Array) -> dict[str, float]:
    return dict(zip("xyz", _round(p)))


def _round(numbers: Sequence[float] | Array) -> list[float]:
    return [round(float(number), _DIGITS) for number in numbers]


def verdict(time_ns: int, characteristic: str, name: str, reason: str) -> bytes:
    """A judgement."""
    told = {"timestamp": stamp(time_ns), "characteristic": characteristic, "verdict": name, "reason": reason}
    return _json(told)


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
