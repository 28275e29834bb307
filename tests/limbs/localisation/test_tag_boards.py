"""Boards: read as written, printed as their family says, and hung with their corners where the survey has them."""

from __future__ import annotations

from pathlib import Path

import cv2
import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.localisation.tag_boards import (
    CELLS,
    FAMILY,
    NUMBERS,
    TagBoard,
    add_boards,
    picture_of,
    read_boards,
)
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole

GOOD = "boards:\n  - {number: 7, x_m: 1, y_m: 2, z_m: 0.7, faces_deg: 180, size_mm: 300}\n"


def test_boards_are_read_and_face_where_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "boards.yaml").write_text(GOOD)
    (read,) = read_boards(tmp_path / "boards.yaml")
    assert (read.number, read.size_m) == (7, 0.3)
    np.testing.assert_allclose(read.X_WM.R[:, 2], [-1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(read.corners_W[0], [1, 2.15, 0.85], atol=1e-12)  # who looks along +x has +y on the left


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("number: 7", "number: 587"), "587"),
        (GOOD.replace("size_mm: 300", "size_mm: 0.3"), "20 to 2000 mm"),
        (GOOD.replace("faces_deg", "faces"), "faces_deg"),
        (GOOD + GOOD.splitlines()[1] + "\n", "hangs somewhere else"),
        ("boards: []\n", "two in view"),
    ],
)
def test_what_is_wrong_with_a_file_of_boards_is_said(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "boards.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=says) as error:
        read_boards(path)
    assert str(error.value).startswith(str(path))


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 2), st.floats(-3.1, 3.1), st.floats(0.05, 1.0))
def test_corners_go_clockwise_round_a_square_for_whoever_looks_at_it(
    x: float, y: float, z: float, faces: float, size_m: float
) -> None:
    out = np.array([np.cos(faces), np.sin(faces), 0.0])
    board = TagBoard(number=0, X_WM=Pose.from_axes([x, y, z], x=np.cross([0, 0, 1], out), z=out), size_m=size_m)
    corners = board.corners_W
    np.testing.assert_allclose(corners.mean(axis=0), [x, y, z], atol=1e-9)
    np.testing.assert_allclose(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1), size_m)
    assert corners[0, 2] == corners[1, 2] > corners[2, 2] == corners[3, 2]
    around = np.cross(corners[1] - corners[0], corners[2] - corners[1])
    np.testing.assert_allclose(around / np.linalg.norm(around), -out, atol=1e-9)  # clockwise seen against `out`


@pytest.mark.parametrize("number", [0, 17, NUMBERS - 1])
def test_a_printed_tag_is_read_as_its_number_with_the_corners_of_its_square(number: int) -> None:
    picture = picture_of(number)
    cell = len(picture) / (CELLS + 2)
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(FAMILY))
    corners, numbers, _ = detector.detectMarkers(np.pad(picture, 40, constant_values=255))
    assert numbers.ravel().tolist() == [number]
    low, high = 40 + cell, 40 + len(picture) - cell - 1
    np.testing.assert_allclose(corners[0][0], [[low, low], [high, low], [high, high], [low, high]], atol=1.5)


def test_the_family_has_as_many_tags_as_we_say() -> None:
    assert len(cv2.aruco.getPredefinedDictionary(FAMILY).bytesList) == NUMBERS


def test_a_board_in_a_scene_shows_its_tag_upright_with_corners_where_they_were_surveyed() -> None:
    hung = TagBoard(
        number=23, X_WM=Pose.from_axes([2.0, 0.1, 1.0], x=[0.2, -1.0, 0.0], z=[-1.0, -0.2, 0.0]), size_m=0.3
    )
    spec = mujoco.MjSpec()
    add_boards(spec, [hung])
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    camera = Pinhole.looking_at((0, 0, 1.1), (2, 0, 1), width_px=480, height_px=360, fov_y_rad=0.5)
    grey = cv2.cvtColor(ModelView(model, (GeomGroup.HALL,)).take(data, camera, fine=3).rgb, cv2.COLOR_RGB2GRAY)
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(FAMILY))
    corners, numbers, _ = detector.detectMarkers(grey)
    assert numbers.ravel().tolist() == [23]
    p = camera.X_WC.inverse().apply(hung.corners_W)
    expected = (p @ camera.K.T)[:, :2] / p[:, 2:]
    np.testing.assert_allclose(corners[0][0], expected, atol=1.0)
