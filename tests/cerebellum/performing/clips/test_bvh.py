"""BVH: places by forward kinematics, errors with their line."""

from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.bvh import read_bvh
from linewalker.errors import InputError
from tests.cerebellum.performing.clips.captured import march

CHAIN = """HIERARCHY
ROOT a
{
OFFSET 0 0 0
CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
JOINT b
{
OFFSET 1 0 0
CHANNELS 3 Zrotation Xrotation Yrotation
End Site
{
OFFSET 1 0 0
}
}
}
MOTION
Frames: 40
Frame Time: 0.02
"""


def read(text: str, folder: Path):  # type: ignore[no-untyped-def]
    (folder / "a.bvh").write_text(text)
    return read_bvh(folder / "a.bvh")


def test_a_chain_turns_about_its_own_axes(tmp_path: Path) -> None:
    clip = read(CHAIN + "1 2 3 90 0 0 0 0 90\n" * 40, tmp_path)
    assert clip.names == ("a", "b", "bEnd")
    assert clip.rate_hz == pytest.approx(50.0)
    np.testing.assert_allclose(clip.places[7], [[1, 2, 3], [1, 3, 3], [1, 3, 2]], atol=1e-12)


def test_bones_keep_their_lengths(tmp_path: Path) -> None:
    clip = read(march(), tmp_path)
    thigh = clip.places[:, clip.names.index("LeftLeg")] - clip.places[:, clip.names.index("LeftUpLeg")]
    np.testing.assert_allclose(np.linalg.norm(thigh, axis=1), 42.0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("OFFSET 1 0 0", "OFFSET 1 0", "line 8"),
        ("Zrotation Xrotation", "Wrotation Xrotation", "line 5"),
        ("Frames: 40", "Frames", "line 17"),
        ("0.02", "2", "line 18: 2 s a frame"),
        ("Frames: 40", "Frames: 41\n", "Frame Time"),
        ("MOTION", "", "no BVH"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read((CHAIN + "1 2 3 90 0 0 0 0 90\n" * 40).replace(old, new), tmp_path)


def test_rows_of_another_length_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="40 frames of 9 channels"):
        read(CHAIN + "1 2 3\n" * 40, tmp_path)
