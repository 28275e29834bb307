"""Which characteristics are meant: what is named and no more, what is left out less, and sides as one sees them."""

from __future__ import annotations

from typing import Any

import pytest

from linewalker.brain.language.goal import Slot
from linewalker.brain.scope import in_scope, sides_of
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits
from linewalker.inspection.part.question import PartQuestion
from linewalker.inspection.seam.question import Quantity, SeamQuestion
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of

MM = Limits(unit="mm", nominal=4.0, lower=3.0, upper=5.0)
SEAMS = {
    "L2": "front_door_left/rear_door_left",
    "R3": "front_door_right/rear_door_right",
    "F1": "hood/front_bumper",
    "H1": "trunk/rear_bumper",
}
PARTS = {"P3": "wheel_front_left", "P4": "wheel_rear_right", "P2": "badge_rear"}
WHEELS = ("wheel_front_left", "wheel_rear_right")


@pytest.fixture(scope="module")
def catalogue() -> VehicleCatalogue:
    return VehicleCatalogue.from_dict(cad_export_of(load_vehicle("sedan")))


@pytest.fixture(scope="module")
def planned(catalogue: VehicleCatalogue) -> list[Characteristic]:
    def of(name: str, method: str, feature: str, question: Any, severity: Severity) -> Characteristic:
        title = Title(zh=name, en=name)
        return Characteristic(
            id=name, title=title, method=method, severity=severity, feature=feature, question=question, when={}
        )

    seams = [
        of(
            f"{name}-{quantity.name.lower()}",
            quantity.name.lower(),
            seam,
            SeamQuestion(quantity=quantity, seam=seam, point=catalogue.seams[seam].middle_clear(), limits=MM),
            Severity.CRITICAL if name == "L2" else Severity.MAJOR,
        )
        for name, seam in SEAMS.items()
        for quantity in Quantity
    ]
    parts = [
        of(
            name,
            "presence",
            part,
            PartQuestion(part=catalogue.parts[part], only_presence=True, limits=Limits()),
            Severity.MINOR,
        )
        for name, part in PARTS.items()
    ]
    return [*seams, *parts]


def members(name: str) -> tuple[str, ...]:
    """A group of parts, and an area of the plan with an id, a panel and a part in it."""
    return {"wheels": WHEELS, "nose": ("F1-gap", "rear_door_left", "badge_rear")}.get(name, (name,))


@pytest.mark.parametrize(
    ("slots", "meant"),
    [
        ({}, "L2-gap L2-flush R3-gap R3-flush F1-gap F1-flush H1-gap H1-flush P3 P4 P2"),
        ({"features": ("hood/front_bumper",), "methods": ("gap",)}, "F1-gap"),
        ({"features": ("hood",)}, "F1-gap F1-flush"),
        ({"ids": ("L2-gap", "P2")}, "L2-gap P2"),
        ({"ids": ("L2",)}, "L2-gap L2-flush"),
        ({"side": "right"}, "R3-gap R3-flush P4"),
        ({"side": "right", "except": ("wheels",)}, "R3-gap R3-flush"),
        ({"side": "left"}, "L2-gap L2-flush P3"),
        ({"side": "front"}, "F1-gap F1-flush"),
        ({"side": "rear"}, "H1-gap H1-flush P2"),
        ({"classes": ("critical",)}, "L2-gap L2-flush"),
        ({"features": ("wheels",)}, "P3 P4"),
        ({"features": ("wheels",), "side": "left"}, "P3"),
        ({"except": ("left", "right")}, "F1-gap F1-flush H1-gap H1-flush P2"),
        ({"except": ("gap", "minor")}, "L2-flush R3-flush F1-flush H1-flush"),
        ({"side": "left", "classes": ("minor",), "methods": ("gap",)}, ""),
        ({"features": ("roof",)}, ""),
        ({"area": "nose"}, "L2-gap L2-flush F1-gap P2"),
        ({"area": "nose", "side": "left"}, "L2-gap L2-flush"),
        ({"area": "nose", "except": ("F1",)}, "L2-gap L2-flush P2"),
        ({"except": ("nose", "wheels", "H1")}, "R3-gap R3-flush F1-flush"),
    ],
)
def test_what_is_meant(
    slots: dict[str, Slot], meant: str, planned: list[Characteristic], catalogue: VehicleCatalogue
) -> None:
    assert [c.id for c in in_scope(slots, planned, catalogue, members)] == meant.split()


def test_to_leave_something_out_never_adds(planned: list[Characteristic], catalogue: VehicleCatalogue) -> None:
    for name in ("left", "wheels", "L2", "hood", "flush", "critical", "nothing"):
        all_of_it = in_scope({}, planned, catalogue, members)
        without = in_scope({"except": (name,)}, planned, catalogue, members)
        only = in_scope({"features": (name,)}, planned, catalogue, members)
        assert set(without) | set(only) == set(all_of_it)
        assert not set(without) & set(only)


def test_of_what_cad_does_not_know_the_name_alone_tells(catalogue: VehicleCatalogue) -> None:
    nothing: Any = None
    own = Characteristic(
        id="X", title=Title(zh="味", en="smell"), method="own", severity=Severity.MINOR, feature="smell_left",
        question=nothing, when={},
    )  # fmt: skip
    assert sides_of(own, catalogue) == {"left"}
