"""Which characteristics of a car an order is about: what its slots name, less what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from linewalker.brain.language.goal import Slot
from linewalker.geometry import Array
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic

SIDES = ("left", "right", "front", "rear")
Members = Callable[[str], Iterable[str]]
"""Names that a name stands for: itself, or all of a group such as ``wheels``, or of an area of the plan."""
_SQUARELY = 0.7  # of a unit vector out of the car: what looks aside more than that is no front and no rear
_BESIDE_MM = 150.0  # what is nearer to the middle of the car is on neither side


def just_itself(name: str) -> tuple[str, ...]:
    """Where there are no groups."""
    return (name,)


def in_scope(
    slots: Mapping[str, Slot],
    planned: Sequence[Characteristic],
    catalogue: VehicleCatalogue,
    members: Members = just_itself,
) -> tuple[Characteristic, ...]:
    """What of a plan is meant, in the plan's order; all of it where the slots name nothing.

    Args:
        slots: of an ``inspect`` goal: features, ids, side, area, classes, methods, except.
        planned: what there is to inspect on this car.
        catalogue: its model.
        members: what groups are made of.
    """

    def is_of(characteristic: Characteristic, name: str) -> bool:
        """Whether a name means it, or what it is in: an id, a feature, a panel, a group, an area, a side, a class."""
        own = {characteristic.id, characteristic.feature, characteristic.method, characteristic.severity.value}
        own |= {characteristic.id.split("-")[0], *characteristic.feature.split("/")}
        if name in SIDES:
            return name in sides_of(characteristic, catalogue)
        return name in own or not own.isdisjoint(members(name))

    def meant(characteristic: Characteristic) -> bool:
        named = [*_names(slots, "features"), *_names(slots, "ids")]
        return (
            (not named or any(is_of(characteristic, name) for name in named))
            and all(is_of(characteristic, str(slots[slot])) for slot in ("side", "area") if slot in slots)
            and ("classes" not in slots or characteristic.severity.value in _names(slots, "classes"))
            and ("methods" not in slots or characteristic.method in _names(slots, "methods"))
            and not any(is_of(characteristic, name) for name in _names(slots, "except"))
        )

    return tuple(characteristic for characteristic in planned if meant(characteristic))


def sides_of(characteristic: Characteristic, catalogue: VehicleCatalogue) -> frozenset[str]:
    """On which sides of the car something is: by where it is and where it looks, and by what its name says."""
    words = {word for piece in characteristic.feature.split("/") for word in piece.split("_")}
    sides = words & {"left", "right"}
    where = _place(characteristic, catalogue)
    if where is None:
        return frozenset(sides)
    p_V_mm, normal = where
    x0, x1 = catalogue.footprint_mm[:, 0].min(), catalogue.footprint_mm[:, 0].max()
    quarter = 0.25 * (x1 - x0)
    if abs(normal[1]) < _SQUARELY and p_V_mm[0] < x0 + quarter:
        return frozenset(sides | {"front"})
    if abs(normal[1]) < _SQUARELY and p_V_mm[0] > x1 - quarter:
        return frozenset(sides | {"rear"})
    if not sides and abs(p_V_mm[1]) > _BESIDE_MM:
        sides = {"left" if p_V_mm[1] < 0.0 else "right"}
    return frozenset(sides)


def _place(characteristic: Characteristic, catalogue: VehicleCatalogue) -> tuple[Array, Array] | None:
    """Where a feature is, mm, and its unit vector out of the car, both in V; None of what CAD does not know."""
    if (part := catalogue.parts.get(characteristic.feature)) is not None:
        return part.p_V_mm, part.normal
    if (seam := catalogue.seams.get(characteristic.feature)) is None:
        return None
    arc_mm = characteristic.question.need.parameters.get("arc_mm", 0.5 * seam.length_mm)
    point = seam.at_arc(float(arc_mm))
    return point.centre_V_mm, point.normal


def _names(slots: Mapping[str, Slot], slot: str) -> tuple[str, ...]:
    value = slots.get(slot, ())
    return value if isinstance(value, tuple) else (str(value),)
