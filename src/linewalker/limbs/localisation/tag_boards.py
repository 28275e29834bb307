"""AprilTag boards at surveyed places: what a head camera can tell its place from, without any sensor at the station.

boards:
  - {number: 0, x_m: 4.0, y_m: 0.0, z_m: 0.7, faces_deg: 180, size_mm: 300}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.physics.printed_sheet import add_picture
from linewalker.plantfile import Node, PlantFile
from linewalker.rendering.mesh import rectangle_mesh

FAMILY = cv2.aruco.DICT_APRILTAG_36h11
NUMBERS = 587
"""Tags in the family 36h11 (Olson 2011; the AprilRobotics image set)."""
CELLS = 8
"""Cells along the edge of the black square: six of code and the border."""
_MARGIN_CELLS, _CELL_PX = 1, 32
"""So fine that the edges of a simulated board are as sharp as printed ones in any picture taken of it."""


@dataclass(frozen=True, kw_only=True)
class TagBoard:
    """One tag.

    Attributes:
        number: its number in the family 36h11.
        X_WM: pose of its middle: x to the right of whoever looks at it, y up, z out of the board.
        size_m: edge of the black square.
    """

    number: int
    X_WM: Pose
    size_m: float

    @property
    def corners_W(self) -> NDArray[np.float64]:
        """Corners of the black square in the order of OpenCV's detector: clockwise from the upper left one, (4, 3)."""
        return self.corners_at(self.X_WM)

    def corners_at(self, X_WM: Pose) -> NDArray[np.float64]:
        """The same, if it hung elsewhere."""
        half = 0.5 * self.size_m
        return X_WM.apply([[-half, half, 0], [half, half, 0], [half, -half, 0], [-half, -half, 0]])


def read_boards(path: Path | str) -> tuple[TagBoard, ...]:
    """Read a file of boards as the module shows it.

    Raises:
        InputError: something in it is wrong, or a number stands twice; the message names line, key and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys(("boards",))
    known: dict[int, TagBoard] = {}
    for entry in top["boards"].entries():
        board = _board(entry)
        if board.number in known:
            raise entry["number"].error(f"tag {board.number} hangs somewhere else already; every board needs its own")
        known[board.number] = board
    if not known:
        raise top["boards"].error("no board is listed; the camera needs two in view to know its place")
    return tuple(known.values())


def _board(node: Node) -> TagBoard:
    node.expect_keys(("number", "x_m", "y_m", "z_m", "faces_deg", "size_mm"))
    faces = np.radians(node["faces_deg"].number(low=-360.0, high=360.0, unit="deg"))
    out, up = np.array([np.cos(faces), np.sin(faces), 0.0]), np.array([0.0, 0.0, 1.0])
    place = [node[key].number(low=-100.0, high=100.0, unit="m") for key in ("x_m", "y_m", "z_m")]
    return TagBoard(
        number=node["number"].integer(low=0, high=NUMBERS - 1),
        X_WM=Pose.from_axes(place, x=np.cross(up, out), z=out),
        size_m=1e-3 * node["size_mm"].number(low=20.0, high=2000.0, unit="mm"),
    )


def picture_of(number: int) -> NDArray[np.uint8]:
    """The tag as it is printed, with a white margin of one cell, (px, px)."""
    tag = cv2.aruco.generateImageMarker(
        cv2.aruco.getPredefinedDictionary(FAMILY), number, CELLS * _CELL_PX, borderBits=1
    )
    return np.pad(tag, _MARGIN_CELLS * _CELL_PX, constant_values=255)


def add_boards(spec: mujoco.MjSpec, boards: Sequence[TagBoard]) -> None:
    """Hang boards in a scene; cameras see them, nothing touches them."""
    for board in boards:
        half = 0.5 * board.size_m * (CELLS + 2 * _MARGIN_CELLS) / CELLS
        sheet = rectangle_mesh(half, half)
        add_picture(
            spec,
            f"tag/{board.number}",
            np.repeat(picture_of(board.number)[..., None], 3, axis=2),
            sheet,
            0.5 + 0.5 * sheet.vertices[:, :2] / [half, -half],
            board.X_WM,
        )
