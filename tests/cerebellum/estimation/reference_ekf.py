"""The error-state Kalman filter in readable, dense numpy; the kernel must equal it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.estimation.ekf_kernel import CLIP_SIGMA, GRAVITY, OFFSET_WALK, SIZE
from linewalker.geometry import exp_so3, skew

ROT, VEL, POS, BG, BA = slice(0, 3), slice(3, 6), slice(6, 9), slice(9, 12), slice(12, 15)


@dataclass
class Filter:
    """State of the filter; methods mirror the functions of the kernel. Encoder offsets may follow in x and P."""

    R: np.ndarray
    x: np.ndarray
    F: np.ndarray
    P: np.ndarray

    def predict(self, gyro: np.ndarray, accel: np.ndarray, dt: float, noise: np.ndarray) -> None:
        w, f = gyro - self.x[6:9], self.R @ (accel - self.x[9:12])
        A = np.eye(len(self.P))
        A[ROT, BG], A[VEL, ROT], A[VEL, BA], A[POS, VEL] = -self.R * dt, -skew(f) * dt, -self.R * dt, np.eye(3) * dt
        spread = [(noise[0] * dt) ** 2, (noise[1] * dt) ** 2, 1e-12, noise[2] ** 2 * dt, noise[3] ** 2 * dt]
        offsets = np.full(len(self.P) - SIZE, OFFSET_WALK**2 * dt)
        noises = np.concatenate((np.repeat(spread, 3), np.zeros(SIZE - 15), offsets))
        self.P = A @ self.P @ A.T + np.diag(noises)
        acc = f - [0, 0, GRAVITY]
        self.x[3:6] += self.x[:3] * dt + 0.5 * acc * dt * dt
        self.x[:3] += acc * dt
        self.R = self.R @ exp_so3(w * dt)

    def _update(self, rows: list[tuple[np.ndarray, float, float]]) -> None:
        """Scalar measurements (slope (size,), residual, variance), one after the other, injected together."""
        error = np.zeros(len(self.P))
        for h, residual, variance in rows:
            total = h @ self.P @ h + variance
            left = residual - h @ error
            left = np.clip(left, -CLIP_SIGMA * np.sqrt(total), CLIP_SIGMA * np.sqrt(total))
            gain = self.P @ h / total
            error += gain * left
            self.P = self.P - np.outer(gain, h @ self.P)
        self.R = exp_so3(error[:3]) @ self.R
        self.x[:18] += error[3:21]
        self.x[18:] += error[SIZE:]
        for k in (0, 1):
            self.F[k] = exp_so3(error[21 + 3 * k : 24 + 3 * k]) @ self.F[k]

    def fuse_foot(self, k: int, foot: np.ndarray, foot_R: np.ndarray, variances: np.ndarray) -> None:
        """A foot that has stood for a while."""
        reach, R_foot, rows = self.R @ foot, self.R @ foot_R, []
        at, turn = 15 + 3 * k, 21 + 3 * k
        self.P[at : at + 3, at : at + 3] += np.eye(3) * variances[0]
        self.P[turn : turn + 3, turn : turn + 3] += np.diag(variances[[1, 1, 1]] + variances[5] * np.array([1, 1, 0]))
        residual = reach - (self.x[12 + 3 * k : 15 + 3 * k] - self.x[3:6])
        E = R_foot @ self.F[k].T
        twist = 0.5 * np.array([E[2, 1] - E[1, 2], E[0, 2] - E[2, 0], E[1, 0] - E[0, 1]])
        for i in range(3):
            h = np.zeros(len(self.P))
            h[at + i], h[6 + i] = 1.0, -1.0
            h[:3] = skew(reach)[i]
            rows.append((h, residual[i], variances[2]))
        for i in range(3):
            h = np.zeros(len(self.P))
            h[turn + i], h[i] = 1.0, -1.0
            rows.append((h, twist[i], variances[3]))
        self._update(rows)

    def fuse_pose(
        self, lever: np.ndarray, shift: np.ndarray, twist: np.ndarray, covariance: np.ndarray, slopes: np.ndarray
    ) -> None:
        H = np.zeros((6, len(self.P)))
        H[:3, ROT], H[:3, POS], H[3:, ROT], H[:, SIZE:] = -skew(lever), np.eye(3), np.eye(3), slopes
        whitened = np.linalg.solve(np.linalg.cholesky(covariance), np.column_stack((H, [*shift, *twist])))
        self._update([(row[:-1], row[-1], 1.0) for row in whitened])
