"""One vehicle model in a compiled scene: put there, taken away, painted, displaced, dismantled, all at run time."""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose, quat_from_rotation, rotation_y
from linewalker.physics.geom_groups import GeomGroup
from linewalker.vehicle import Vehicle, VehicleInScene
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.label import label_image
from linewalker.world.deviations import CarDeviations, Displacement

_AWAY = Pose(p=np.array([0.0, 0.0, -30.0]))


class StagedVehicle:
    """Edits the part of a model that is one vehicle. Nothing is compiled anew: poses, colours, groups and contact bits.

    Call ``mujoco.mj_forward`` (or step) after an edit; static bodies get their new poses there like all others.

    Args:
        model: the compiled scene.
        vehicle: the vehicle.
        names: what it is made of in the scene.
    """

    def __init__(self, model: mujoco.MjModel, vehicle: Vehicle, names: VehicleInScene):
        self.vehicle, self._model, self._names = vehicle, model, names
        self._geoms = {body: _ids(model, geoms) for body, geoms in names.geoms.items()}
        self.colliders = _ids(model, names.colliders)
        self._all = np.unique(np.concatenate([*self._geoms.values(), self.colliders]))
        self._groups = model.geom_group[self._all].copy()
        self._bits = np.column_stack((model.geom_contype, model.geom_conaffinity))[self._all].copy()
        self._conditions = {model.geom(geom).id: condition for geom, condition in names.conditions.items()}
        self.remove()

    def remove(self) -> None:
        """Take the vehicle away: nothing of it is seen, hit by rays or touched."""
        self._show(np.zeros(len(self._all), bool), solid=False)
        self._move(_AWAY)

    def show(
        self, X_WV: Pose, options: Mapping[str, str], deviations: CarDeviations, vin: str, *, solid: bool = True
    ) -> None:
        """Put a car there.

        Args:
            X_WV: where it stands.
            options: complete options of the order.
            deviations: what is not as drawn and ordered.
            vin: of its order.
            solid: False for a car that can be seen but not touched, while it rolls in.
        """
        self._move(X_WV)
        for body in self._names.bodies:
            self._displace(body, deviations.panels.get(body, Displacement()))
        material = self._model.material(self._names.paint)
        material.rgba[:] = self.vehicle.options.paints.get(options.get("paint", ""), material.rgba)
        self._print_label(deviations.printed(vin))
        absent = self._absent(options, deviations.parts)
        self._show(~np.isin(self._all, absent), solid=solid)

    def roll(self, X_WV: Pose, wheel_turn_rad: float) -> None:
        """Move the vehicle as it is shown; bodies that begin with ``wheel`` are turned about y."""
        self._move(X_WV)
        quat = quat_from_rotation(rotation_y(wheel_turn_rad))
        for body, name in self._names.bodies.items():
            if body.startswith("wheel"):
                self._model.body(name).quat[:] = quat

    def _move(self, X_WV: Pose) -> None:
        parent = self._model.body(self._names.body)
        parent.pos[:], parent.quat[:] = X_WV.p, quat_from_rotation(X_WV.R)

    def _displace(self, body: str, displacement: Displacement) -> None:
        """The body's frame has its origin at the reference point, so a turn about that point is a turn of the frame."""
        entry = self._model.body(self._names.bodies[body])
        offset = displacement.pose_about(np.zeros(3))
        entry.pos[:] = self._names.positions_m[body] + offset.p
        entry.quat[:] = quat_from_rotation(offset.R)

    def _absent(self, options: Mapping[str, str], parts: Mapping[str, str]) -> NDArray[np.int64]:
        """Geoms of variants that are not mounted and of parts that are missing."""
        absent: list[int] = []
        for body, geoms in self._geoms.items():
            mounted = dict(options)
            state = parts.get(body)
            if state == MISSING:
                absent.extend(geoms.tolist())
                continue
            if state is not None and (option := self.vehicle.parts[body].option):
                mounted[option] = state
            for geom in geoms:
                option, value = self._conditions.get(int(geom), ("", ""))
                if option and mounted[option] != value:
                    absent.append(geom)
        return np.array(absent, np.int64)

    def _show(self, there: NDArray[np.bool_], *, solid: bool) -> None:
        model = self._model
        model.geom_group[self._all] = np.where(there, self._groups, int(GeomGroup.HIDDEN))
        bits = self._bits * (there & solid)[:, None]
        model.geom_contype[self._all], model.geom_conaffinity[self._all] = bits.T

    def _print_label(self, text: str) -> None:
        if self._names.label is None:
            return
        texture = self._model.texture(self._names.label)
        picture = label_image(text).ravel()
        start = int(self._model.tex_adr[texture.id])
        self._model.tex_data[start : start + len(picture)] = picture


def _ids(model: mujoco.MjModel, geoms: tuple[str, ...]) -> NDArray[np.int64]:
    return np.array([model.geom(name).id for name in geoms], np.int64)
