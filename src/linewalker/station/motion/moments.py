"""What happens besides moving, as plain data in a motion. Nobody is named: a car is known by its number in the shift.

``what`` is one of

* ``car``: it is in place. ``sequence``, ``attempt``, ``model``, ``options``, ``planned_s``, ``takt_limit_s``,
  ``X_WV`` (x, y, z, then a quaternion wxyz), ``footprint`` (m, V), ``visits`` (stance in V, and its calls) and
  ``places``: of every characteristic the point ``p`` (m) and the normal ``n`` in V, where it is known;
* ``located``: where the car stands was found anew: ``X_WV``;
* ``route``: it sets out on a ``way``: from where it stands through waypoints, x and y in W;
* ``visit``: a call is done: ``touched``, and by characteristic ``verdict``, ``reason`` and ``budget``
  (standard uncertainties by source, in the unit of the characteristic);
* ``gone``: the car is done: ``sequence``, ``verdict``;
* ``state``: what the controller does (``mode``) and how far a stop has come (``stop``), with its cause (``why``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linewalker.brain.inspector import VisitReport
from linewalker.brain.route import Waypoint
from linewalker.brain.visit import Visit
from linewalker.factory.records.results import CarResult
from linewalker.geometry import Array, Pose, quat_from_rotation
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.station.car_under_way import CarUnderWay

_DIGITS = 5


def car_moment(car: CarUnderWay) -> dict[str, Any]:
    """A car is in place, and its job begins."""
    assert car.job is not None
    catalogue, mission = car.job.catalogue, car.job.mission
    wanted = car.rules.plan.applicable(car.order.model, car.order.options)
    places = {entry.id: place_of(entry, catalogue) for entry in wanted}
    return {
        "what": "car",
        "sequence": car.order.sequence,
        "attempt": car.attempt,
        "model": car.order.model,
        "options": dict(car.job.options),
        "planned_s": round(mission.duration_s, 3),
        "takt_limit_s": car.rules.takt_limit_s,
        "footprint": _rounded(1e-3 * catalogue.footprint_mm),
        "visits": [_visit(visit) for visit in mission.visits],
        "refused": sorted(mission.refused),
        "places": {name: place for name, place in places.items() if place is not None},
    }


def visit_moment(report: VisitReport) -> dict[str, Any]:
    """A call is done."""
    judged = {
        one.characteristic: {
            "verdict": one.verdict.name,
            "reason": one.reason.value,
            "budget": {source: round(float(u), 6) for source, u in one.budget.items()},
        }
        for one in report.judgements
    }
    return {"what": "visit", "touched": bool(report.touched), "judged": judged}


def gone_moment(car: CarResult) -> dict[str, Any]:
    """A car is done."""
    return {"what": "gone", "sequence": car.order.sequence, "verdict": car.verdict.name}


def located_moment(X_WV: Pose) -> dict[str, Any]:
    """Where the car stands."""
    return {"what": "located", "X_WV": pose_numbers(X_WV)}


def route_moment(middle_W: Array, route: Sequence[Waypoint]) -> dict[str, Any]:
    """It sets out, from where it stands."""
    return {"what": "route", "way": _rounded([middle_W[:2], *(waypoint.p for waypoint in route)])}


def pose_numbers(X: Pose) -> list[float]:
    """x, y, z and the quaternion wxyz."""
    return _rounded([*X.p, *quat_from_rotation(X.R)])


def place_of(characteristic: Characteristic, catalogue: VehicleCatalogue) -> dict[str, list[float]] | None:
    """Where on the car it is: point and outward normal in V, m; None where neither seam nor part says."""
    if (part := catalogue.parts.get(characteristic.feature)) is not None:
        return {"p": _rounded(1e-3 * part.p_V_mm), "n": _rounded(part.normal)}
    seam, arc = catalogue.seams.get(characteristic.feature), characteristic.question.need.parameters.get("arc_mm")
    if seam is None or not isinstance(arc, float | int):
        return None
    point = seam.at_arc(float(arc))
    return {"p": _rounded(1e-3 * point.centre_V_mm), "n": _rounded(point.normal)}


def _visit(visit: Visit) -> dict[str, Any]:
    calls: list[Mapping[str, Any]] = [
        {"skill": call.skill, "for": [characteristic.id for characteristic in call.characteristics]}
        for call in visit.calls
    ]
    stance = visit.stance
    return {"stance": _rounded([stance.x, stance.y, stance.yaw]), "passing": visit.passing, "calls": calls}


def _rounded(numbers: Any) -> Any:
    return [_rounded(entry) if hasattr(entry, "__len__") else round(float(entry), _DIGITS) for entry in numbers]
