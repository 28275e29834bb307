"""Laws of aiming a scanner at a seam."""

import numpy as np
import pytest

from linewalker.brain.skills.scan_seam import aim
from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of

X_WV = Pose(p=np.array([0.01, -0.02, 0.338]), R=exp_so3(np.array([0.0, 0.0, 0.01])))


@pytest.fixture(scope="module")
def catalogue() -> VehicleCatalogue:
    return VehicleCatalogue.from_dict(cad_export_of(load_vehicle("sedan")))


@pytest.mark.parametrize("flipped", [False, True])
def test_the_beam_meets_the_seam_squarely_at_the_standoff(catalogue: VehicleCatalogue, flipped: bool) -> None:
    for seam in catalogue.seams.values():
        point = seam.at_arc(0.5 * seam.length_mm)
        X_WS = aim(point, X_WV, 0.15, flipped=flipped)
        seen = X_WS.inverse().apply(X_WV.apply(1e-3 * point.centre_V_mm))
        np.testing.assert_allclose(seen, [0.0, 0.0, 0.15], atol=1e-9)
        np.testing.assert_allclose(X_WS.R[:, 2], -(X_WV.R @ point.normal), atol=1e-9)
        across_S = X_WS.R.T @ X_WV.R @ point.across
        assert across_S[0] == pytest.approx(-1.0 if flipped else 1.0, abs=1e-6)
        assert abs(X_WS.R[:, 1] @ X_WV.R @ point.along) == pytest.approx(1.0, abs=1e-6)
