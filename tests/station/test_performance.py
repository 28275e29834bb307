"""What truly happens in a dance is recorded, and pushes are read as they are written."""

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.station.performance import Push
from tests.cerebellum.performing.short_dance import short_plan
from tests.station.danced import danced


def test_a_recording_has_the_whole_dance() -> None:
    floor, recording = danced()
    lengths = {
        len(part) for part in (recording.time_s, recording.plan_s, recording.q, recording.force_n, recording.torque)
    }
    assert len(lengths) == 1
    assert recording.time_s[-1] > short_plan().duration_s
    weight_n = 9.81 * floor.performer.dynamics.mass
    assert np.mean(np.sum(recording.force_n, axis=1)) == pytest.approx(weight_n, rel=0.05)
    assert 0.1 < np.max(recording.torque) <= 1.0 + 1e-9


def test_the_posture_is_the_one_of_the_control_model() -> None:
    floor, recording = danced()
    body = floor.performer.dynamics
    assert recording.q[-1] == pytest.approx(body.q, abs=0.05)


def test_a_push_is_read() -> None:
    assert Push.read("10,8,90") == Push(at_s=10.0, impulse_n_s=8.0, towards_rad=pytest.approx(np.pi / 2))


@pytest.mark.parametrize("text", ["", "1,2", "1,2,x", "-1,8,0", "1,0,0", "1,500,0", "1,8,999", "nan,8,0"])
def test_what_is_no_push_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--push"):
        Push.read(text)
