"""Which boards hang where their file says, found out by the robot itself.

Every picture with three boards or more says of each where it hangs as seen from the others. Small differences hide in
the noise of one picture, above all along the line of sight; they add up over pictures and places. A Kalman filter per
board keeps its place and turn against the file (the pose of the camera, with the doubt the other boards leave, is part
of the noise: Bar-Shalom et al. 2001, 5.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array, Pose, exp_so3, skew
from linewalker.limbs.localisation.tag_boards import TagBoard
from linewalker.limbs.localisation.tag_pose import CornerNoise, misfits


@dataclass(frozen=True, kw_only=True)
class SurveyTuning:
    """When a board counts as displaced.

    Attributes:
        slack_m, slack_rad: how far boards may hang from where their file says.
        sigmas: standard deviations by which a difference must exceed that.
        clearer: factor by which it must be clearer than that of any other board in view.
        pictures: how many it must have been seen in.
        prior_m, prior_rad: how far boards may be off at all, one standard deviation per axis.
    """

    slack_m: float = 0.01
    slack_rad: float = float(np.radians(3.0))
    sigmas: float = 3.0
    clearer: float = 1.5
    pictures: int = 3
    prior_m: float = 0.5
    prior_rad: float = 0.3


@dataclass(frozen=True, kw_only=True)
class DisplacedBoard:
    """A board that hangs elsewhere than its file says.

    Attributes:
        number: of the board.
        off_W: where its middle hangs, less where the file says, in the station's axes, (3,), m.
        turned_rad: angle by which it is turned.
        sigma_m: standard deviation of ``off_W`` along itself.
    """

    number: int
    off_W: Array
    turned_rad: float
    sigma_m: float

    def __str__(self) -> str:
        x, y, z = 1e3 * self.off_W
        off = f"{1e3 * np.linalg.norm(self.off_W):.0f} mm off (x {x:+.0f}, y {y:+.0f}, z {z:+.0f} mm)"
        turned = (
            f", turned by {np.degrees(self.turned_rad):.0f} deg" if self.turned_rad > SurveyTuning.slack_rad else ""
        )
        return f"board {self.number} hangs {off}{turned}"


class _Place:
    """What is known of one board: shift and rotation vector against the file, in W, (6,), and its covariance."""

    def __init__(self, board: TagBoard, tuning: SurveyTuning):
        self._board, self.pictures = board, 0
        self.off = np.zeros(6)
        self.P = np.diag(np.repeat([tuning.prior_m**2, tuning.prior_rad**2], 3))

    def corners_W(self, off: Array) -> Array:
        file = self._board.X_WM
        return self._board.corners_at(Pose(p=file.p + off[:3], R=exp_so3(off[3:]) @ file.R))

    def update(self, X_WC: Pose, seen_px: Array, K: Array, noise: CornerNoise, doubt: Array) -> None:
        """An iterated Kalman step.

        Args:
            X_WC, seen_px, K: where the others put the camera, and where it sees the corners, (4, 2).
            noise: of corners.
            doubt: covariance of that pose and of the shift of edges, for corners of 1 px, (7, 7).
        """
        off = self.off
        for _ in range(3):
            corners = self.corners_W(off)
            error, J = (values[0] for values in misfits(X_WC, corners[None], seen_px[None], K))
            arms = corners - self._board.X_WM.p - off[:3]
            by_place = -J[:, :3].reshape(4, 2, 3)
            H = np.concatenate((by_place, by_place @ -np.array([skew(arm) for arm in arms])), axis=2).reshape(8, 6)
            S = noise.corner_px**2 * (np.eye(8) + J @ doubt @ J.T)
            gain = np.linalg.solve(H @ self.P @ H.T + S, H @ self.P).T
            off = self.off + gain @ (error - H @ (self.off - off))
        keep = np.eye(6) - gain @ H
        self.off, self.P = off, keep @ self.P @ keep.T + gain @ S @ gain.T
        self.pictures += 1

    def clearness(self, tuning: SurveyTuning) -> float:
        """Standard deviations by which it exceeds what it may be off, the larger of shift and turn."""
        clear = 0.0
        for part, slack in ((slice(0, 3), tuning.slack_m), (slice(3, 6), tuning.slack_rad)):
            size, sigma = _along(self.off[part], self.P[part, part])
            clear = max(clear, (size - slack) / sigma)
        return clear

    def told(self) -> DisplacedBoard:
        """For who asks."""
        sigma_m = _along(self.off[:3], self.P[:3, :3])[1]
        turned_rad = float(np.linalg.norm(self.off[3:]))
        return DisplacedBoard(
            number=self._board.number, off_W=self.off[:3].copy(), turned_rad=turned_rad, sigma_m=sigma_m
        )


class BoardSurvey:
    """See the module.

    Args:
        boards: as their file has them.
        noise: of corners.
        tuning: when a board counts as displaced.
    """

    def __init__(self, boards: Sequence[TagBoard], noise: CornerNoise, tuning: SurveyTuning | None = None):
        self._boards = {board.number: board for board in boards}
        self._noise, self._tuning = noise, tuning if tuning is not None else SurveyTuning()
        self._places: dict[int, _Place] = {}
        self._displaced: set[int] = set()

    @property
    def displaced(self) -> tuple[DisplacedBoard, ...]:
        """Boards found elsewhere so far, by number; where exactly goes on improving."""
        return tuple(self._places[number].told() for number in sorted(self._displaced))

    def trusts(self, number: int) -> bool:
        """Whether a board of the file counts as being where the file says."""
        return number not in self._displaced

    def take(self, X_WC: Pose, seen: Mapping[int, Array], agreeing: Sequence[int], K: Array) -> None:
        """Learn from a picture.

        Args:
            X_WC: pose of its camera.
            seen: corners of all boards of the file in it, (4, 2) each, px.
            agreeing: numbers of those that the pose comes from.
            K: pinhole matrix.
        """
        views = {
            n: tuple(v[0] for v in misfits(X_WC, self._boards[n].corners_W[None], seen[n][None], K)) for n in agreeing
        }
        for number, corners in seen.items():
            others = [view for n, view in views.items() if n != number]
            if len(others) < 2:
                continue
            error, J = (np.concatenate(values) for values in zip(*others))
            doubt = np.linalg.inv(J.T @ J + self._noise.edge_information)
            step = doubt @ J.T @ error
            X = Pose(p=X_WC.p + step[:3], R=X_WC.R @ exp_so3(step[3:6]))
            place = self._places.setdefault(number, _Place(self._boards[number], self._tuning))
            place.update(X, corners, K, self._noise, doubt)
        self._judge([number for number in seen if number in self._places])

    def _judge(self, numbers: Sequence[int]) -> None:
        """Name a board that is clearly elsewhere; what was learnt of others while it was trusted is forgotten."""
        t = self._tuning
        clear = sorted(((self._places[n].clearness(t), n) for n in numbers if self.trusts(n)), reverse=True)
        if not clear:
            return
        (first, number), second = clear[0], clear[1][0] if len(clear) > 1 else 0.0
        if first > max(t.sigmas, t.clearer * second) and self._places[number].pictures >= t.pictures:
            self._displaced.add(number)
            self._places = {n: place for n, place in self._places.items() if n in self._displaced}


def _along(vector: Array, covariance: Array) -> tuple[float, float]:
    """Length of a vector, and its standard deviation."""
    length = float(np.linalg.norm(vector))
    way = vector / max(length, 1e-12)
    return length, float(np.sqrt(way @ covariance @ way))
