"""A board that hangs elsewhere is named, with how far and which way; boards that hang right never are."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_z
from linewalker.limbs.localisation.tag_boards import TagBoard, read_boards
from linewalker.limbs.localisation.tag_pose import CornerNoise, agreeing
from linewalker.limbs.localisation.tag_survey import BoardSurvey, DisplacedBoard
from linewalker.rendering.pinhole import Pinhole

K = Pinhole.matrix(960, 720, np.radians(68.0))
FILE = read_boards(Path(__file__).parents[3] / "examples" / "boards.yaml")
NOISE = CornerNoise()


def seen_from(X_WC: Pose, hung: dict[int, TagBoard], rng: np.random.Generator) -> dict[int, np.ndarray]:
    """Corners of the boards in view of a picture."""
    found = {}
    for number, board in hung.items():
        p = X_WC.inverse().apply(board.corners_W)
        px = p[:, :2] / np.maximum(p[:, 2:], 0.1) @ K[:2, :2].T + K[:2, 2]
        if (p[:, 2] > 0.5).all() and (px > 5).all() and (px < [954, 714]).all():
            found[number] = px + NOISE.corner_px * rng.standard_normal((4, 2))
    return found


def look_around(hung: dict[int, TagBoard], seed: int, pictures: int, most: int = 99) -> BoardSurvey:
    """A robot that stands here and there, and sees at most so many boards at once."""
    rng, survey = np.random.default_rng(seed), BoardSurvey(FILE, NOISE)
    corners_W = {board.number: board.corners_W for board in FILE}
    for picture in count():
        if picture == pictures:
            break
        bearing = rng.uniform(-np.pi, np.pi)
        z = np.array([np.cos(bearing), np.sin(bearing), -0.45]) / np.hypot(1.0, 0.45)
        x = np.array([z[1], -z[0], 0.0]) / np.hypot(*z[:2])
        X_WC = Pose.from_axes([*rng.uniform(-1.0, 1.0, 2), 1.2], x=x, z=z)
        seen = dict(list(seen_from(X_WC, hung, rng).items())[:most])
        trusted = [number for number in seen if survey.trusts(number)]
        if len(trusted) < 2:
            continue
        points, px = (np.array([of[n] for n in trusted]) for of in (corners_W, seen))
        found = agreeing(points, px, K, NOISE, 0.6)
        if found is not None:
            survey.take(found[1].X_WF, seen, [trusted[i] for i in found[0]], K)
    return survey


def right() -> dict[int, TagBoard]:
    return {board.number: board for board in FILE}


@pytest.mark.parametrize("seed", range(3))
def test_boards_that_hang_right_are_never_named(seed: int) -> None:
    assert look_around(right(), seed, 150).displaced == ()


@pytest.mark.parametrize(
    ("number", "off"),
    [
        (0, (0.03, 0.0, 0.0)),
        (5, (-0.02, 0.02, 0.01)),
        (13, (0.0, -0.03, 0.0)),
        (16, (0.0, 0.0, 0.03)),
        (9, (0.4, 0.1, 0)),
    ],
)
def test_a_board_that_hangs_elsewhere_is_named_with_how_far_and_which_way(
    number: int, off: tuple[float, float, float]
) -> None:
    hung = right()
    X_WM = hung[number].X_WM
    hung[number] = replace(hung[number], X_WM=Pose(p=X_WM.p + off, R=X_WM.R))
    (displaced,) = look_around(hung, 7, 80).displaced
    assert displaced.number == number
    np.testing.assert_allclose(displaced.off_W, off, atol=0.006)
    assert np.linalg.norm(displaced.off_W - off) < 5.0 * displaced.sigma_m + 0.002


def test_a_board_that_is_turned_is_named() -> None:
    hung = right()
    X_WM = hung[10].X_WM
    hung[10] = replace(hung[10], X_WM=Pose(p=X_WM.p, R=rotation_z(np.radians(15.0)) @ X_WM.R))
    (displaced,) = look_around(hung, 8, 80).displaced
    assert displaced.number == 10
    assert np.degrees(displaced.turned_rad) == pytest.approx(15.0, abs=2.0)


def test_with_two_boards_in_view_nobody_knows_which_is_wrong() -> None:
    hung = right()
    hung[3] = replace(hung[3], X_WM=Pose(p=hung[3].X_WM.p + [0.0, 0.05, 0.0], R=hung[3].X_WM.R))
    assert look_around(hung, 9, 80, most=2).displaced == ()


def test_it_is_told_in_millimetres() -> None:
    told = str(DisplacedBoard(number=4, off_W=np.array([0.0, -0.03, 0.004]), turned_rad=0.01, sigma_m=0.001))
    assert told == "board 4 hangs 30 mm off (x +0, y -30, z +4 mm)"
    assert "turned by 20 deg" in str(
        DisplacedBoard(number=4, off_W=np.zeros(3), turned_rad=float(np.radians(20.0)), sigma_m=0.001)
    )
