"""Messages are what their schemas say, and no number is lost on the way."""

from __future__ import annotations

import base64
import json
from typing import Any

import jsonschema
import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_z
from linewalker.station.recording import foxglove
from linewalker.station.recording.recording_file import Topic

NS = 1_795_808_692_622_546_545
X = Pose(p=np.array([1.0, 2.0, 3.0]), R=rotation_z(0.5))
NUMBERS = np.arange(13.0)
SHAPES = {"cubes": [foxglove.shape(X, (1, 2, 3), (0, 0, 1, 1))]}
TOLD = [
    (foxglove.JOINT_STATES, foxglove.joint_states(NS, ["a", "b"], *np.ones((3, 2)))),
    (foxglove.TRANSFORMS, foxglove.transforms(NS, [("station", "odometry", X)])),
    (foxglove.SCENE, foxglove.scene(NS, {"balance": SHAPES}, 5_000_000_000)),
    (foxglove.LOG, foxglove.log(NS, foxglove.INFO, "walking")),
    (foxglove.BALANCE, foxglove.balance(NS, NUMBERS, 4, 0.01)),
    (foxglove.VERDICTS, foxglove.verdict(NS, "hood-gap", "OK", "within limits")),
    (foxglove.picture_topic("head"), foxglove.picture(NS, "head", b"\xff\xd8")),
]


def strict(schema: Any) -> Any:
    """A schema that asks for everything it names, and for nothing else."""
    if isinstance(schema, dict):
        closed = {key: strict(value) for key, value in schema.items()}
        if schema.get("properties"):
            closed |= {"required": list(schema["properties"]), "additionalProperties": False}
        return closed
    return schema


@pytest.mark.parametrize(("topic", "message"), TOLD, ids=lambda part: part.name if isinstance(part, Topic) else "")
def test_a_message_has_what_its_schema_names_and_nothing_else(topic: Topic, message: bytes) -> None:
    schema = json.loads(topic.definition)
    assert schema["title"] == topic.schema
    jsonschema.validate(json.loads(message), strict(schema))


def test_what_is_told_stands_there() -> None:
    joints, moved = json.loads(TOLD[0][1]), json.loads(TOLD[1][1])["transforms"][0]
    assert joints["timestamp"] == {"sec": NS // 10**9, "nsec": NS % 10**9}
    assert joints["joints"][1] == {"name": "b", "position": 1.0, "velocity": 1.0, "effort": 1.0}
    assert moved["translation"] == {"x": 1.0, "y": 2.0, "z": 3.0}
    assert moved["rotation"]["z"] == pytest.approx(np.sin(0.25), abs=1e-5)
    assert base64.b64decode(json.loads(TOLD[-1][1])["data"]) == b"\xff\xd8"


def test_soles_are_where_the_numbers_say() -> None:
    left, right = foxglove.soles(NUMBERS)
    assert left.p.tolist() == [5.0, 6.0, 7.0]
    assert right.yaw == pytest.approx(12.0 - 4.0 * np.pi)
