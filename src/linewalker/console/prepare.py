"""``linewalker prepare``: do now what would otherwise be done, slowly, on first use."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress

from linewalker.brain.approach import Approach
from linewalker.factory.shift import BuildOrder
from linewalker.inspection.plan import InspectionPlan
from linewalker.limbs.profiles import load_profile
from linewalker.station.assembly import build_station, sensors_of
from linewalker.station.inputs import load_models
from linewalker.world.deviations import World
from linewalker.world.vehicle import load_vehicle, model_names

_ROBOT = "g1"
_SOME_VIN = "LWKSD11A1T1000001"
_STEPS = 600


def prepare_machine() -> None:
    """Build and store the vehicle models; let numba compile the kernels by using each once."""
    console = Console()
    with Progress(console=console) as progress:
        for name in model_names():
            task = progress.add_task(f"building the {name}", total=1.0)
            load_vehicle(name, lambda share, text, task=task: progress.update(task, completed=share))  # type: ignore[misc]
            progress.update(task, completed=1.0)
        task = progress.add_task("compiling kernels", total=1.0)
        _use_everything_once()
        progress.update(task, completed=1.0)


def _use_everything_once() -> None:
    profile, models = load_profile(_ROBOT), load_models()
    model = model_names()[0]
    plan = InspectionPlan(file=None, models={})  # type: ignore[arg-type]
    station = build_station(profile, models, [model], plan, World(), seed=0)
    order = BuildOrder(sequence=1, vin=_SOME_VIN, model=model, options=models.catalogues[model].complete({}))
    station.plant.bring(order)
    operator = station.operator
    operator.motion.walk_to(-0.4, -2.2, 0.0)
    operator.run(operator.until(lambda: operator.motion.state.arrived, 30.0, "walk"))
    scanner, camera = sensors_of(profile)
    operator.robot.scan(scanner)
    operator.robot.look(camera)
    Approach(profile, scanner, camera)
