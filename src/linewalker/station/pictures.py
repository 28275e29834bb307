"""The car of an order as CAD draws it, for the robot to compare with what it sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.geometry import Pose
from linewalker.vehicle.nominal_view import NominalView


class OrderPictures:
    """Pictures of one order's nominal car; see `CarPictures`."""

    def __init__(self, view: NominalView, order: BuildOrder):
        self._view, self._order = view, order

    @property
    def vin(self) -> str:
        """Of the order."""
        return self._order.vin

    def draw(
        self, X_VC: Pose, K: NDArray[np.float64], size_px: tuple[int, int], part: str, hypothesis: str
    ) -> NDArray[np.uint8]:
        """A picture (h, w, 3) with a part as the hypothesis has it: one of its variants, or ``missing``."""
        order = self._order
        return self._view.render(X_VC, K, size_px, order.options, parts={part: hypothesis}, vin=order.vin).rgb
