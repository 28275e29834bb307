"""Each thing that forbids to work is found by its name, and a robot in order is not blamed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from linewalker.limbs.checks.finding import Level
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.checkup import check_up, hanging_torques, limb_joints
from linewalker.limbs.unitree.messages import LowState
from linewalker.limbs.unitree.observation import Observation
from linewalker.limbs.unitree.remote import Remote, remote_bytes

G1 = load_profile("g1")
N = len(G1.joints)
KNEE, ELBOW = G1.joints.index("left_knee_joint"), G1.joints.index("left_elbow_joint")


def posture() -> np.ndarray:
    """Legs drawn up and arms ahead, so that limbs weigh something."""
    q = G1.standing_q()
    q[ELBOW] = 0.5
    return q


def heard(change: Callable[[Any], object] = id, **told: object) -> Observation:
    """A robot that hangs still and holds its limbs, but for a change."""
    found = Observation(N)
    q, up = posture(), np.array([0.0, 0.0, 1.0])
    tau = hanging_torques(G1, q, up)
    for k in range(100):
        state = LowState()
        image, motors = state.image, state.image["motor"][:N]
        image["tick"], image["mode_machine"] = 2 * k, 5
        image["imu"]["quaternion"], image["imu"]["accelerometer"] = (1, 0, 0, 0), 9.81 * up
        motors["q"], motors["tau_est"], motors["vol"], motors["temperature"] = q, tau, 50.0, 30
        image["wireless_remote"] = list(remote_bytes(Remote()))
        change(image)
        found.hear(state)
    found.charge_percent = 80.0
    for name, value in told.items():
        setattr(found, name, value)
    return found


def put(*path: Any) -> Callable[[Any], None]:
    """A change of an image: the names and places that lead to a value, and it."""

    def change(image: Any) -> None:
        *way, last, value = path
        for step in way:
            image = image[step]
        image[last] = value

    return change


def test_a_robot_in_order_is_not_blamed() -> None:
    assert check_up(heard(), G1) == []


@pytest.mark.parametrize(
    ("found", "rule", "word"),
    [
        (heard(put("mode_machine", 6)), "hardware", "locked"),
        (heard(put("mode_machine", 99)), "hardware", "unknown"),
        (heard(publishers=1), "publisher", "1 other"),
        (heard(put("wireless_remote", 0)), "remote", "says nothing"),
        (heard(put("wireless_remote", list(remote_bytes(Remote(frozenset(["B"])))))), "remote", "B held"),
        (heard(unsound=3), "checksum", "3 states"),
        (heard(stalls=3), "tick", "3 states"),
        (heard(missed=20), "losses", "20 of 120"),
        (heard(put("motor", KNEE, "motorstate", 64)), "error", "left_knee_joint reports 0x40"),
        (heard(put("motor", "q", KNEE, np.nan)), "numbers", "left_knee_joint"),
        (heard(put("motor", "temperature", (KNEE, 1), 95)), "temperature", "left_knee_joint has 95"),
        (heard(put("motor", "vol", KNEE, 20.0)), "voltage", "20.0 V"),
        (heard(charge_percent=20.0), "battery", "20 %"),
        (heard(charge_percent=None), "battery", "nothing"),
        (heard(put("motor", "q", KNEE, -0.5)), "range", "left_knee_joint stands at -0.50"),
        (heard(put("imu", "accelerometer", [9.81, 0.0, 0.0])), "imu", "1.57 rad apart"),
        (heard(put("motor", "dq", KNEE, 1.0)), "gravity", "it moves"),
        (heard(put("motor", "tau_est", KNEE, 40.0)), "gravity", "left_knee_joint tells 40.0"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_each_thing_is_found_by_its_name(found: Observation, rule: str, word: str) -> None:
    told = check_up(found, G1)
    assert any(finding.rule == rule and word in finding.problem for finding in told), told
    assert all(
        finding.level is Level.ERROR for finding in told if finding.rule not in ("voltage", "battery", "gravity")
    )


def test_limbs_weigh_what_statics_say() -> None:
    q, up = np.zeros(N), np.array([0.0, 0.0, 1.0])
    pitch = G1.joints.index("left_hip_pitch_joint")
    hanging, upside_down = hanging_torques(G1, q, up), hanging_torques(G1, q, -up)
    np.testing.assert_allclose(upside_down, -hanging, atol=1e-9)  # gravity turned round
    q[pitch] = -1.0  # a leg held ahead of a robot that hangs is held up by its hip
    assert hanging_torques(G1, q, up)[pitch] < hanging[pitch] - 10.0
    assert set(limb_joints(G1)) == set(range(N)) - {G1.joints.index(name) for name in G1.waist}


def test_where_a_robot_heads_changes_no_weight() -> None:
    q, up = posture(), np.array([0.3, -0.2, 0.9])
    up /= np.linalg.norm(up)
    limbs = limb_joints(G1)
    near = hanging_torques(G1, q, up + 1e-7)
    np.testing.assert_allclose(hanging_torques(G1, q, up)[limbs], near[limbs], atol=1e-4)
