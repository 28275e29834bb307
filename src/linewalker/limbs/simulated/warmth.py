"""How warm drives get: windings that copper losses heat, in cases that the air cools.

Two bodies each, winding and case, with a heat resistance between them and one to the air (as data sheets of motors
have them; Hughes and Drury, Electric Motors and Drives, 2013, section 8). At a constant torque tau both approach rest
exponentially, the winding at ``air + hottest (tau / peak)^2``.
"""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Array

AIR_C = 25.0
HOTTEST_K = 600.0
"""How much warmer than the air a winding were after hours at its peak torque; a third of it is borne for long."""
CASE_SHARE = 0.5
"""Of the winding's warmth that is left at the case."""
WINDING_S, CASE_S = 60.0, 600.0
"""Time constants."""


class Warmth:
    """Of n drives.

    Args:
        peak_nm: their torques, (n,).

    Attributes:
        winding_c, case_c: how warm they are, (n,).
    """

    def __init__(self, peak_nm: Array):
        self._peak_nm = peak_nm
        self.winding_c, self.case_c = np.full_like(peak_nm, AIR_C), np.full_like(peak_nm, AIR_C)

    def pass_time(self, seconds: float, tau_nm: Array) -> None:
        """Time at torques, (n,); exact while they are constant and the case hardly changes."""
        warmth_k = HOTTEST_K * (tau_nm / self._peak_nm) ** 2
        case_c, winding_c = AIR_C + CASE_SHARE * warmth_k, self.case_c + (1.0 - CASE_SHARE) * warmth_k
        self.winding_c += (1.0 - np.exp(-seconds / WINDING_S)) * (winding_c - self.winding_c)
        self.case_c += (1.0 - np.exp(-seconds / CASE_S)) * (case_c - self.case_c)
