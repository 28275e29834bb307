"""SMPL: at rest a person stands with arms held out; in the world of AMASS, turned upright."""

from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.skeleton import person_of
from linewalker.cerebellum.performing.clips.smpl import from_smpl, is_smpl
from linewalker.errors import InputError


def archive() -> dict[str, np.ndarray]:
    poses = np.zeros((40, 156))
    poses[:, 0] = np.pi / 2  # y up becomes z up
    return {"poses": poses, "trans": np.tile([1.0, 2.0, 0.9], (40, 1)), "mocap_framerate": np.array(120.0)}


def test_a_person_at_rest_holds_its_arms_out() -> None:
    skeleton = from_smpl(archive(), Path("a.npz"))
    assert is_smpl(archive())
    assert not is_smpl({"joint_pos": np.zeros(1)})
    assert skeleton.rate_hz == 120.0
    seen = person_of(skeleton, Path("a.npz"))
    np.testing.assert_allclose(seen.hips[0].mean(axis=0)[:2], [1.0, 2.0], atol=0.1)
    hand = seen.trunk[0].T @ (seen.hands[0, 0] - seen.shoulders[0, 0])
    assert hand[1] > 0.9 * seen.arm
    assert seen.soles[0, :, 2].max() < 0.2


def test_a_raised_knee_is_where_it_should_be() -> None:
    arrays = archive()
    arrays["poses"][:, 3] = -np.pi / 2
    knee = from_smpl(arrays, Path("a.npz")).places[0, 4]
    flat = from_smpl(archive(), Path("a.npz")).places[0, 4]
    assert knee[2] - flat[2] == pytest.approx(0.38, abs=0.01)
    assert abs(knee[1] - flat[1]) == pytest.approx(0.38, abs=0.01)


@pytest.mark.parametrize("wrong", [{"trans": np.zeros((3, 3))}, {"poses": np.zeros((40, 12))}])
def test_what_is_incomplete_is_refused(wrong: dict[str, np.ndarray]) -> None:
    with pytest.raises(InputError, match="expected"):
        from_smpl({**archive(), **wrong}, Path("a.npz"))
    with pytest.raises(InputError, match="root_orient and pose_body"):
        from_smpl({"root_orient": np.zeros((40, 3))}, Path("a.npz"))
