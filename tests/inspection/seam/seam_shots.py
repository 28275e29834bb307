"""Scans of the door seam of `nominal_car` by a hand that is not quite where it thinks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.seam import SeamPoint
from linewalker.inspection.seam.scan import Shot
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan


@dataclass(frozen=True, kw_only=True)
class Door:
    """The true door seam: gap and flush at a point and how they change along the seam, mm per mm."""

    gap: float = 4.0
    flush: float = 0.0
    gap_slope: float = 0.0
    flush_slope: float = 0.0
    radius_slave: float = 2.0

    def shots(
        self,
        point: SeamPoint,
        X_WV: Pose,
        rng: np.random.Generator,
        *,
        offsets: np.ndarray,
        hand_mm: float = 0.4,
        hand_rad: float = 0.004,
        view: View | None = None,
    ) -> list[Shot]:
        """One shot per offset along the seam, mm; the believed scanner poses err by ``hand_mm`` and ``hand_rad``."""
        view = view or View()
        foot_V = point.centre_V_mm - (point.radius_master_mm + 0.5 * point.gap_mm) * point.across
        R_VA = np.column_stack((point.across, point.along, point.normal))
        shots = []
        for i, offset in enumerate(offsets):
            section = AnalyticSeam(
                gap=self.gap + self.gap_slope * offset,
                flush=self.flush + self.flush_slope * offset,
                radius_slave=self.radius_slave,
                curvature_master=5e-4,
                curvature_slave=4e-4,
            )
            profile, _ = scan(section, replace(view, roll=view.roll + rng.normal(0, 0.02)), rng, time_s=0.1 * i)
            X_AS = replace(view).pose(section)
            X_VA = Pose(p=foot_V + offset * point.along, R=R_VA)
            X_WS = X_WV @ _metres(X_VA @ X_AS)
            error = Pose(p=rng.normal(0, 1e-3 * hand_mm, 3), R=exp_so3(rng.normal(0, hand_rad, 3)))
            shots.append(Shot(profile=profile, X_WS=Pose(p=X_WS.p + error.p, R=error.R @ X_WS.R)))
        return shots


def _metres(X: Pose) -> Pose:
    return Pose(p=1e-3 * X.p, R=X.R)
