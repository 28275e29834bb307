import json

import numpy as np
import pytest

from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.vehicle.cad_export import cad_export_of

POINT = {
    "p",
    "normal",
    "across",
    "along",
    "gap_mm",
    "flush_mm",
    "curvature_master_per_m",
    "curvature_slave_per_m",
    "clear",
}


@pytest.fixture(scope="module")
def catalogue(sedan):
    return json.loads(json.dumps(cad_export_of(sedan)))


def test_it_says_all_that_was_agreed_on(catalogue):
    assert {"model", "title", "axle_height_mm", "length_mm", "width_mm", "height_mm", "options", "defaults", "seams",
            "parts", "footprint", "panels"} <= set(catalogue)  # fmt: skip
    for seam in catalogue["seams"]:
        assert {"name", "title", "master", "slave", "radius_master_mm", "radius_slave_mm", "points"} == set(seam)
        assert all(set(point) == POINT for point in seam["points"])
        assert set(seam["title"]) == {"zh", "en"}
        assert seam["name"] == f"{seam['master']}/{seam['slave']}"


def test_points_are_millimetres_in_the_vehicle_frame(catalogue, sedan):
    seam = catalogue["seams"][0]
    assert seam["points"][0]["p"] == pytest.approx(sedan.seams[seam["name"]].point_m[0] * 1e3, abs=1e-3)


def test_it_holds_no_names_that_the_vehicle_lacks(catalogue, sedan):
    assert set(catalogue["panels"]) == set(sedan.rims)
    for seam in catalogue["seams"]:
        assert {seam["master"], seam["slave"]} <= set(catalogue["panels"])
    for part in catalogue["parts"]:
        assert part["panel"] in {*catalogue["panels"], "shell"}
        assert part["option"] is None or part["variants"] == catalogue["options"][part["option"]]


def test_defaults_are_among_the_values(catalogue):
    assert all(value in catalogue["options"][option] for option, value in catalogue["defaults"].items())


def test_the_footprint_is_convex_and_holds_the_mirrors(catalogue):
    corners = np.array(catalogue["footprint"])
    sides = np.roll(corners, -1, 0) - corners
    after = np.roll(sides, -1, 0)
    assert (sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 0).all()
    assert np.ptp(corners[:, 1]) > catalogue["width_mm"] + 200


def test_the_inspection_reads_it(sedan, tmp_path):
    path = tmp_path / "sedan.json"
    path.write_text(json.dumps(cad_export_of(sedan)), encoding="utf-8")
    assert set(VehicleCatalogue.read(path).seams) == set(sedan.seams)
