"""The audit passes what can be danced and names second, joint and contact of what can not."""

from dataclasses import replace

import numpy as np
import pytest

from linewalker.cerebellum.performing.audit import BALANCE, PELVIS, Finding, audit, upper_joints
from linewalker.limbs.profile import upper_body_joints
from tests.cerebellum.performing.short_dance import short_plan, staging


def test_a_dance_that_can_be_danced_passes() -> None:
    result = audit(short_plan(), staging().body)
    assert result.findings == ()
    assert 0.1 < max(result.torque.values()) < 0.95


def test_an_arm_that_is_flung_is_found_at_its_second() -> None:
    plan, body = short_plan(), staging().body
    joint = upper_body_joints(body.profile).index("left_shoulder_pitch_joint")
    flung = plan.rest_a.copy()
    flung[300:330, joint] += 3000.0
    result = audit(replace(plan, rest_a=flung), body)
    found = next(finding for finding in result.findings if finding.what == "left_shoulder_pitch_joint")
    assert found.from_s == pytest.approx(3.0, abs=0.05)
    assert found.to_s == pytest.approx(3.3, abs=0.05)
    assert found.size > 0.93
    assert "left_shoulder_pitch_joint" in str(found)
    assert "3.0 to 3.3 s" in str(found)
    assert found.what in upper_joints(body)


def test_a_pelvis_that_whirls_and_a_pressure_point_outside_are_found() -> None:
    plan = short_plan()
    whirled = plan.alpha.copy()
    whirled[200:240] += 100.0
    result = audit(replace(plan, alpha=whirled, outside_m=0.05), staging().body)
    assert {PELVIS, BALANCE} <= {finding.what for finding in result.findings}
    assert list(result.findings) == sorted(result.findings, key=lambda finding: finding.from_s)


def test_what_a_finding_says() -> None:
    found = Finding(from_s=1.0, to_s=2.0, phrase=0, what=BALANCE, size=0.03, standing="the left foot")
    assert str(found) == "1.0 to 2.0 s, on the left foot: balance, 30 mm outside the soles"
    assert np.isfinite(found.size)
