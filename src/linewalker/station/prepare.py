"""Do now what would otherwise be done, slowly, on first use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linewalker.brain.approach import Approach
from linewalker.brain.mission import SeamTask
from linewalker.factory.shift import BuildOrder
from linewalker.inspection.plan import InspectionPlan
from linewalker.limbs.profiles import load_profile
from linewalker.station.assembly import build_station, sensors_of
from linewalker.station.inputs import known_models, load_models
from linewalker.station.pictures import OrderPictures
from linewalker.world.deviations import World
from linewalker.world.nominal_view import NominalView

_ROBOT = "g1"
_SOME_VIN = "LWKSD11A1T1000001"


def prepare() -> Iterator[str]:
    """Build and store the vehicle models, and let numba compile the kernels by using each; yields what comes next."""
    for name in known_models():
        yield f"building the {name}"
        load_models([name])
    yield "compiling: the station"
    profile, models, model = load_profile(_ROBOT), load_models(), known_models()[0]
    station = build_station(profile, models, [model], InspectionPlan(file=Path(), models={}), World(), seed=0)
    order = BuildOrder(sequence=1, vin=_SOME_VIN, model=model, options=models.catalogues[model].complete({}))
    operator = station.operator
    operator.run(station.plant.bring(order))
    yield "compiling: walking"
    operator.motion.walk_to(-0.4, -2.2, 0.0)
    operator.run(operator.until(lambda: operator.motion.state.arrived, 30.0, "walk"))
    yield "compiling: scanner and camera"
    scanner, camera = sensors_of(profile)
    operator.robot.scan(scanner)
    image = operator.robot.look(camera)
    X_WV = station.plant.scene.X_WV
    pictures = OrderPictures(NominalView(models.vehicles[model]), order)
    pictures.draw(X_WV.inverse() @ operator.motion.pose_of(camera), image.K, (64, 48), "badge_front", "missing")
    yield "compiling: reaching"
    catalogue = models.catalogues[model]
    seam = next(iter(catalogue.seams.values()))
    task = SeamTask(seam=seam, point=seam.middle_clear(), characteristics=())
    Approach(profile, scanner, camera).seam_stance(task, catalogue)
