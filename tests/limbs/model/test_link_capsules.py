"""Capsules of links follow the URDF as it stands now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linewalker.limbs.model.link_capsules import link_capsules
from tests.limbs.urdf_files import own_robot


def test_a_urdf_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    urdf = own_robot(tmp_path).with_name("robot.urdf")
    before = link_capsules(urdf, "pelvis")
    assert link_capsules(urdf, "pelvis") is before
    own_robot(tmp_path, lambda text: re.sub(r'(\bleft_hip_roll_joint\.obj"(?=/>))', r'\1 scale="1.2 1.2 1.2"', text))
    ratios = {
        capsule.mesh: capsule.capsule.radius_m / first.capsule.radius_m
        for capsule, first in zip(link_capsules(urdf, "pelvis"), before)
    }
    assert ratios["left_hip_roll_joint"] == pytest.approx(1.2, rel=1e-3)
    assert ratios["left_hip_yaw_joint"] == pytest.approx(1.0)
