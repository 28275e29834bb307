"""Values of ours as JSON, and back, each bit the same: what a robot is, what it was told, where it was seen.

A record is an object with its class under ``is``; an array has its type, its shape and its bytes in base 64.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.cerebellum.performing.timeline import Swing, Timeline
from linewalker.cerebellum.stopping.safe_stop import StopRules
from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.profile import CameraMount, Gait, Limb, Mount, RobotProfile, ScannerMount
from linewalker.limbs.robot import LocalisationFix, ToolFix

_KIND = "is"
_RECORDS = {
    kind.__name__: kind
    for kind in (
        Calibration, CameraMount, DancePlan, Gait, Limb, LocalisationFix, Mount, Pose, RobotProfile, ScannerMount,
        StopRules, Swing, Timeline, ToolFix, UpperBodyReference,
    )
}  # fmt: skip


def plain(value: Any) -> Any:
    """As JSON has it.

    Raises:
        TypeError: it is nothing that is told to a robot or makes one up.
    """
    if isinstance(value, np.ndarray):
        raw = np.ascontiguousarray(value)
        content = base64.b64encode(raw.tobytes()).decode()
        return {_KIND: "array", "type": raw.dtype.str, "shape": list(value.shape), "bytes": content}
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {name: plain(entry) for name, entry in value.items()}
    kind = type(value).__name__
    if kind not in _RECORDS:
        raise TypeError(f"a {kind} is not recorded")
    return {_KIND: kind, **{field.name: plain(getattr(value, field.name)) for field in fields(value)}}


def restored(document: Any) -> Any:
    """What `plain` was given; lists come back as tuples.

    Raises:
        InputError: it was written by a version that knows other records.
    """
    if isinstance(document, list):
        return tuple(restored(entry) for entry in document)
    if not isinstance(document, dict):
        return document
    kind = document.get(_KIND)
    if kind == "array":
        content = np.frombuffer(base64.b64decode(document["bytes"]), document["type"])
        return content.reshape(document["shape"]).copy()
    entries = {name: restored(entry) for name, entry in document.items() if name != _KIND}
    if kind is None:
        return entries
    try:
        return _RECORDS[kind](**entries)
    except (KeyError, TypeError):
        raise InputError(f"the recording holds a {kind} that this version does not know") from None
